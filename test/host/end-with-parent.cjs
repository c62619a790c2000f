// Loaded into VS Code's server before its own code. Its standard input is a pipe from the script that started it, which breaks
// even when that script is killed outright. The server's children may load this too, with another input.
'use strict';

if (process.argv[1]?.endsWith('server-main.js')) {
  process.stdin.resume().on('close', () => process.exit(1));
}
