// Prints tables for BENCHMARKS.md, and what became of each target.
const missed = [];

/** Prints rows of cells below their headings. */
export function printTable(title, headings, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log(`\n${title}\n`);
  console.log([line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n"));
}

/** A cell that says whether `value` is at least, or at most, what it has to be. `beyond` stands for a value that is only a bound. */
export function verdict(what, value, { atLeast, atMost, unit = "" }) {
  const hit = atLeast === undefined ? value <= atMost : value >= atLeast;
  if (!hit) missed.push(what);
  const target = atLeast === undefined ? `at most ${atMost}${unit}` : `at least ${atLeast}${unit}`;
  return hit ? `${target}: hit` : `**${target}: MISSED**`;
}

/** Names the targets that were missed. */
export function printMissed() {
  console.log(missed.length ? `\nMissed: ${missed.join("; ")}` : "\nEvery target was hit.");
}
