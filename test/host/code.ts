import path from 'node:path';
import { Failure, main } from './run.ts';
import { calm, inHost } from './settings.ts';
import { extensionId, runInWindow } from './testRun.ts';

/** Values of a flag given as `--name=value`, possibly several times. */
function values(name: string): readonly string[] {
  return process.argv.slice(2).filter(arg => arg.startsWith(`--${name}=`)).map(arg => arg.slice(name.length + 3));
}

/**
 * `code.mjs FOLDER --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--extensionDevelopmentKind=web]`; other flags of
 * the desktop are passed over. Every run has fresh data, so that profile folders have no meaning here.
 */
main(async () => {
  const folder = process.argv.slice(2).find(arg => !arg.startsWith('-'));
  const [tests] = values('extensionTestsPath');
  if (folder === undefined || tests === undefined) {
    throw new Failure('A folder and --extensionTestsPath are needed.');
  }
  const development = values('extensionDevelopmentPath').map(dir => path.resolve(dir));
  const host = values('extensionDevelopmentKind').includes('web') ? 'web' : 'node';
  const run = await runInWindow({
    folder: path.resolve(folder),
    development,
    tests: path.resolve(tests),
    settings: { ...calm, ...inHost(host, ...development.map(extensionId)) },
  }, undefined, line => console.log(line));
  process.exitCode = run.code;
});
