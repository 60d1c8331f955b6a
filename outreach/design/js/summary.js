// The error summary takes the focus, so that what must be mended is read first. (autofocus does it where supported.)
const summary = document.querySelector('[data-summary]');
if (summary && document.activeElement !== summary) summary.focus();
