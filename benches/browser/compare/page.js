// Has a worker compare pairs of texts, and tells how long it took from bytes to hunks.
const texts = new Map();

async function bytesOf(address) {
  if (!texts.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    texts.set(address, await answer.arrayBuffer());
  }
  return texts.get(address).slice(0);
}

/** The first answer, which says what differs, and how long it took since `started`; the colours may come after it. */
const answered = (worker, message, started) =>
  new Promise((resolve, reject) => {
    let first;
    worker.onmessage = ({ data }) => {
      if (data.error) return reject(new Error(data.error));
      first ??= { ms: performance.now() - started, data };
      if (data.isLast ?? true) resolve(first);
    };
    worker.onerror = (event) => reject(new Error(event.message || "the worker's program did not come"));
    worker.postMessage(message, [message.before, message.after]);
  });

/**
 * Compares all pairs one after the other, twice: `first_ms` has the start of a new worker in it, `again_ms` has not. What
 * takes longer than `limit_ms` is ended, and what took longer than `slow_ms` is not done again.
 */
window.compare = async ({ script, pairs, request, limit_ms, slow_ms }) => {
  const messages = () =>
    Promise.all(
      pairs.map(async (pair) => ({
        request: Uint32Array.from(request),
        before: await bytesOf(`/texts/${pair}/before`),
        after: await bytesOf(`/texts/${pair}/after`),
      })),
    );
  let worker;
  const run = async (start) => {
    const sent = await messages();
    let timer;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, limit_ms, "over the limit")));
    const started = performance.now();
    if (start) worker = new Worker(script, { type: "module" });
    const work = (async () => {
      const found = { hunks: 0, gaveUp: false };
      let taken = 0;
      for (const [index, message] of sent.entries()) {
        const { ms, data } = await answered(worker, message, index === 0 ? started : performance.now());
        taken += ms;
        found.hunks += data.hunks;
        found.gaveUp ||= data.gaveUp ?? false;
      }
      return { ms: taken, found };
    })();
    const done = await Promise.race([work, limit]);
    clearTimeout(timer);
    return done === "over the limit" ? { ms: limit_ms, found: done } : done;
  };
  try {
    const first = await run(true);
    if (first.found === "over the limit") return { first_ms: limit_ms, again_ms: limit_ms, over: true };
    const again = first.ms > slow_ms ? first : await run(false);
    if (again.found === "over the limit") return { first_ms: first.ms, again_ms: limit_ms, over: true };
    return { first_ms: first.ms, again_ms: again.ms, ...again.found };
  } finally {
    worker?.terminate();
  }
};
