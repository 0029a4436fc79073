// Put into every page that draws, before its own scripts: notes long tasks, clicks, frames, and what workers do.
window.bench = { longTasks: [], frames: [], painted: null, clicked: null, asked: null, answered: null };

const wasmMemories = new Set();
const wasmBytes = () => [...wasmMemories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (source, imports) => {
    const made = await original.call(WebAssembly, source, imports);
    const modules = Object.values(imports ?? {}).flatMap((module) => Object.values(module));
    const memories = [...Object.values((made.instance ?? made).exports), ...modules];
    memories.filter((value) => value instanceof WebAssembly.Memory).forEach((memory) => wasmMemories.add(memory));
    return made;
  };
}

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) bench.longTasks.push({ startTime, duration });
}).observe({ type: "longtask", buffered: true });

window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => {
      // The first answer says what differs; the colours may come after it.
      if (bench.answered === null || bench.answered < bench.asked) bench.answered = performance.now();
    });
  }

  postMessage(...given) {
    bench.asked = performance.now();
    super.postMessage(...given);
  }
};

/** From the next click on, waits until an element that `selector` names and that has `text` in it is painted. */
bench.expect = (selector, text) => {
  const isThere = () => [...document.querySelectorAll(selector)].some((element) => element.textContent.includes(text));
  const click = (event) => {
    bench.clicked = event.timeStamp;
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => (bench.painted = performance.now())));
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  addEventListener("click", click, { capture: true, once: true });
};

/** Notes when frames begin, for as long as `bench.watchesFrames`. */
bench.watchFrames = () => {
  bench.watchesFrames = true;
  const frame = (time) => {
    bench.frames.push(time);
    if (bench.watchesFrames) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
};

/** When the later of both texts was asked for and when it had come, since the click. */
bench.texts = (part) => {
  const texts = performance.getEntriesByType("resource").filter(({ name }) => name.includes(part));
  const fetched = texts.filter(({ startTime }) => startTime >= bench.clicked);
  const latest = (when) => Math.max(...fetched.map((entry) => entry[when])) - bench.clicked;
  return { requested_ms: latest("startTime"), received_ms: latest("responseEnd"), count: fetched.length };
};

/** The bytes of memory that the page and its workers hold. The browser does not count the memory of wasm, so that is added. */
bench.memory = async () => {
  const { bytes } = await performance.measureUserAgentSpecificMemory();
  return bytes + wasmBytes();
};

/** The bytes of page and worker, with the worker still there that has just compared the texts at these addresses. */
bench.memoryWithWorker = async (request, addresses) => {
  const bytes = (address) => fetch(address).then((answer) => answer.arrayBuffer());
  const [before, after] = await Promise.all(addresses.map(bytes));
  const worker = new Worker("/bench/draw/own-worker.js", { type: "module" });
  const told = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message || "the worker's program did not come"));
    });
  await told();
  worker.postMessage({ request: Uint32Array.from(request), before, after }, [before, after]);
  const { wasm_bytes } = await told();
  const held = (await bench.memory()) + wasm_bytes;
  worker.terminate();
  return held;
};
