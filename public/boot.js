// Starts the app, and says so in words when it cannot start or has panicked.
const { js, wasm } = document.querySelector("script[data-base]").dataset;

// The first failure is the cause; what follows from it would only hide it.
function showFailure(kind, message) {
  const failure = document.getElementById("failure");
  if (!failure.hidden) return;
  failure.querySelector(`[data-failure="${kind}"]`).hidden = false;
  failure.querySelector("[data-failure-message]").textContent = message;
  failure.hidden = false;
}

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly");
  }
  const app = await import(js);
  await app.default({ module_or_path: wasm });
}

addEventListener("almanac:panic", (event) => showFailure("panic", event.detail.message));
start().catch((error) => {
  showFailure("start", String(error));
  console.error(error);
});
