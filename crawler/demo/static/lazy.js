document.querySelectorAll("img.lazy").forEach(function (picture) { picture.src = picture.dataset.src; });
