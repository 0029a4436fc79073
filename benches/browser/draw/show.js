// What the pages that draw share: at first two equal texts of a line; at a click the large pair is fetched and shown.
const textAt = (address) => fetch(address).then((answer) => answer.text());

/** `show(before, after)` replaces what is shown, and `scrolled` tells how far it was scrolled, in pixels. */
export function showAtClick(show, scrolled) {
  show("nothing yet\n", "nothing yet\n");
  window.scrolledPixels = scrolled;
  document.getElementById("show").addEventListener("click", async () => {
    const [before, after] = await Promise.all([textAt("/texts/drawn/before"), textAt("/texts/drawn/after")]);
    show(before, after);
  });
  document.body.dataset.ready = "";
}
