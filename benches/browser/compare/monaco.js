// Lines and, within them, characters, as Monaco's own worker does it and with its own limit of time.
import { DefaultLinesDiffComputer } from "monaco-editor/editor/common/diff/defaultLinesDiffComputer/defaultLinesDiffComputer.js";
import { answerWith, linesOf } from "./texts.js";

answerWith((before, after) => {
  const options = { ignoreTrimWhitespace: false, maxComputationTimeMs: 5000, computeMoves: false };
  const result = new DefaultLinesDiffComputer().computeDiff(linesOf(before), linesOf(after), options);
  return { hunks: result.changes.length, gaveUp: result.hitTimeout };
});
