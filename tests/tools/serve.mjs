// serve.mjs FOLDER: serves a built site on this machine as a plain host does: a path without a file is answered with
// 404.html, and below reports/ with a bare 404. PORT chooses the port; without it, the first free one from 8080 on.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const root = path.resolve(process.argv[2] ?? "dist");
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
};

const fileSize = (file) => stat(file).then((found) => (found.isFile() ? found.size : null), () => null);

async function answer(request, response) {
  const send = (status, type, size, body) => {
    response.writeHead(status, {
      "content-type": type,
      "content-length": size,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    });
    if (request.method === "HEAD") response.end();
    else body(response);
  };
  const sendText = (status, text) =>
    send(status, "text/plain; charset=utf-8", Buffer.byteLength(text), (out) => out.end(text));
  const sendFile = (status, file, size) =>
    send(status, TYPES[path.extname(file)] ?? "text/plain; charset=utf-8", size, (out) =>
      createReadStream(file).on("error", () => out.destroy()).pipe(out),
    );

  if (request.method !== "GET" && request.method !== "HEAD") return sendText(405, "Only GET and HEAD are answered.\n");
  let address;
  try {
    address = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  } catch {
    return sendText(400, "The address cannot be read.\n");
  }
  // The address is absolute, so normalising it leaves no `..` that could lead out of the folder.
  const normal = path.posix.normalize(address);
  const file = path.join(root, normal.endsWith("/") ? `${normal}index.html` : normal);
  const size = normal.includes("\0") ? null : await fileSize(file);
  if (size !== null) return sendFile(200, file, size);
  if (normal.startsWith("/reports/")) return sendText(404, "There is no such file.\n");
  const page = path.join(root, "404.html");
  const pageSize = await fileSize(page);
  return pageSize === null ? sendText(404, "There is no such file.\n") : sendFile(404, page, pageSize);
}

const chosen = process.env.PORT ? Number(process.env.PORT) : null;
if (chosen !== null && !(Number.isInteger(chosen) && chosen > 0 && chosen < 65536)) {
  console.error(`error: PORT is ${process.env.PORT}, and a port is a number from 1 to 65535`);
  process.exit(1);
}
let port = chosen ?? 8080;
const server = http.createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.on("error", (error) => {
  if (error.code === "EADDRINUSE" && chosen === null && port < 8180) {
    port += 1;
    server.listen(port, "127.0.0.1");
  } else {
    console.error(`error: cannot serve at port ${port}: ${error.message}`);
    process.exit(1);
  }
});
server.on("listening", () => console.log(`\nAlmanac is at http://127.0.0.1:${port}/ (Ctrl-C ends it)`));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
server.listen(port, "127.0.0.1");
