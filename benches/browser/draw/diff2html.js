// Three lines of context, since it draws every row that it has: a whole file of this size takes it most of a minute.
import { createTwoFilesPatch } from "diff";
import { html } from "diff2html";
import "diff2html/bundles/css/diff2html.min.css";
import { showAtClick } from "./show.js";

const place = document.getElementById("view");

showAtClick(
  (before, after) => {
    const patch = createTwoFilesPatch("before", "after", before, after, "", "", { context: 3 });
    place.innerHTML = html(patch, { outputFormat: "side-by-side", matching: "lines", drawFileList: false });
  },
  () => place.scrollTop,
);
