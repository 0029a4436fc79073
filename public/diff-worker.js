// Compares the two texts of a message away from the page, and answers once. The program's name gets its hash in when the
// page is built.
import start, { compare } from "./diff-worker-program.js";

addEventListener("message", async ({ data: { request, before, after } }) => {
  try {
    await start();
    const parts = compare(request, new Uint8Array(before), new Uint8Array(after));
    if (!parts) throw new Error("the page and its worker are of different versions");
    postMessage({ parts }, parts.map((part) => part.buffer));
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
