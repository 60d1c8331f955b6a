// A passkey answers the browser; what it says goes along in a hidden field. The question stands in the page, or is
// fetched where nobody has said yet who they are.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const named = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));
const SAID = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];

async function ask(part) {
  const written = part.dataset.question ?? (await (await fetch(part.dataset.from)).text());
  const { publicKey } = JSON.parse(written);
  publicKey.challenge = bytes(publicKey.challenge);
  if (part.dataset.passkey === 'new') {
    publicKey.user.id = bytes(publicKey.user.id);
    publicKey.excludeCredentials = named(publicKey.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = named(publicKey.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function told(credential) {
  const { id, type, response } = credential;
  const said = SAID.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return JSON.stringify({
    id,
    rawId: text(credential.rawId),
    type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(said),
  });
}

for (const part of document.querySelectorAll('[data-passkey]')) {
  const status = part.querySelector('[role=status]');
  const button = part.querySelector('button');
  const field = part.querySelector('[data-credential]');
  if (!window.PublicKeyCredential) continue;
  part.querySelector('[data-without]').hidden = true;
  button.hidden = false;
  button.addEventListener('click', async () => {
    status.textContent = '';
    if (window.location.origin !== part.dataset.home) {
      status.textContent = status.dataset.elsewhere;
      return;
    }
    try {
      field.value = told(await ask(part));
      HTMLFormElement.prototype.submit.call(field.form);
    } catch (error) {
      status.textContent = error.name === 'InvalidStateError' ? status.dataset.twice : status.dataset.nothing;
    }
  });
}
