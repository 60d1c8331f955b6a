// Choosing a planned conversation chooses how it was held, as long as nobody has said otherwise.
const form = document.querySelector('.logform');
let untouched = true;
form?.addEventListener('change', (event) => {
  if (event.target.name === 'kind') untouched = false;
  if (event.target.name !== 'who' || !untouched) return;
  const kind = event.target.closest('[data-kind]')?.dataset.kind;
  const choice = form.querySelector(`input[name="kind"][value="${CSS.escape(kind ?? '')}"]`);
  if (choice) choice.checked = true;
});
