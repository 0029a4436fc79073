// Measures comparing: the program's worker beside its peers' in a browser, the same code natively, and git.
import { spawn } from "node:child_process";
import readline from "node:readline";
import { COMPARING } from "./bundle.mjs";
import { median, ms, rounded } from "./numbers.mjs";
import { printTable, verdict } from "./tables.mjs";

/** What takes longer is ended. */
const LIMIT_MS = 60_000;
/** What takes longer is measured three times at most, and once where it takes ten times as long. */
const SLOW_MS = 2_000;
const SLOW_ROUNDS = 3;

const OWN = "Almanac";
const SCRIPTS = { [OWN]: "/diff-worker.js" };
for (const name of COMPARING) SCRIPTS[name] = `/bench/compare/${name}.js`;

/** By how much the program is to be faster, per text, and the most that it may take. */
const TARGETS = {
  sparse: { monaco: 10, jsdiff: 15, git: 1 },
  dense: { monaco: 100, jsdiff: 1_000, git: 1 },
  "nothing in common": { most_ms: 1_000, fastest: 3 },
  repetitive: { most_ms: 1_000, fastest: 3 },
};
/** How many times the native run the browser's may take. */
const NATIVE_TIMES_MAX = 2.5;

/** The native program, which measures what it is told to. */
function native(folder) {
  const options = ["bench", "--quiet", "--features", "publish", "--bench", "diff", "--", "--measure"];
  const child = spawn("cargo", options, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const measure = async (what, pairs) => {
    let sum = 0;
    for (const pair of pairs) {
      child.stdin.write(`${what} ${folder}/${pair}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("the native benchmark ended");
      sum += Number(value);
    }
    return sum;
  };
  return { measure, end: () => child.stdin.end() };
}

/** The rounds of one text: per competitor, what each round took. */
async function rounds(text, { page, peer, request, count }) {
  const taken = { [`${OWN}, native`]: [], git: [] };
  for (const name of Object.keys(SCRIPTS)) taken[name] = [];
  for (let round = 0; round < count; round += 1) {
    for (const [name, script] of Object.entries(SCRIPTS)) {
      const slowest = Math.max(0, ...taken[name].map(({ first_ms }) => first_ms));
      if ((slowest > SLOW_MS && round >= SLOW_ROUNDS) || slowest > 10 * SLOW_MS) continue;
      const job = { script, pairs: text.pairs, request, limit_ms: LIMIT_MS, slow_ms: SLOW_MS };
      taken[name].push(await page.evaluate((job) => window.compare(job), job));
    }
    for (const [name, what] of [[`${OWN}, native`, "almanac"], ["git", "git"]]) {
      const again_ms = await peer.measure(what, text.pairs);
      taken[name].push({ first_ms: null, again_ms });
    }
  }
  return taken;
}

/** Prints a table of the rounds of one text. */
function print(text, taken) {
  const middle = (name, which) => median(taken[name].map((round) => round[which]));
  const [own, ownFirst] = [middle(OWN, "again_ms"), middle(OWN, "first_ms")];
  const targets = TARGETS[text.name] ?? {};
  const peers = COMPARING.map((name) => [name, middle(name, "again_ms")]);
  const [fastest] = peers.sort((one, other) => one[1] - other[1])[0];
  const rows = Object.keys(taken).map((name) => {
    const again = middle(name, "again_ms");
    const first = taken[name][0].first_ms === null ? null : middle(name, "first_ms");
    const isOver = taken[name].some(({ over }) => over);
    const bound = isOver ? "over " : "";
    const said = [];
    const check = (value, target) => said.push(verdict(`${text.name}, ${name}`, value, target));
    if (name === OWN && targets.most_ms) check(Math.max(own, ownFirst), { atMost: targets.most_ms, unit: " ms" });
    if (name === `${OWN}, native`) check(own / again, { atMost: NATIVE_TIMES_MAX, unit: " times as long" });
    if (targets[name]) check(again / own, { atLeast: targets[name], unit: " times" });
    if (name === fastest && targets.fastest) check(again / own, { atLeast: targets.fastest, unit: " times, the fastest" });
    const last = taken[name].at(-1);
    const found = [last.hunks && `${last.hunks.toLocaleString("en-US")} hunks`, last.gaveUp && "gave up at its limit"];
    const ratio = {
      [OWN]: () => "",
      [`${OWN}, native`]: () => `takes ${rounded(own / again)} times as long as natively`,
    }[name] ?? (() => `${bound}${rounded(again / own)} times as fast`);
    const firstRatio = first === null || name === OWN ? "" : `${bound}${rounded(first / ownFirst)} times`;
    return [
      name,
      `${bound}${ms(again)}`,
      ratio(),
      said.join(", "),
      first === null ? "" : `${bound}${ms(first)}`,
      firstRatio,
      name === OWN ? `${text.hunks.toLocaleString("en-US")} hunks` : found.filter(Boolean).join(", "),
    ];
  });
  const headings = ["who", "median", "Almanac is", "target", "with the worker's start", "Almanac is", "found"];
  printTable(`${text.name}: lines and words, from bytes to hunks`, headings, rows);
}

/** Measures and prints all texts. */
export async function measureComparing({ browser, origin, texts, folder, count }) {
  const peer = native(folder);
  const page = await browser.newPage();
  try {
    await page.goto(`${origin}/bench/compare/index.html`);
    for (const text of texts.compared) {
      print(text, await rounds(text, { page, peer, request: texts.request, count }));
    }
  } finally {
    peer.end();
    await page.close();
  }
}
