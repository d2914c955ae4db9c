// @ts-check
// A booking button for somebody else's page: one classic script tag, and nothing of the page is touched.
//
//   <script src="…/embed/button.js" data-offering="…" data-source="…" data-lang="sv" async></script>
//
// It fetches nothing, sets no cookie and leaves no name behind; a strict CSP needs `script-src` alone.

(() => {
  const OFFERING = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const SOURCE = /^[a-z0-9-]{1,32}$/;
  const TARGET = /^(?:_self|_blank|_parent|_top)$/;

  /** @type {Readonly<Record<string, string>>} */
  const WORDS = {
    fi: "Varaa aika videotapaamiseen",
    sv: "Boka tid för ett videomöte",
    en: "Book a video appointment",
  };

  const STYLE = `
    :host { display: inline-block; max-inline-size: 100%; }
    a {
      display: inline-flex; align-items: center; justify-content: center; box-sizing: border-box;
      min-block-size: 2.75rem; max-inline-size: 100%; padding: 0.5rem 1.25rem;
      border: 2px solid #0b5563; border-radius: 0.375rem;
      background: #0b5563; color: #ffffff;
      font: 600 1.125rem/1.25 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      text-align: center; text-decoration: none; overflow-wrap: anywhere;
      border-color: light-dark(#0b5563, #7fcbdb);
      background: light-dark(#0b5563, #7fcbdb); color: light-dark(#ffffff, #06232a);
    }
    a:hover { text-decoration: underline; text-underline-offset: 0.18em; }
    a:focus-visible { outline: 3px solid; outline-color: light-dark(#0b5563, #a9dfea); outline-offset: 2px; }
    @media (forced-colors: active) { a { border-color: LinkText; } }
  `;

  /** @param {DOMStringMap} data */
  function faultOf(data) {
    if (!OFFERING.test(data.offering ?? "")) return "data-offering is not the id of an offering";
    if (data.source !== undefined && !SOURCE.test(data.source)) return "data-source may hold a-z, 0-9 and -, 32 at most";
    if (data.lang !== undefined && !(data.lang in WORDS)) return "data-lang is one of fi, sv, en";
    if (data.target !== undefined && !TARGET.test(data.target)) return "data-target is one of _self, _blank, _parent, _top";
    return "";
  }

  /** The language of the page, where it is one of ours. */
  function languageOfPage() {
    const told = document.documentElement.lang.slice(0, 2).toLowerCase();
    return told in WORDS ? told : "fi";
  }

  /** @param {HTMLScriptElement} script */
  function linkFor(script) {
    const { offering = "", source, lang = languageOfPage(), target } = script.dataset;
    const address = new URL(`/book/${offering.toLowerCase()}`, script.src);
    if (source) address.searchParams.set("source", source);
    address.searchParams.set("lang", lang);
    const link = document.createElement("a");
    link.href = address.href;
    link.lang = lang;
    link.referrerPolicy = "no-referrer";
    link.textContent = WORDS[lang] ?? "";
    if (target) link.target = target;
    if (target === "_blank") link.rel = "noopener";
    return link;
  }

  /** @param {HTMLScriptElement} script */
  function show(script) {
    const host = document.createElement("span");
    const shadow = host.attachShadow({ mode: "open", delegatesFocus: true });
    if ("adoptedStyleSheets" in shadow) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
    }
    shadow.append(linkFor(script));
    script.after(host);
  }

  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) {
    console.error("Kohtaamo button: load it by a plain script tag, not as a module");
    return;
  }
  const fault = faultOf(script.dataset);
  if (fault) console.error(`Kohtaamo button: ${fault}`);
  else show(script);
})();
