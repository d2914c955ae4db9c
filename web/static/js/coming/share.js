// @ts-check
// Hands the link to the phone's own ways to send something, where it has any.

const button = /** @type {HTMLButtonElement} */ (document.getElementById("share"));

if (typeof navigator.share === "function") {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { address, title } = button.dataset;
    navigator.share({ url: address ?? "", title: title ?? "" }).catch(() => {}); // somebody thought better of it
  });
}

export {};
