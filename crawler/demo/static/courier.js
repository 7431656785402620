(function () {
  "use strict";
  document.querySelectorAll("img[data-src]").forEach(function (picture) {
    if (picture.dataset.srcset) { picture.srcset = picture.dataset.srcset; }
    picture.src = picture.dataset.src;
  });
  document.querySelectorAll("[data-share]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (button.dataset.share === "print") { window.print(); return; }
      if (navigator.clipboard) { navigator.clipboard.writeText(location.href); }
      button.textContent = "Copied";
    });
  });
}());
