// As it is by default it takes a text of this size for one single change; with `?precise` it may take the time that it needs.
import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { showAtClick } from "./show.js";

const place = document.getElementById("view");
const extensions = [lineNumbers(), EditorView.editable.of(false), EditorState.readOnly.of(true)];
const diffConfig = location.search === "?precise" ? { scanLimit: Number.MAX_SAFE_INTEGER } : undefined;
let view;

showAtClick(
  (before, after) => {
    view?.destroy();
    view = new MergeView({ a: { doc: before, extensions }, b: { doc: after, extensions }, parent: place, diffConfig });
  },
  () => view.dom.scrollTop,
);
