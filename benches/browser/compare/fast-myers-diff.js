// Lines alone.
import { diff } from "fast-myers-diff";
import { answerWith, linesOf } from "./texts.js";

answerWith((before, after) => ({ hunks: Array.from(diff(linesOf(before), linesOf(after))).length }));
