// Suggestions under a search box while one types (ARIA's combobox with a list). Without this the box sends its form.
// What to suggest comes as a part of a page from "suggestions/" beside where the form goes.
const PAUSE = 180; // ms without a key before the server is asked
const SHORTEST = 2;

document.querySelectorAll('[data-suggest]').forEach((field, number) => {
  const list = document.createElement('ul');
  const aloud = document.createElement('p');
  list.id = `suggested-${number}`;
  list.className = 'suggested';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', field.labels[0]?.textContent ?? '');
  aloud.className = 'sr';
  aloud.setAttribute('role', 'status');
  field.after(list);
  field.form.append(aloud);
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  field.setAttribute('aria-expanded', 'false');

  let timer;
  let asking;
  let chosen = -1;

  const choose = (place) => {
    list.children[chosen]?.removeAttribute('aria-selected');
    chosen = place;
    const option = list.children[chosen];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) field.setAttribute('aria-activedescendant', option.id);
    else field.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    choose(-1);
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
  };
  const show = (html) => {
    const part = document.createElement('template');
    part.innerHTML = html;
    choose(-1);
    aloud.textContent = part.content.querySelector('p')?.textContent ?? '';
    list.replaceChildren(...part.content.querySelectorAll('[role="option"]'));
    [...list.children].forEach((option, place) => (option.id = `${list.id}-${place}`));
    list.hidden = !list.children.length;
    field.setAttribute('aria-expanded', String(!list.hidden));
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = new URL('suggestions/', field.form.action.split('?')[0]);
    address.searchParams.set('q', field.value);
    try {
      const answer = await fetch(address, { signal: asking.signal, redirect: 'error' });
      if (answer.ok) show(await answer.text());
      else close();
    } catch (error) {
      if (error.name !== 'AbortError') close(); // signed out, or no network: the form still says so
    }
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    if (field.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      const places = list.children.length + 1; // one of them is the field itself
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener('blur', close);
});
