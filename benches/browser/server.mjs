// Serves a built site as a web server would, and beside it the pages and texts of this benchmark. Every answer isolates
// its page, which measuring memory asks for.
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};
/** What carries its own hash in its name. */
const IMMUTABLE = /[-/][0-9a-f]{16,64}(_bg|-[a-z0-9-]+)?\.[a-z]+$/;

/** Serves `folders`, each below the start of its paths; the first is a site whose pages are all its index.html. */
export async function serve(folders) {
  const [site] = Object.values(folders);
  /** What was asked for. */
  const served = new Set();
  const answer = async (request, response) => {
    const address = path.posix.normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const start = Object.keys(folders).findLast((start) => address.startsWith(start));
    const file = path.join(folders[start], address.slice(start.length));
    const isPage = folders[start] === site && !address.startsWith("/reports/");
    const found = await readFile(file).then(
      (content) => [200, file, content],
      () => [404, "", Buffer.from("There is no such file.\n")],
    );
    const [status, name, content] =
      found[0] === 404 && isPage ? [200, "index.html", await readFile(path.join(site, "index.html"))] : found;
    served.add(name);
    response.writeHead(status, {
      "content-type": TYPES[path.extname(name)] ?? "text/plain; charset=utf-8",
      "content-length": content.length,
      "cache-control": IMMUTABLE.test(address) ? "public, max-age=31536000, immutable" : "no-cache",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(content);
  };
  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, served, close };
}
