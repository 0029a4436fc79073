import * as monaco from "monaco-editor/editor/editor.api.js";
import { showAtClick } from "./show.js";

self.MonacoEnvironment = { getWorker: () => new Worker("/bench/draw/monaco-worker.js", { type: "module" }) };
const editor = monaco.editor.createDiffEditor(document.getElementById("view"), {
  readOnly: true,
  ignoreTrimWhitespace: false,
});

showAtClick(
  (before, after) => {
    const shown = editor.getModel();
    const [original, modified] = [before, after].map((text) => monaco.editor.createModel(text, "text/plain"));
    editor.setModel({ original, modified });
    shown?.original.dispose();
    shown?.modified.dispose();
  },
  () => editor.getModifiedEditor().getScrollTop(),
);
