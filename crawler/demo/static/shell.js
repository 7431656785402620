(function () {
  "use strict";
  var story = window.__INITIAL_STATE__.story, app = document.getElementById("app");
  function add(tag, text) { var node = document.createElement(tag); node.textContent = text; app.appendChild(node); return node; }
  document.title = story.title;
  app.className = "post";
  add("h1", story.title);
  add("p", "By " + story.author.name + ", " + story.published.slice(0, 10)).className = "entry-meta";
  story.paragraphs.forEach(function (text) { add("p", text); });
}());
