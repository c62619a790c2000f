// Runs the Pandoc of the package `pandoc-wasm` in a thread of its own, which can be ended when it takes too long.
import { parentPort } from 'node:worker_threads';
import { convert } from 'pandoc-wasm';

parentPort.on('message', async ({ text, options, files }) => {
  try {
    const { stdout, stderr } = await convert(options, text, files);
    parentPort.postMessage({ output: stdout, error: stderr });
  } catch (error) {
    parentPort.postMessage({ output: '', error: String(error) });
  }
});
parentPort.postMessage({ output: '', error: '' });
