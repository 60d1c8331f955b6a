// "/" goes to the search of the workspace, unless something is being typed.
const field = document.querySelector('[data-find]');
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  event.preventDefault();
  field?.focus();
});
