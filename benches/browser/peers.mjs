// peers.mjs SITE TEXTS PAGES: measures the diff viewer of a built site against its peers in Chromium, in turns, and prints
// medians and ratios. ROUNDS says how many turns, ONLY=comparing or ONLY=drawing leaves out the other half.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { bundle } from "./bundle.mjs";
import { measureComparing } from "./comparing.mjs";
import { measureDrawing } from "./drawing.mjs";
import { serve } from "./server.mjs";
import { printMissed } from "./tables.mjs";

const [site, textsFolder, pages] = process.argv.slice(2).map((folder) => path.resolve(folder));
const count = Number(process.env.ROUNDS ?? 5);
const only = process.env.ONLY ?? "";
const load = () => os.loadavg().map((number) => number.toFixed(1)).join(" ");
const versionOf = (command) => execFileSync(command, ["--version"], { encoding: "utf8" }).trim().split("\n")[0];

await bundle(pages);
const texts = JSON.parse(await readFile(path.join(textsFolder, "texts.json"), "utf8"));
const { origin, served, close } = await serve({ "/": site, "/bench/": pages, "/texts/": textsFolder });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  // Memory is measured at once, not at the next collection of garbage that comes about by itself.
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--enable-blink-features=ForceEagerMeasureMemory"],
});
try {
  const { dependencies } = JSON.parse(await readFile(new URL("package.json", import.meta.url), "utf8"));
  const peers = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  console.log(`Chromium ${browser.version()}, ${versionOf("git")}, ${versionOf("rustc")}, Node ${process.version}`);
  console.log(peers.join(", "));
  console.log(`${count} rounds in turns; ${os.availableParallelism()} cores of ${os.cpus()[0].model}; load before: ${load()}`);
  const setting = { browser, origin, served, texts, folder: textsFolder, count };
  if (only !== "drawing") await measureComparing(setting);
  if (only !== "comparing") await measureDrawing(setting);
  printMissed();
  console.log(`load after: ${load()}`);
} finally {
  await browser.close();
  close();
}
