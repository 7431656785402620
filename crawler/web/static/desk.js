// Steps through the changes of a page: j to the next, k to the one before.
"use strict";
(() => {
  const steps = [...document.querySelectorAll("[data-step]")];
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !steps.length) return;
    at = Math.min(Math.max(at + step, 0), steps.length - 1);
    steps[at].focus();
    steps[at].scrollIntoView({ block: "center" });
    event.preventDefault();
  });
})();
