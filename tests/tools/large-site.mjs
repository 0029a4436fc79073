// large-site.mjs FROM TO [TEXTS]: copies a built site and puts a text of 100,000 lines on both sides of one of the sample's files,
// with TEXTS the files `before` and `after` of that folder; beside it texts that are hard to compare, and as many advisories as
// AlmaLinux had in August 2026 into its release, for tests and measurements that nothing small can serve. Another release gets
// an input of advisories that could not be read, and a clock without an advisory. Every document on the way there gets its new
// digest.
import { createHash } from "node:crypto";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const [from, to, texts] = process.argv.slice(2);
const [RELEASE, PACKAGE, FILE] = ["9", "cockpit", "SPECS/cockpit.spec"];
const LINES = 100_000;
const LINES_BETWEEN_CHANGES = 250;
// As src/report/directory.rs has it.
const ROWS_PER_DIRECTORY = 128;

/** Numbers that look random and are always the same (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(1);
const word = () => Math.floor(next() * 2 ** 24).toString(36);
const text = (lines) => Buffer.from(`${lines.join("\n")}\n`);
const made = (count, line) => Array.from({ length: count }, (_, index) => line(index));

function large() {
  const before = made(LINES, (index) => `%define v${index} ${word()} ${word()} ${word()}`);
  const after = before.map((line, index) => (index % LINES_BETWEEN_CHANGES === 120 ? `${line}.alma` : line));
  return [before, after].map(text);
}

/** Texts that are hard to compare, each in its own way, by their paths. */
function hard() {
  const stock = made(60, () => `${word()} ${word()}`);
  const repetitive = () => text(made(10_000, () => stock[Math.floor(next() * stock.length)]));
  const replaced = () => text(made(20_000, () => `${word()} ${word()} ${word()} ${word()}`));
  const long = made(700_000, word).join(" ").slice(0, 5_000_000);
  const call = () => `f(${word()}, 0x${next().toString(16).slice(2, 8)}, "${word()}");`;
  const dense = made(300, () => `if (${word()}) ` + made(80, call).join(" "));
  const denser = dense.map((line, index) => (index % 50 === 10 ? line.replace("if", "while") : line));
  const moved = ["static int value(void)", "{", "  int found = 1;", "", "  return found + 41;", "}"];
  const others = made(60, (index) => `int other_${index} = ${index};`);
  return {
    "SOURCES/dense.c": [text(dense), text(denser)],
    "SOURCES/latin.txt": [text(["caf\u00e9"]), Buffer.from("caf\xe9\n", "latin1")],
    "SOURCES/line-ends.sh": [text(["#!/bin/sh", "echo one", "echo two"]), text(["#!/bin/sh", "echo one\r", "echo two"])],
    "SOURCES/long-line.txt": [text([long]), text([`${long.slice(0, 2_500_000)}alma${long.slice(2_500_000)}`])],
    "SOURCES/moved.c": [text([...moved, ...others]), text([...others, ...moved])],
    "SOURCES/repetitive.txt": [repetitive(), repetitive()],
    "SOURCES/replaced.txt": [replaced(), replaced()],
  };
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const reports = path.join(to, "reports");
const read = async (name) => JSON.parse(await readFile(path.join(reports, name), "utf8"));
async function add(folder, content, ending = "json") {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  await writeFile(path.join(reports, folder, `${digest(bytes)}.${ending}`), bytes);
  return digest(bytes);
}

await rm(to, { recursive: true, force: true });
await cp(from, to, { recursive: true });
const index = await read("index.json");
const snapshot = index.releases.find((release) => release.id === RELEASE).snapshots.at(-1);
const report = await read(`compatibility/${snapshot.report}.json`);
const row = report.packages.names.indexOf(PACKAGE);
const place = Math.floor(row / ROWS_PER_DIRECTORY);
const directory = await read(`directories/${report.directories[place]}.json`);
const document = await read(`packages/${directory.packages[row % ROWS_PER_DIRECTORY]}.json`);

async function side(bytes) {
  return { digest: await add("texts", bytes, "txt"), bytes: bytes.length, published: true };
}
const file = document.texts.files.find((known) => known.path === FILE);
const [before, after] = texts ? await Promise.all(["before", "after"].map((side) => readFile(path.join(texts, side)))) : large();
Object.assign(file, { reference: await side(before), distribution: await side(after) });
for (const [name, [reference, distribution]] of Object.entries(hard())) {
  document.texts.files.push({ path: name, reference: await side(reference), distribution: await side(distribution) });
}
document.texts.files.sort((one, other) => (one.path < other.path ? -1 : 1));
directory.packages[row % ROWS_PER_DIRECTORY] = await add("packages", document);
report.directories[place] = await add("directories", directory);
snapshot.report = await add("compatibility", report);

const ADVISORIES = 5_680;
// The quarter in the middle has none: 120 advisories a quarter are before it, and so on after it.
const FIRST_DAY = 16_436;
const GAP_AFTER = 2_840;

/** A security clock with so many advisories, of which every third has no day of the distribution. */
function clock(known, count) {
  const next = random(2);
  const rows = Array.from({ length: count }, (_, row) => row);
  const day = (row) => FIRST_DAY + Math.floor(row * 0.7) + (row > GAP_AFTER ? 200 : 0);
  const days = (of, source) => ({ days: rows.map(of), sources: rows.map((row) => (of(row) === null ? null : source)) });
  const published = rows.map((row) => (row % 3 === 0 ? null : day(row) + Math.floor(next() * 40)));
  return {
    ...known,
    package_names: Array.from({ length: 900 }, (_, name) => `package-${String(name).padStart(3, "0")}`),
    advisories: {
      ids: rows.map((row) => `ALSA-2024:${String(row).padStart(5, "0")}`),
      severities: rows.map((row) => ["critical", "important", "moderate", "low"][row % 4]),
      states: rows.map(() => "announced"),
      counterparts: rows.map((row) => `RHSA-2024:${String(row).padStart(5, "0")}`),
      disclosed: rows.map((row) => day(row) - 9),
      reference: days(day, "issued"),
      testing: days(() => null, null),
      distribution: days((row) => published[row], "updated"),
      cves: rows.map((row) => [`2024-${10_000 + row}`]),
      packages: rows.map((row) => [row % 900]),
    },
  };
}

/** A security clock with the versions that fix its packages, in the set. */
async function clocked(known, count) {
  const versions = Array.from({ length: count }, (_, row) => [`1.${row}-1.el9`]);
  const { format, release } = known;
  return add("security", { ...clock(known, count), fixes: await add("fixes", { format, release, versions }) });
}

const known = await read(`security/${snapshot.security.document}.json`);
snapshot.security = { document: await clocked(known, ADVISORIES) };
const failing = index.releases.find((release) => release.id === "10");
failing.snapshots.at(-1).security.document = await clocked({ ...known, release: "10" }, 0);
delete failing.snapshots.at(-1).security.lag;
index.advisory_failures = [
  {
    release: "10",
    name: "Red Hat’s advisories",
    location: "https://advisories.example/",
    last_read: known.taken,
    since: "2026-11-21T04:10:00Z",
    cause: "https://advisories.example/: the host answered with status 503",
  },
];
await writeFile(path.join(reports, "index.json"), JSON.stringify(index));
console.log(`${FILE} of ${PACKAGE} in ${to} is ${texts ? `the text in ${texts}` : `${LINES} lines, ${LINES / LINES_BETWEEN_CHANGES} of them changed`}`);
