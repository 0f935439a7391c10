// Loads the page's WebAssembly and hands it what only JavaScript can name. The names of the files
// stand in the document, where the build put them.
const { content: app, dataset } = document.querySelector('meta[name="dryboot-app"]');
const { content: assets } = document.querySelector('meta[name="dryboot-assets"]');
const asset = (name) => new URL(assets + name, document.baseURI).href;

const spawn = () => new Worker(asset("worker.js"), { type: "module", name: "linter" });

// The linter loads while the page does.
let early = spawn();
let failure;
early.onerror = (event) => (failure = event);

function spawnLinter() {
  const worker = early ?? spawn();
  early = undefined;
  if (failure) {
    throw failure;
  }
  return worker;
}

try {
  const { default: init, start } = await import(new URL(app, document.baseURI).href);
  await init({ module_or_path: new URL(dataset.wasm, document.baseURI) });
  start(document.getElementById("app"), spawnLinter, () => import(asset("editor.js")));
} catch (error) {
  document.documentElement.dataset.failed = "";
  throw error;
}
