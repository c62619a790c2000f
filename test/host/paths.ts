import path from 'node:path';

/** The repository's folder. */
export const root = path.resolve(import.meta.dirname, '..', '..');

/** Where VS Code is kept between runs; git ignores it. */
export const cache = path.join(root, '.vscode-test');

/** What the tests are compiled into. */
export const testBuild = path.join(root, 'dist', 'test');
