import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { checkCodes, checkSetting } from '../../src/core/checks/problem.ts';
import { locales, styles } from '../../src/core/styles.ts';

const root = path.join(__dirname, '../..');
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(path.join(root, 'src', file), 'utf8'))
  .join('\n');
const { commands, menus, keybindings, configuration, views, viewsWelcome, submenus } = manifest.contributes;
const viewIds = views.ketamineCitations.map(({ id }) => id.replace('ketamineCitations.', ''));
const declared = commands.map(({ command }) => command);
const typed = Array.from(/interface Commands \{([^}]*)\}/.exec(sources)![1]!.matchAll(/^ {2}(\w+):/gm), match => `ketamineCitations.${match[1]}`);
const registered = Array.from(sources.matchAll(/(?:\bregisterCommand\(|(?<![.\w])on\()\s*'(\w+)'/g), match => `ketamineCitations.${match[1]}`);
const isPrivate = (command: string): boolean => command.startsWith('ketamineCitations._');

describe('package.json', () => {
  it('contributes exactly the commands that manifest.ts types', () =>
    assert.deepEqual([...declared].sort(), typed.filter(command => !isPrivate(command)).sort()));
  it('contributes no command that is not registered, and none is registered that it lacks', () =>
    assert.deepEqual([...registered].sort(), [...typed].sort()));
  it('gives every command a title and our category', () => {
    for (const { title, category } of commands) {
      assert.match(title, /^[A-Z]/);
      assert.equal(category, 'Ketamine Citations');
    }
  });
  it('names only its own commands in menus and keys', () => {
    const used = [...Object.values(menus).flat(), ...keybindings].flatMap(entry => ('command' in entry ? [entry.command] : []));
    assert.deepEqual(used.filter(command => !declared.includes(command)), []);
  });
  it('links only its own commands in the empty views', () => {
    const linked = viewsWelcome.flatMap(({ contents }) => Array.from(contents.matchAll(/command:([\w.]+)/g), match => match[1]!));
    assert.ok(linked.length > 0);
    assert.deepEqual(linked.filter(command => !declared.includes(command)), []);
  });
  it('names only context keys that manifest.ts types', () => {
    const keys = Array.from(/interface ContextKeys \{([^}]*)\}/.exec(sources)![1]!.matchAll(/^ {2}(\w+):/gm), match => match[1]!);
    const used = Array.from(JSON.stringify(manifest.contributes).matchAll(/"(?:when|enablement)":"([^"]*)"/g), match => match[1]!)
      // `config.…` is a setting.
      .flatMap(when => Array.from(when.matchAll(/(?<!config\.)ketamineCitations\.(\w+)/g), match => match[1]!));
    assert.deepEqual([...new Set(used)].filter(key => !keys.includes(key) && !viewIds.includes(key)), []);
    assert.deepEqual(keys.filter(key => !used.includes(key)), []);
  });
  it('declares every setting with a default that fits, and a plain description', () => {
    for (const [name, setting] of Object.entries(configuration.properties)) {
      const type = Array.isArray(setting.default) ? 'array' : typeof setting.default;
      assert.equal(type, setting.type === 'integer' ? 'number' : setting.type, name);
      assert.match(setting.markdownDescription, /\.$/, name);
      assert.ok(!('enum' in setting) || (setting.enum as readonly unknown[]).includes(setting.default), name);
      assert.ok(!('enum' in setting) || setting.enum.length === setting.enumItemLabels.length, name);
    }
  });
  it('offers the styles and locales that are bundled, under their names', () => {
    const { 'ketamineCitations.style': style, 'ketamineCitations.locale': locale } = configuration.properties;
    assert.deepEqual(style.examples, styles.map(each => each.id));
    assert.deepEqual([locale.enum, locale.enumItemLabels], [locales.map(each => each.id), locales.map(each => each.label)]);
  });
  it('names files that exist', () => {
    const icons = [manifest.icon, ...manifest.contributes.viewsContainers.activitybar.map(each => each.icon), ...views.ketamineCitations.map(each => each.icon)];
    assert.deepEqual(icons.filter(file => !existsSync(path.join(root, file))), []);
  });
  it('opens every submenu that it fills', () =>
    assert.deepEqual(submenus.filter(({ id }) => !(id in menus)), []));
  it('has the version that the changelog names first, but for what is not released yet', () => {
    const [, version] = /^## (\d\S*)/m.exec(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')) ?? [];
    assert.equal(manifest.version, version);
  });
  it('is typed by the oldest VS Code that it runs in', () =>
    assert.equal(manifest.devDependencies['@types/vscode'].replace('~', '^'), manifest.engines.vscode));
  it('is activated by manuscripts, and by files whose names say that there are some; nothing is searched for', () => {
    const searching = manifest.activationEvents.filter(event => !/^(?:onLanguage:\w+|workspaceContains:_\w+\.yml)$/.test(event));
    assert.deepEqual(searching, []);
  });
  it('lets no workspace that is not trusted name files or addresses', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    const naming = Object.keys(configuration.properties).filter(name => /bibliographies|file$|import|zotero|build/i.test(name));
    // VS Code looks at the list only where the support is limited.
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.deepEqual([...untrustedWorkspaces.restrictedConfigurations].sort(), naming.sort());
    assert.equal(virtualWorkspaces, true);
  });
  it('has its settings and keys told in the README', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    for (const [name, setting] of Object.entries(configuration.properties)) {
      assert.ok(readme.includes(`| \`${name}\` | \`${JSON.stringify(setting.default)}\` |`), name);
    }
  });
  it('declares no setting that nobody asks for, and is asked for no other', () => {
    const reads = Array.from(sources.matchAll(/\b(?:setting|settingsFor\(\w+\))\('([^']+)'/g), match => `ketamineCitations.${match[1]}`);
    const checks = checkCodes.map(code => `ketamineCitations.${checkSetting(code)}`);
    assert.deepEqual([...new Set([...reads, ...checks])].sort(), Object.keys(configuration.properties).sort());
  });
});
