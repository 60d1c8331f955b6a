// A search field that suggests while one types: the combobox with a list of the ARIA authoring practices. The field
// works without it as the search of its form. Nothing is chosen and nothing is sent unless somebody says so.
//   data-choose="/address/?kind=…"  where suggestions come from
//   data-adds="name"                what is chosen joins the choices of this name in the form, from its <template>
//   data-goes="name"                or: what is chosen is where one goes, as ?name=…
//   data-fills                      or: what is chosen is written out in the field
const PAUSE = 200; // milliseconds after the last key
const SHORTEST = 2;

class Chooser {
  constructor(field) {
    this.field = field;
    this.active = -1;
    this.options = [];
    this.list = document.createElement('ul');
    this.list.id = `${field.id}_choices`;
    this.list.className = 'suggestions';
    this.list.hidden = true;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', field.labels[0]?.textContent.trim() ?? '');
    this.said = document.createElement('p');
    this.said.className = 'sr';
    this.said.setAttribute('role', 'status');
    const line = field.closest('.searchline') ?? field.parentElement;
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

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.field.value.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asking = new AbortController();
    const address = new URL(this.field.dataset.choose, location.href);
    address.searchParams.set('q', this.field.value.trim());
    try {
      const answer = await fetch(address, { signal: this.asking.signal, redirect: 'error' });
      const { choices, said } = await answer.json();
      if (document.activeElement === this.field) this.show(choices, said);
    } catch {
      this.close(); // the button beside the field still searches
    }
  }

  show(choices, said) {
    this.choices = choices;
    this.options = choices.map(({ title, detail }, number) => {
      const option = document.createElement('li');
      option.id = `${this.list.id}_${number}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const name = document.createElement('strong');
      name.textContent = title;
      const more = document.createElement('small');
      more.textContent = detail;
      option.append(name, ' ', more);
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.open(choices.length > 0);
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
    const isOpen = !this.list.hidden;
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault(); // what was typed stays
      this.close();
    } else if (event.key === 'Enter' && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (['ArrowDown', 'ArrowUp'].includes(event.key) && isOpen) {
      event.preventDefault();
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    }
  }

  move(step) {
    const places = this.options.length + 1; // one more: back in the field, nothing chosen
    this.active = ((this.active + 1 + step + places) % places) - 1;
    this.options.forEach((option, number) => option.setAttribute('aria-selected', String(number === this.active)));
    const option = this.options[this.active];
    if (!option) return this.field.removeAttribute('aria-activedescendant');
    this.field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
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

for (const field of document.querySelectorAll('[data-choose]')) new Chooser(field);
