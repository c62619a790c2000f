import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { testBuild } from '../host/paths.ts';

/** Keeps what a module says of its own place true, though the bundle stands elsewhere. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup(context) {
    context.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const folder = JSON.stringify(path.dirname(file));
      const contents = readFileSync(file, 'utf8')
        .replaceAll('import.meta.dirname', folder)
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('__dirname', folder);
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Measures in a process of its own, bundled as the extension is: what runs TypeScript directly names every function anew each
 * time it is made, and took up to twice as long for the same work.
 */
async function run(wanted: readonly string[]): Promise<number> {
  const outfile = path.join(testBuild, 'bench.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'parts.ts')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    packages: 'external',
    plugins: [ownPlaces],
    logLevel: 'warning',
    outfile,
  });
  const measuring = spawn(process.execPath, [outfile, ...wanted], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    measuring.on('error', reject).on('exit', code => resolve(code ?? 1));
  });
}

run(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
