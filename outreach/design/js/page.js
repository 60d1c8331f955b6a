// A <details data-menu> closes on Escape, and when the focus or a click goes elsewhere.
for (const menu of document.querySelectorAll('details[data-menu]')) {
  const close = () => menu.removeAttribute('open');

  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      close();
      menu.querySelector('summary').focus();
    }
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) close();
  });
}

// "Leave this site": the page is replaced, so that the back button does not return to it.
for (const link of document.querySelectorAll('a.leave')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
}

// "Print the page" needs script, so it shows only where script runs.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
