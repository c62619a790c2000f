import type { Name, Summary } from '../../study.ts';
import { besideParticle } from '../names.ts';
import { notListed } from '../scan.ts';
import { addressOf } from './address.ts';
import { plainOf } from './latex.ts';
import { namesOf } from './names.ts';
import type { RawEntry } from './syntax.ts';
import { cslType } from './types.ts';

/** Of longer fields a list shows the beginning. */
const longestText = 2000;
const longestNames = 20_000;
const mostKeywords = 200;

/** Makes the summaries of a file's entries, which hold on to nothing of its text. */
export class Summaries {
  readonly #known = new Map<string, string>();

  of({ type, fields }: RawEntry): Summary {
    const text = (...names: readonly string[]): string => plainOf(firstOf(fields, names).slice(0, longestText));
    const authors = familyNames(firstOf(fields, ['author', 'editor', 'translator']));
    return {
      // No work: fields that other entries take over.
      type: type === 'xdata' ? notListed : cslType(type, fields),
      author: this.own(authors[0] ?? ''),
      coauthors: this.copy(authors.slice(1).join(', ')),
      year: this.own(yearOf(fields)),
      title: this.copy(titleOf(type, text)),
      journal: this.own(journalOf(type, text)),
      doi: this.copy(doiOf(fields.get('doi') ?? '')),
      pmid: this.copy(pmidOf(fields)),
      keywords: this.#keywords(fields),
    };
  }

  /** The text as it is held already, else a copy of its own length. */
  own(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) {
      return known;
    }
    const copy = this.copy(text);
    this.#known.set(copy, copy);
    return copy;
  }

  /** A piece of a text keeps all of it in memory. This is a piece of a text that is no longer than it. */
  copy(text: string): string {
    return text === '' ? '' : ` ${text}`.slice(1);
  }

  #keywords(fields: ReadonlyMap<string, string>): readonly string[] {
    const words = [fields.get('keywords'), fields.get('keyword'), fields.get('groups')].flatMap(value =>
      value === undefined ? [] : plainOf(value.slice(0, longestNames)).split(/[,;]/).slice(0, mostKeywords),
    );
    return words.length === 0 ? none : [...new Set(words.map(word => this.own(word.trim())))].filter(word => word !== '');
  }
}

const none: readonly string[] = [];

function firstOf(fields: ReadonlyMap<string, string>, names: readonly string[]): string {
  for (const name of names) {
    const value = fields.get(name);
    if (value !== undefined && value !== '') {
      return value;
    }
  }
  return '';
}

type Text = (...names: readonly string[]) => string;

function titleOf(type: string, text: Text): string {
  const title = type === 'periodical' ? text('issuetitle', 'title') : text('title', 'maintitle', 'booktitle');
  const subtitle = text('subtitle');
  return subtitle === '' || title === '' ? title : /[!?.,:;]$/.test(title) ? `${title} ${subtitle}` : `${title}: ${subtitle}`;
}

function journalOf(type: string, text: Text): string {
  const full = text('journaltitle', 'journal', 'booktitle', ...(type === 'periodical' ? ['title'] : []), 'maintitle');
  const short = text('shortjournal');
  return full === '' || short === '' ? full + short : `${full}, ${short}`;
}

/** What makes a list of names hard to read: braces around blanks or commas, commands with a blank behind, labels, ties, comments. */
const hardToRead = /[=~%]|\{[^{}]*[\s,]|\\[a-zA-Z]+\s/;

/** The family names with their particles. Most lists are written so plainly that they are told without reading names in full. */
function familyNames(value: string): string[] {
  const list = value.slice(0, longestNames);
  const names = hardToRead.test(list) ? namesOf(list, noOptions).map(familyOf) : list.trim().split(/\s+and\s+/).map(plainFamily);
  return names.filter(name => name !== '' && name !== 'others');
}

const noOptions: ReadonlyMap<string, string> = new Map();

function familyOf({ family, literal, ...name }: Name): string {
  const particle = name['non-dropping-particle'] ?? name['dropping-particle'];
  return family === undefined ? (literal ?? '') : besideParticle(particle, family);
}

function plainFamily(name: string): string {
  const comma = name.indexOf(',');
  if (comma >= 0) {
    return plainOf(name.slice(0, comma));
  }
  const words = plainOf(name).split(/\s+/);
  const lower = words.findIndex(word => /^\p{N}*[^\p{Lu}\p{N}“‘]/u.test(word));
  return lower < 0 ? words.at(-1)! : words.slice(lower).join(' ');
}

function yearOf(fields: ReadonlyMap<string, string>): string {
  const value = (fields.get('date') || fields.get('year') || fields.get('eventdate') || '').slice(0, longestText);
  return /\d{4}/.exec(value)?.[0] ?? (value === '' ? '' : plainOf(value).slice(0, 20));
}

/** A DOI however it is written: as an address, with a prefix, with LaTeX's escapes. */
export function doiOf(value: string): string {
  return addressOf(value.slice(0, longestText))
    .toLowerCase()
    .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/, '');
}

export function pmidOf(fields: ReadonlyMap<string, string>): string {
  const isPubmed = (fields.get('eprinttype') ?? '').trim().toLowerCase() === 'pubmed';
  return (fields.get('pmid') || (isPubmed ? (fields.get('eprint') ?? '') : '')).trim().slice(0, 40);
}

