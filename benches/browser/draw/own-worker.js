// Almanac's own worker, which tells also how much memory its program holds: the browser does not count that of wasm.
const memories = [];
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await original.apply(WebAssembly, given);
    const values = Object.values((made.instance ?? made).exports);
    memories.push(...values.filter((value) => value instanceof WebAssembly.Memory));
    return made;
  };
}

const post = self.postMessage.bind(self);
self.postMessage = (message) => {
  if (message.isLast === false) return;
  post({ error: message.error, wasm_bytes: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) });
};
await import(new URL("/diff-worker.js", location.href).href);
post({});
