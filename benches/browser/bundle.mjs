// Makes of the peers what a site of theirs would serve: one script each, minified, with its styles.
import { build } from "esbuild";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = path.dirname(fileURLToPath(import.meta.url));
export const COMPARING = ["jsdiff", "monaco", "fast-myers-diff", "diff-sequences"];
export const DRAWING = ["codemirror", "monaco", "diff2html"];

const page = (body, scripts, styles) =>
  `<!doctype html><meta charset="utf-8"><title>Peers</title>${styles
    .map((style) => `<link rel="stylesheet" href="${style}">`)
    .join("")}${body}${scripts.map((script) => `<script type="module" src="${script}"></script>`).join("")}\n`;

/** Writes the pages into a folder. */
export async function bundle(folder) {
  const entries = [
    "compare/page",
    ...COMPARING.map((name) => `compare/${name}`),
    ...DRAWING.map((name) => `draw/${name}`),
    "draw/monaco-worker",
    "draw/own-worker",
    "draw/page.css",
  ];
  const { metafile } = await build({
    entryPoints: entries.map((entry) => path.join(SOURCES, entry)),
    outbase: SOURCES,
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".ttf": "file" },
    logLevel: "error",
    metafile: true,
    absWorkingDir: SOURCES,
  });
  const made = Object.keys(metafile.outputs).map((file) => path.relative(folder, path.resolve(SOURCES, file)));
  await writeFile(path.join(folder, "compare", "index.html"), page("", ["page.js"], []));
  for (const name of DRAWING) {
    const styles = ["page.css", ...(made.includes(`draw/${name}.css`) ? [`${name}.css`] : [])];
    const body = '<button id="show">Show</button><div id="view"></div>';
    await writeFile(path.join(folder, "draw", `${name}.html`), page(body, [`${name}.js`], styles));
  }
}
