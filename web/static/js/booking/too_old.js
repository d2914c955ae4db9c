// @ts-check
// For browsers from before modules, which run nothing else of ours.

(function () {
  var notice = document.getElementById("unable");
  if (notice) notice.removeAttribute("hidden");
})();
