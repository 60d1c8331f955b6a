// Keeps on the server what is typed in a form with data-draft, and keeps it in the page when the sign-in has run out.
// Nothing goes into the storage of the browser: this may be somebody's words about somebody.
const SOON = 1500; // milliseconds after the last keystroke
const AT_LATEST = 10000; // while somebody types without a pause
const FRESH = 60000; // a page that reached the server so lately need not ask before it is sent
const LONGEST_WAIT = 60000; // between two tries without a connection
const PATIENCE = 8000; // for one answer

class Draft {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.sequence = 0;
    this.typed = false; // something stands here that the server has not
    this.reached = Date.now();
    this.tries = 0;
    this.trouble = ''; // '', 'out' or a sentence
    this.held = false; // the server will not keep this text, whenever it is asked
    this.saving = null;
    this.leaving = false;

    for (const happening of ['input', 'change']) form.addEventListener(happening, () => this.changed());
    form.addEventListener('submit', (event) => this.submitted(event));
    document.addEventListener('visibilitychange', () => (document.hidden ? this.handOver() : this.again()));
    window.addEventListener('pagehide', () => this.handOver());
    window.addEventListener('pageshow', () => (this.leaving = false));
    for (const happening of ['focus', 'online']) window.addEventListener(happening, () => this.again());
    window.addEventListener('beforeunload', (event) => {
      if (this.typed && this.trouble && !this.leaving) event.preventDefault();
    });
  }

  changed() {
    if (!this.typed) this.first = Date.now();
    this.typed = true;
    if (!this.trouble || this.held) this.later(Math.max(0, Math.min(SOON, this.first + AT_LATEST - Date.now())));
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Back in this tab, or in the network: perhaps what did not work works now.
  again() {
    if (this.trouble && this.typed && !this.held) this.save();
  }

  // One save at a time; whoever asks meanwhile waits for one that holds what stands here now.
  async save() {
    clearTimeout(this.timer);
    while (this.saving) await this.saving;
    if (!this.typed) return true;
    this.saving = this.send();
    try {
      return await this.saving;
    } finally {
      this.saving = null;
    }
  }

  fields() {
    this.sequence = Math.max(this.sequence + 1, Date.now());
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') fields.append(name, value);
    fields.set('form', this.words.draft);
    fields.set('writer', this.words.writer);
    fields.set('sequence', this.sequence);
    return fields;
  }

  ask(address, options = {}) {
    const signal = AbortSignal.timeout(PATIENCE);
    return fetch(address, { redirect: 'manual', headers: { Accept: 'application/json' }, signal, ...options });
  }

  // Resolves to whether the server has what stands here.
  async send(mayRenew = true) {
    const was = this.trouble;
    if (was === 'out' && !(await this.renew())) return false;
    this.typed = this.held = false;
    let answer;
    try {
      answer = await this.ask(this.words.keep, { method: 'POST', body: this.fields() });
    } catch {
      return this.missed(this.words.offline);
    }
    if (answer.type === 'opaqueredirect' || answer.status === 401) return this.signedOut();
    if (answer.status === 403 && mayRenew) {
      this.typed = true;
      return (await this.renew()) && this.send(false);
    }
    if (answer.status >= 500 || answer.status === 403) return this.missed(this.words.failed);
    const { text } = await answer.json().catch(() => ({ text: this.words.failed }));
    if (!answer.ok) return this.refused(text, answer.status);
    this.saved(text, was);
    return true;
  }

  saved(text, was) {
    this.reached = Date.now();
    this.tries = 0;
    const first = !this.state;
    this.state = text;
    this.show('', was === 'out' ? this.words.back : '');
    this.say('state', text);
    if (first) this.say('said', text);
    if (this.typed) this.later(SOON);
  }

  missed(sentence) {
    this.typed = true;
    this.show(sentence);
    this.later(Math.min(LONGEST_WAIT, 2000 * 2 ** this.tries++));
    return false;
  }

  // The server will not keep this text: its sentence says why. The next word typed is the next try.
  refused(text, status) {
    this.typed = true;
    this.held = status === 422 || status === 413;
    this.show(text);
    if (!this.held) this.later(LONGEST_WAIT);
    return false;
  }

  signedOut() {
    this.typed = true;
    this.show('out');
    this.later(20000);
    return false;
  }

  // A new token, if the one who writes here is signed in again.
  async renew() {
    let answer;
    try {
      answer = await this.ask(this.words.token);
    } catch {
      return this.missed(this.words.offline);
    }
    if (answer.type === 'opaqueredirect' || answer.status === 401) return this.signedOut();
    if (!answer.ok) return this.missed(this.words.failed);
    const { token, writer } = await answer.json();
    if (writer !== this.words.writer) {
      this.typed = true;
      this.show(this.words.other);
      this.later(LONGEST_WAIT);
      return false;
    }
    this.reached = Date.now();
    if (this.trouble && !this.typed) this.show('');
    for (const field of document.querySelectorAll('[name=csrfmiddlewaretoken]')) field.value = token;
    return true;
  }

  show(trouble, good = '') {
    this.trouble = trouble;
    const out = this.form.querySelector('[data-draft-out]');
    out.hidden = trouble !== 'out';
    const place = this.form.querySelector('[data-draft-trouble]');
    const sentence = trouble === 'out' ? '' : trouble || good;
    if (place.textContent !== sentence) place.textContent = sentence;
    place.classList.toggle('good', !trouble);
    if (trouble) this.say('state', '');
  }

  say(where, text) {
    for (const place of document.querySelectorAll(`[data-draft-${where}]`)) place.textContent = text;
  }

  // The page goes, or may go: no time to wait for an answer. What was handed over counts as saved only when asked again.
  handOver() {
    if (this.typed && !this.leaving && this.trouble !== 'out') navigator.sendBeacon(this.words.keep, this.fields());
  }

  // Whatever the answer to the form will be, the text is safe first.
  async submitted(event) {
    if (this.leaving) return;
    clearTimeout(this.timer);
    if (!this.typed && !this.saving && !this.trouble && Date.now() - this.reached < FRESH) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    if (this.submitting) return;
    this.submitting = true;
    const safe = this.typed || this.saving ? await this.save() : await this.renew();
    this.submitting = false;
    const waits = !safe && (this.trouble === 'out' || [this.words.offline, this.words.other].includes(this.trouble));
    if (waits) return;
    this.leaving = true;
    this.form.requestSubmit(event.submitter);
  }
}

for (const form of document.querySelectorAll('form[data-draft]')) new Draft(form);
