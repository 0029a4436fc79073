// Compares the two texts of a message away from the page; what is known first is answered first. The program's name gets its
// hash in when the page is built.
import start, { compare } from "./diff-worker-program.js";

// Begun at once, since the texts may still be on their way. That it failed is told to whoever asks.
const started = start();
started.catch(() => {});

addEventListener("message", async ({ data: { request, before, after } }) => {
  try {
    await started;
    const answer = (parts, isLast) => postMessage({ parts, isLast }, parts.map((part) => part.buffer));
    if (!compare(request, new Uint8Array(before), new Uint8Array(after), answer)) {
      throw new Error("the page and its worker are of different versions");
    }
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
