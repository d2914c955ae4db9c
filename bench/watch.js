/**
 * Put before every page, ours and the floor's alike: notes when a remote picture is first shown, and when a
 * document's page stands decoded on the screen. Moments are milliseconds of the wall clock, so that two pages
 * of one browser can be compared.
 */
(() => {
  const marks = { frame: [], page: [] };
  const waiting = [];
  const now = () => performance.timeOrigin + performance.now();

  function mark(kind, what = "") {
    marks[kind].push({ what: String(what), at: now() });
    for (const look of [...waiting]) look();
  }

  /** The first mark of a kind after a moment; resolves once it is there. */
  function first(kind, after, what = "") {
    return new Promise((resolve) => {
      const look = () => {
        const found = marks[kind].find((each) => each.at > after && each.what === what);
        if (!found) return;
        waiting.splice(waiting.indexOf(look), 1);
        resolve(found.at);
      };
      waiting.push(look);
      look();
    });
  }

  /** Press a button; returns the moment just before. */
  function press(selector) {
    const button = document.querySelector(selector);
    const at = now();
    button.click();
    return at;
  }

  function watchTrack(track) {
    const videos = [...document.querySelectorAll("video")];
    const video = videos.find((each) => each.srcObject?.getTracks().includes(track));
    if (video) video.requestVideoFrameCallback(() => look(video));
    else setTimeout(() => watchTrack(track), 1);
  }

  /** A browser plays what stands in no layout as well, and nobody sees it. */
  function look(video) {
    if (video.getClientRects().length > 0) mark("frame");
    else requestAnimationFrame(() => look(video));
  }

  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...given) {
      super(...given);
      this.addEventListener("track", ({ track }) => track.kind === "video" && setTimeout(() => watchTrack(track)));
    }
  };

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const picture = target.querySelector("img[data-loaded]");
      const page = target.getAttribute("data-document-page");
      if (page && picture?.complete && picture.naturalWidth > 0) mark("page", page);
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-document-page"] });

  window.bench = { first, press, marks };
})();
