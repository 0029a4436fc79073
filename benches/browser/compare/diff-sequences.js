// Lines alone.
import diffSequences from "diff-sequences";
import { answerWith, linesOf } from "./texts.js";

answerWith((before, after) => {
  const [one, other] = [linesOf(before), linesOf(after)];
  const common = [];
  const isCommon = (index, otherIndex) => one[index] === other[otherIndex];
  diffSequences.default(one.length, other.length, isCommon, (...run) => common.push(run));
  let [hunks, atOne, atOther] = [0, 0, 0];
  for (const [count, start, otherStart] of [...common, [0, one.length, other.length]]) {
    if (start > atOne || otherStart > atOther) hunks += 1;
    [atOne, atOther] = [start + count, otherStart + count];
  }
  return { hunks };
});
