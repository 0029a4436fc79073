// large-site.mjs FROM TO [TEXTS]: copies a built site and puts a text of 100,000 lines on both sides of one of the sample's
// files, for tests and measurements that no small text can serve; with TEXTS the files `before` and `after` of that folder.
// Every document on the way there gets its new digest.
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

function sides() {
  const next = random(1);
  const word = () => Math.floor(next() * 2 ** 24).toString(36);
  const before = Array.from({ length: LINES }, (_, index) => `%define v${index} ${word()} ${word()} ${word()}`);
  const after = before.map((line, index) => (index % LINES_BETWEEN_CHANGES === 120 ? `${line}.alma` : line));
  return [before, after].map((lines) => Buffer.from(`${lines.join("\n")}\n`));
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

const file = document.texts.files.find((known) => known.path === FILE);
const [before, after] = texts ? await Promise.all(["before", "after"].map((side) => readFile(path.join(texts, side)))) : sides();
for (const [name, bytes] of [["reference", before], ["distribution", after]]) {
  file[name] = { digest: await add("texts", bytes, "txt"), bytes: bytes.length, published: true };
}
directory.packages[row % ROWS_PER_DIRECTORY] = await add("packages", document);
report.directories[place] = await add("directories", directory);
snapshot.report = await add("compatibility", report);
await writeFile(path.join(reports, "index.json"), JSON.stringify(index));
console.log(`${FILE} of ${PACKAGE} in ${to} is ${texts ? `the text in ${texts}` : `${LINES} lines, ${LINES / LINES_BETWEEN_CHANGES} of them changed`}`);
