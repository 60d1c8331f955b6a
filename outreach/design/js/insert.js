// Placeholders one can put into a field where the cursor stands; without this script one types them.
for (const button of document.querySelectorAll('button[data-insert]')) {
  const field = document.getElementById(button.dataset.into);
  button.hidden = false;
  button.addEventListener('click', () => {
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  });
}
