// Bundles the extension and its two workers into `dist/`. `--watch` rebuilds on every change, with source maps and readable code.
import { writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';

const isWatching = process.argv.includes('--watch');

/** One bundle per script that VS Code or the browser loads: workers can't `require`, so theirs are plain scripts. */
const bundles = [
  { entry: 'src/extension.ts', name: 'extension', format: 'cjs', external: ['vscode'] },
  { entry: 'src/background.ts', name: 'background', format: 'iife', external: [] },
  { entry: 'src/printing.ts', name: 'printing', format: 'iife', external: [] },
];

const optionsOf = ({ entry, name, format, external }) => ({
  entryPoints: [entry],
  outfile: `dist/${name}.js`,
  bundle: true,
  // The same bundle runs in the desktop's Node host and in the browser's worker host.
  platform: 'browser',
  format,
  target: 'es2022',
  external,
  minify: !isWatching,
  sourcemap: isWatching && 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

if (isWatching) {
  // VS Code's task waits for these lines before it starts the debugger, so they frame all three builds.
  let building = 0;
  const report = {
    name: 'report',
    setup({ onStart, onEnd }) {
      onStart(() => void (building++ || console.log('build started')));
      onEnd(() => void (--building || console.log('build finished')));
    },
  };
  const contexts = await Promise.all(bundles.map(bundle => context({ ...optionsOf(bundle), plugins: [report] })));
  await Promise.all(contexts.map(each => each.watch()));
} else {
  await Promise.all(bundles.map(async bundle => {
    const { metafile } = await build(optionsOf(bundle));
    // The notices and the size report list what a bundle holds.
    writeFileSync(`dist/${bundle.name}.meta.json`, JSON.stringify(metafile));
  }));
}
