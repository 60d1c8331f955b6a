// "Leave this site": the page is replaced, so that the back button does not return to it.
for (const link of document.querySelectorAll('a.leave')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
}
