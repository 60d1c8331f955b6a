// A page that holds what was sent while signed out: it goes once there is somebody to save it, with a token of theirs.
const form = document.querySelector('form[data-again]');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const said = form.querySelector('[data-again-said]');
  const answer = await fetch(form.dataset.again, { redirect: 'manual' }).catch(() => null);
  if (answer?.ok) {
    form.querySelector('[name=csrfmiddlewaretoken]').value = (await answer.json()).token;
    HTMLFormElement.prototype.submit.call(form); // a field may be called "submit"
  } else {
    said.textContent = said.dataset.againSaid;
  }
});
