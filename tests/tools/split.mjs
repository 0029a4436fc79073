// split.mjs: cuts the built program where `wasm_split` says so in src/, in the folder that trunk has just made. The first
// file stays what trunk made it; the parts come to lie beside it, and are fetched once a page needs them.
// So does the program of the worker that compares texts.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

// What the Rust target turns on; wasm-opt would otherwise refuse it.
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

const staging = process.env.TRUNK_STAGING_DIR;
const targetFolder = path.resolve(process.env.CARGO_TARGET_DIR || "target");
const program = path.join(targetFolder, "wasm32-unknown-unknown", "release", "app.wasm");
const name = readdirSync(staging).find((file) => /^app-[0-9a-f]+\.js$/.test(file))?.replace(/\.js$/, "");
if (!name) throw new Error(`there is no app-HASH.js in ${staging}`);

function run(command, ...commandArguments) {
  runWith({}, command, ...commandArguments);
}

function runWith(environment, command, ...commandArguments) {
  const { error, status } = spawnSync(command, commandArguments, { stdio: "inherit", env: { ...process.env, ...environment } });
  if (error || status !== 0) throw error ?? new Error(`${command} ended with ${status}`);
}

function optimise(from, to, level = "-Oz", features = FEATURES) {
  // What tells a linker of features is of no use to a browser, and stands in each of the many parts.
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  const { error, status, stderr } = spawnSync("wasm-opt", [level, ...features.map((feature) => `--enable-${feature}`), ...strip, from, "-o", to], { encoding: "utf8" });
  // What it does not know of the names it warns of in every part, and takes all names out.
  const told = (stderr ?? "").split("\n").filter((line) => line && !line.startsWith("warning: unknown name subsection"));
  if (told.length > 0) console.error(told.join("\n"));
  if (error || status !== 0) throw error ?? new Error(`wasm-opt ended with ${status}`);
}

// The worker's program is built and named by its own hash; the script that starts it learns that name.
function addWorker(folder) {
  const flags = ["--profile", "worker", "--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "worker", "--bin", "diff-worker"];
  // In place of the flags in .cargo/config.toml, which serve the cutting: what they leave in is not for wasm-opt. Texts are
  // looked at sixteen bytes at a time, which browsers can since 2023.
  runWith({ RUSTFLAGS: "-C link-arg=--gc-sections -C target-feature=+simd128" }, "cargo", "build", ...flags);
  const built = path.join(targetFolder, "wasm32-unknown-unknown", "worker", "diff-worker.wasm");
  const hash = createHash("sha256").update(readFileSync(built)).digest("hex").slice(0, 16);
  const program = `diff-worker-${hash}`;
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--out-name", program, "--out-dir", folder, built);
  optimise(path.join(folder, `${program}_bg.wasm`), path.join(staging, `${program}_bg.wasm`), "-O3", [...FEATURES, "simd"]);
  writeFileSync(path.join(staging, `${program}.js`), readFileSync(path.join(folder, `${program}.js`)));
  const script = path.join(staging, "diff-worker.js");
  writeFileSync(script, readFileSync(script, "utf8").replace("diff-worker-program", program));
}

const folder = mkdtempSync(path.join(targetFolder, "parts-"));
try {
  run("wasm-split-cli", program, folder, "--target", "web", "--out-name", name);
  run("wasm-bindgen", "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name, "--out-dir", folder, path.join(folder, `${name}.wasm`));
  optimise(path.join(folder, `${name}_bg.wasm`), path.join(staging, `${name}_bg.wasm`));

  // The parts bear the program's hash, as they fit no other one.
  const linker = `${name}-parts.js`;
  let links = readFileSync(path.join(folder, "__wasm_split.js"), "utf8");
  const parts = readdirSync(folder).filter((file) => /^(split|chunk)_.*\.wasm$/.test(file));
  for (const part of parts) {
    const named = `${name}-${part.replace(/^split_/, "").replaceAll("_", "-")}`;
    links = links.replaceAll(`"./${part}"`, `"./${named}"`);
    optimise(path.join(folder, part), path.join(staging, named));
  }
  writeFileSync(path.join(staging, linker), links);
  const start = readFileSync(path.join(folder, `${name}.js`), "utf8");
  writeFileSync(path.join(staging, `${name}.js`), start.replaceAll('from "./__wasm_split.js"', `from "./${linker}"`));
  addWorker(folder);
  console.log(`${name}: cut into ${parts.length + 1} parts`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
