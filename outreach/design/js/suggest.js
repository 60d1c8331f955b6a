// A list of suggestions under a field while one types: the combobox of the ARIA authoring practices. Without script
// the field searches by its form. Nothing is chosen and nothing is sent unless somebody says so.
const PAUSE = 180; // milliseconds after the last key
const SHORTEST = 2;

class Suggestions {
  constructor(field) {
    this.field = field;
    this.active = -1;
    this.list = document.createElement('ul');
    this.list.id = `${field.id}_suggestions`;
    this.list.className = 'suggestions';
    this.list.hidden = true;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', field.labels[0]?.textContent.trim() ?? '');
    this.said = document.createElement('p');
    this.said.className = 'sr';
    this.said.setAttribute('role', 'status');
    const line = field.closest('.searchline, .find') ?? field.parentElement;
    line.classList.add('suggests');
    line.append(this.list, this.said);
    field.type = 'text'; // one that searches may not be a combobox
    const state = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', autocomplete: 'off' };
    for (const [name, value] of Object.entries({ ...state, 'aria-controls': this.list.id })) {
      field.setAttribute(name, value);
    }

    field.addEventListener('input', () => this.typed());
    field.addEventListener('keydown', (event) => this.pressed(event));
    field.addEventListener('blur', () => this.close());
    this.list.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  get options() {
    return [...this.list.children];
  }

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.field.value.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const address = this.address();
    address.searchParams.set('q', this.field.value.trim());
    try {
      const answer = await fetch(address, { signal, redirect: 'error' });
      if (!answer.ok) throw new Error(answer.status);
      const { options, said } = await this.read(answer);
      if (!signal.aborted && document.activeElement === this.field) this.show(options, said);
    } catch (error) {
      if (error.name !== 'AbortError') this.close(); // signed out, or no network: the form still searches, and says so
    }
  }

  show(options, said) {
    options.forEach((option, number) => {
      option.id = `${this.list.id}_${number}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
    });
    this.list.replaceChildren(...options);
    this.open(options.length > 0);
    this.said.textContent = said;
  }

  open(yes) {
    this.active = -1;
    this.list.hidden = !yes;
    this.field.setAttribute('aria-expanded', String(yes));
    this.field.removeAttribute('aria-activedescendant');
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.open(false);
    this.said.textContent = '';
  }

  pressed(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === 'Escape') this.close(); // what was typed stays
    else if (event.key === 'Enter' && this.active >= 0) this.choose(this.active);
    else return;
    event.preventDefault();
  }

  move(step) {
    const { options } = this;
    const places = options.length + 1; // one more: back in the field, nothing chosen
    this.active = ((this.active + 1 + step + places) % places) - 1;
    options.forEach((option, number) => option.setAttribute('aria-selected', String(number === this.active)));
    const option = options[this.active];
    if (!option) return this.field.removeAttribute('aria-activedescendant');
    this.field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }
}

// data-suggest: a search box. What is chosen is where one goes; the suggestions come as a part of a page from
// "suggestions/" beside where the form goes.
class Finder extends Suggestions {
  address() {
    return new URL('suggestions/', this.field.form.action.split('?')[0]);
  }

  async read(answer) {
    const part = document.createElement('template');
    part.innerHTML = await answer.text();
    return { options: [...part.content.querySelectorAll('li')], said: part.content.querySelector('p').textContent };
  }

  choose(number) {
    location.assign(this.options[number].dataset.url);
  }
}

// A field of a form that somebody is chosen with.
//   data-choose="/address/?kind=…"  where suggestions come from
//   data-adds="name"                what is chosen joins the choices of this name in the form, from its <template>
//   data-goes="name"                or: what is chosen is where one goes, as ?name=…
//   data-fills                      or: what is chosen is written out in the field
class Chooser extends Suggestions {
  address() {
    return new URL(this.field.dataset.choose, location.href);
  }

  async read(answer) {
    const { choices, said } = await answer.json();
    this.choices = choices;
    return { options: choices.map((choice) => this.drawn(choice)), said };
  }

  drawn({ title, detail }) {
    const option = document.createElement('li');
    const name = document.createElement('strong');
    name.textContent = title;
    const more = document.createElement('small');
    more.textContent = detail;
    option.append(name, ' ', more);
    return option;
  }

  choose(number) {
    const choice = this.choices[number];
    this.close();
    const { adds, goes, fills } = this.field.dataset;
    const [kind, key] = choice.value.split(':');
    if (goes) location.assign(`?${new URLSearchParams({ [goes]: goes === kind ? key : choice.value })}`);
    if (adds) this.add(choice, adds);
    if (fills !== undefined) this.field.value = choice.title;
  }

  // Among the choices of the form, as the server draws them.
  add({ value, title, detail }, name) {
    const { form } = this.field;
    let box = [...form.querySelectorAll(`input[name="${name}"]`)].find((one) => one.value === value);
    if (!box) {
      const template = form.querySelector(`template[data-choice="${name}"]`);
      const label = template.content.firstElementChild.cloneNode(true);
      box = label.querySelector('input');
      box.value = value;
      box.id = label.htmlFor = `id_${name}_${value.replace(/\W/g, '_')}`;
      label.querySelector('strong').textContent = title;
      label.querySelector('small').textContent = detail;
      template.before(label);
    }
    box.checked = true;
    this.field.value = '';
    box.focus();
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

for (const field of document.querySelectorAll('[data-suggest]')) new Finder(field);
for (const field of document.querySelectorAll('[data-choose]')) new Chooser(field);
