// Stands in for the extension's entry file in a copy of the extension: loads the real bundle beside it, unchanged, and
// keeps hold of the completion and hover providers that it registers, so that they can be timed in the extension host.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const captured = {};
const languages = Object.create(vscode.languages, {
  registerCompletionItemProvider: {
    value: (selector, provider, ...triggers) => {
      // The first is that of citations.
      captured.provider ??= provider;
      return vscode.languages.registerCompletionItemProvider(selector, provider, ...triggers);
    },
  },
  registerHoverProvider: {
    value: (selector, provider) => {
      captured.hover = provider;
      return vscode.languages.registerHoverProvider(selector, provider);
    },
  },
});
const api = new Proxy(vscode, { get: (target, name) => (name === 'languages' ? languages : target[name]) });

exports.activate = context => {
  const code = readFileSync(path.join(__dirname, 'extension.js'), 'utf8');
  const module_ = { exports: {} };
  const started = performance.now();
  new Function('require', 'module', 'exports', code)(name => (name === 'vscode' ? api : require(name)), module_, module_.exports);
  captured.loaded = performance.now() - started;
  const called = performance.now();
  const result = module_.exports.activate(context);
  captured.activated = performance.now() - called;
  return Promise.resolve(result).then(() => captured);
};
