// Lines, then the words of what was replaced.
import { diffLines, diffWordsWithSpace } from "diff";
import { answerWith, textOf } from "./texts.js";

answerWith((before, after) => {
  const parts = diffLines(textOf(before), textOf(after));
  let hunks = 0;
  parts.forEach((part, index) => {
    const [previous, next] = [parts[index - 1], parts[index + 1]];
    if ((part.added || part.removed) && !previous?.added && !previous?.removed) hunks += 1;
    if (part.removed && next?.added) diffWordsWithSpace(part.value, next.value);
  });
  return { hunks };
});
