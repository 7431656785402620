(function () {
  "use strict";
  var bar = document.querySelector(".comments-bar button");
  if (bar) { bar.addEventListener("click", function () { document.querySelector(".comments").scrollIntoView(); }); }
}());
