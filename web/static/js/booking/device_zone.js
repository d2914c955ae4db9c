// @ts-check
// Offers the times on the device's own clock, where it shows another time than the page does.

const line = document.getElementById("device-zone");
const device = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {string} timeZone */
function clockIn(timeZone) {
  return new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" }).format(now);
}

const now = new Date();
if (line && device?.includes("/") && clockIn(device) !== clockIn(line.dataset.zone ?? device)) {
  const city = (device.split("/").pop() ?? "").replaceAll("_", " ");
  const words = line.querySelector("[data-part=words]");
  const link = line.querySelector("a");
  if (words && link) {
    const there = new URL(link.href);
    there.searchParams.set("zone", device);
    link.href = there.href;
    words.textContent = (line.dataset.words ?? "").replace("{city}", city);
    line.hidden = false;
  }
}
