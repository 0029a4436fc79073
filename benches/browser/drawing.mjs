// Measures drawing: from the click to the changes painted, long tasks, scrolling, memory, and what has to be downloaded.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { kilobytes, median, megabytes, ms, percentile, rounded } from "./numbers.mjs";
import { printTable, verdict } from "./tables.mjs";

const FRAME_MS = 1_000 / 60;
const VIEW = { width: 1_320, height: 900 };
/** How long a page is left alone, so that what it does late is seen, too. */
const REST_MS = 1_500;
const WHEEL_STEPS = 150;
const WHEEL_PIXELS = 240;
const WORKER_BYTES_MAX = 60_000;

/** What is only in the changed lines of the large text, and not in what was shown before. */
const CHANGED = ".alma.1";
const OWN_PAGE = {
  address: "/9/package/cockpit/diff/SOURCES/branding.css",
  link: 'a[href*="/diff/SPECS/cockpit.spec"]',
  ready: ".diff-row",
  painted: ".diff-added:has(mark)",
  text: CHANGED,
  scroller: ".diff-scroller",
  texts: "/reports/texts/",
};
const peer = (name, painted, query = "") => ({
  address: `/bench/draw/${name}.html${query}`,
  link: "#show",
  ready: "body[data-ready]",
  painted,
  text: "",
  scroller: "#view",
  texts: "/texts/drawn/",
});
const PAGES = {
  Almanac: OWN_PAGE,
  "Almanac, whole file": { ...OWN_PAGE, query: "?context=all" },
  "@codemirror/merge": peer("codemirror", ".cm-changedText"),
  "@codemirror/merge, without its limit": peer("codemirror", ".cm-changedText", "?precise"),
  "monaco-editor": peer("monaco", ".char-insert"),
  "diff2html, 3 lines around changes": peer("diff2html", "ins"),
};
const [OWN, WHOLE, CODEMIRROR, , MONACO] = Object.keys(PAGES);

/** One page, from its start to its end. */
async function measure(browser, { origin, served, request, drawn, observe }, its) {
  const context = await browser.newContext({ viewport: VIEW });
  await context.addInitScript(observe);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  served.clear();
  try {
    await page.goto(`${origin}${its.address}`);
    await page.waitForSelector(its.ready, { state: "attached" });
    await page.waitForTimeout(REST_MS);
    // A long list of files is folded until a reader opens it.
    await page.evaluate(() => document.querySelectorAll("nav details").forEach((list) => list.setAttribute("open", "")));
    await page.waitForSelector(its.link);
    if (its.query) {
      await page.$eval(its.link, (link, query) => link.setAttribute("href", link.getAttribute("href") + query), its.query);
    }
    await devtools.send("HeapProfiler.collectGarbage");
    await page.evaluate(({ painted, text }) => bench.expect(painted, text), its);
    await page.click(its.link);
    await page.waitForFunction(() => bench.painted !== null, null, { timeout: 120_000 });
    await page.waitForTimeout(REST_MS);
    const seen = await page.evaluate((texts) => {
      const since = (time) => (time === null ? null : time - bench.clicked);
      const tasks = bench.longTasks.filter(({ startTime, duration }) => startTime + duration > bench.clicked);
      return {
        painted_ms: since(bench.painted),
        asked_ms: since(bench.asked),
        answered_ms: since(bench.answered),
        longest_task_ms: Math.max(0, ...tasks.map(({ duration }) => duration)),
        long_tasks: tasks.map(({ startTime, duration }) => [since(startTime), duration]),
        nodes: document.querySelectorAll("*").length,
        texts: bench.texts(texts),
      };
    }, its.texts);
    if (seen.texts.count !== 2) throw new Error(`${its.address}: ${seen.texts.count} texts were fetched, not 2`);
    await devtools.send("HeapProfiler.collectGarbage");
    seen.memory_bytes = await page.evaluate(() => bench.memory());
    seen.code = [...served].filter((file) => /\.(js|css|wasm)$/.test(file));
    seen.frame_ms = await scroll(page, devtools, its);
    if (its.address === OWN_PAGE.address) {
      const sides = ["before", "after"].map((side) => `/texts/${drawn}/${side}`);
      const job = [request, sides];
      await devtools.send("HeapProfiler.collectGarbage");
      seen.memory_with_worker_bytes = await page.evaluate((job) => bench.memoryWithWorker(...job), job);
    }
    return seen;
  } finally {
    await context.close();
  }
}

/** Turns the wheel over the lines; the interval between frames that 95 of 100 keep to, or not a number where nothing moved. */
async function scroll(page, devtools, its) {
  await page.locator(its.scroller).first().evaluate((scroller) => scroller.scrollIntoView({ block: "start" }));
  const box = await page.locator(its.scroller).first().boundingBox();
  const [x, y] = [box.x + box.width / 3, Math.min(box.y + box.height, VIEW.height) / 2 + box.y / 2];
  await page.mouse.move(x, y);
  const top = () => page.evaluate((scroller) => (window.scrolledPixels ?? (() => document.querySelector(scroller).scrollTop))(), its.scroller);
  const before = await top();
  await page.evaluate(() => bench.watchFrames());
  const turned = [];
  for (let step = 0; step < WHEEL_STEPS; step += 1) {
    const event = { type: "mouseWheel", x, y, deltaX: 0, deltaY: WHEEL_PIXELS };
    turned.push(devtools.send("Input.dispatchMouseEvent", event));
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
  }
  await Promise.all(turned);
  const frames = await page.evaluate(() => {
    bench.watchesFrames = false;
    return bench.frames;
  });
  const moved = (await top()) - before;
  if (moved < WHEEL_PIXELS * 10) {
    console.error(`${its.address}: scrolled ${moved} of ${WHEEL_STEPS * WHEEL_PIXELS} pixels, so its frames are not measured`);
    return NaN;
  }
  return percentile(frames.slice(1).map((time, index) => time - frames[index]), 0.95);
}

const compress = promisify(zlib.brotliCompress);
const compressedSizes = new Map();

/** The bytes of files as brotli packs them at its best. */
async function compressedBytes(files) {
  let sum = 0;
  for (const file of files) {
    if (!compressedSizes.has(file)) compressedSizes.set(file, (await compress(await readFile(file))).length);
    sum += compressedSizes.get(file);
  }
  return sum;
}

/** Prints what was found, each figure beside its target. */
async function print(taken) {
  const names = Object.keys(PAGES);
  const middle = (name, of) => median(taken[name].map(of));
  const painted = Object.fromEntries(names.map((name) => [name, middle(name, (seen) => seen.painted_ms)]));
  const shown = Object.fromEntries(names.map((name) => [name, middle(name, (seen) => seen.painted_ms - seen.texts.received_ms)]));
  const memory = Object.fromEntries(names.map((name) => [name, middle(name, (seen) => seen.memory_bytes)]));
  const withWorker = (name) => (taken[name][0].memory_with_worker_bytes ? middle(name, (seen) => seen.memory_with_worker_bytes) : memory[name]);
  const peers = names.filter((name) => name !== OWN && name !== WHOLE);
  const longest = (name) => middle(name, (seen) => seen.longest_task_ms);
  const longestSaid = (name) => (longest(name) === 0 ? "under 50 ms" : ms(longest(name)));
  const frame = (name) => {
    const measured = taken[name].map(({ frame_ms }) => frame_ms).filter((interval) => !Number.isNaN(interval));
    return measured.length ? median(measured) : NaN;
  };
  const frameSaid = (name) => (Number.isNaN(frame(name)) ? "not measured" : ms(frame(name)));
  const rows = [];
  for (const name of names) {
    const code = await compressedBytes(taken[name][0].code);
    rows.push([
      name,
      ms(painted[name]),
      ms(shown[name]),
      longestSaid(name),
      frameSaid(name),
      middle(name, (seen) => seen.nodes).toLocaleString("en-US"),
      megabytes(memory[name]),
      megabytes(withWorker(name)),
      kilobytes(code),
    ]);
  }
  const headings = ["who", "click to changes painted", "of it, since both texts came", "longest task", "scroll p95", "nodes", "memory", "with the worker", "code, brotli"];
  printTable("100,000 lines, 400 changes, drawn", headings, rows);

  const targets = [];
  const target = (what, value, said, limits) => targets.push([what, said, verdict(what, value, limits)]);
  for (const [what, times] of [["from the click", painted], ["since both texts came", shown]]) {
    const best = [...peers].sort((one, other) => times[one] - times[other])[0];
    target(`painted, ${what}, beside the best peer, ${best}`, times[best] / times[OWN], `${rounded(times[best] / times[OWN])} times sooner`, { atLeast: 2, unit: " times" });
    target(`painted, ${what}, beside ${MONACO}`, times[MONACO] / times[OWN], `${rounded(times[MONACO] / times[OWN])} times sooner`, { atLeast: 6, unit: " times" });
  }
  target("longest task", longest(OWN), longestSaid(OWN), { atMost: 50, unit: " ms" });
  // A frame's time is told to a tenth of a millisecond.
  target("scroll p95", Math.floor(frame(OWN) * 10) / 10, frameSaid(OWN), { atMost: 16.7, unit: " ms" });
  const ratio = withWorker(OWN) / memory[CODEMIRROR];
  target("memory of page and worker", ratio, `${rounded(ratio)} times ${CODEMIRROR}'s`, { atMost: 1, unit: " times" });
  const worker = await compressedBytes(taken[OWN][0].code.filter((file) => path.basename(file).startsWith("diff-worker")));
  target("the worker's download", worker, kilobytes(worker), { atMost: WORKER_BYTES_MAX, unit: " bytes" });
  printTable("Drawing, beside its targets", ["what", "Almanac", "target"], targets);

  const steps = [
    ["both texts are asked for", (seen) => seen.texts.requested_ms],
    ["both texts have come", (seen) => seen.texts.received_ms],
    ["the worker is sent them", (seen) => seen.asked_ms],
    ["the worker has answered", (seen) => seen.answered_ms],
    ["the changes are painted", (seen) => seen.painted_ms],
  ];
  const timeline = steps.map(([what, of]) => [what, ...[OWN, WHOLE].map((name) => ms(middle(name, of)))]);
  printTable("Where Almanac's time goes, since the click", ["when", OWN, WHOLE], timeline);
  const tasks = taken[OWN].map(({ long_tasks }) => long_tasks.map(([start, duration]) => `${ms(duration)} at ${ms(start)}`).join(", ") || "none");
  console.log(`\nTasks of the page over 50 ms, per round: ${tasks.join("; ")}`);
}

/** Measures and prints all pages. */
export async function measureDrawing({ browser, origin, served, texts, count }) {
  const observe = await readFile(new URL("observe.js", import.meta.url), "utf8");
  const setting = { origin, served, request: texts.request, drawn: texts.drawn, observe };
  const taken = Object.fromEntries(Object.keys(PAGES).map((name) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    for (const [name, its] of Object.entries(PAGES)) taken[name].push(await measure(browser, setting, its));
  }
  await print(taken);
}
