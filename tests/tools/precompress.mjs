// precompress.mjs FROM TO: copies a built site and puts a brotli (quality 11) and a gzip (level 9) file beside each
// text and wasm file, for servers that send such files as they are. What did not change since the last run is kept.
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const [from, to] = process.argv.slice(2);
const COMPRESSIBLE = /\.(html|css|js|json|wasm|svg|txt|xml|spec|patch|diff)$/;
const encoders = {
  ".br": (content) =>
    promisify(zlib.brotliCompress)(content, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
        [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  ".gz": (content) => promisify(zlib.gzip)(content, { level: 9 }),
};

const filesBelow = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();

const exists = (file) => stat(file).then(() => true, () => false);

const isSame = async (file, content) => {
  const size = await stat(file).then((found) => found.size, () => -1);
  return size === content.length && content.equals(await readFile(file));
};

async function publish(name) {
  const source = path.join(from, name);
  const target = path.join(to, name);
  const content = await readFile(source);
  const results = COMPRESSIBLE.test(name) ? Object.keys(encoders) : [];
  const made = await Promise.all(results.map((ending) => exists(target + ending)));
  if (made.every(Boolean) && (await isSame(target, content))) return 0;
  await mkdir(path.dirname(target), { recursive: true });
  for (const ending of results) await writeFile(target + ending, await encoders[ending](content));
  // Last, so that a run which was stopped half way is not taken for a finished one.
  await copyFile(source, target);
  return 1;
}

await mkdir(to, { recursive: true });
const names = await filesBelow(from);
const wanted = new Set(names.flatMap((name) => [name, `${name}.br`, `${name}.gz`]));
for (const name of await filesBelow(to)) if (!wanted.has(name)) await rm(path.join(to, name));

const queue = names.values();
const counts = await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    let count = 0;
    for (const name of queue) count += await publish(name);
    return count;
  }),
);
const changed = counts.reduce((sum, count) => sum + count, 0);
console.log(`${names.length} files in ${to}, ${changed} of them new or changed`);
