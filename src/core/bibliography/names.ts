import type { Name } from '../study.ts';
import { textOf } from './texts.ts';

const parts = ['family', 'given', 'suffix', 'literal', 'dropping-particle', 'non-dropping-particle'] as const;

/** Of more names than this the rest is left out: no work has them, and each is shown and searched. */
export const mostNames = 10_000;

/** In a longer one (UTF-16 code units) no particles are looked for. */
const longestName = 1000;

/** The names of a CSL field. What is no name is left out. */
export function namesOf(value: unknown): Name[] {
  const listed = Array.isArray(value) ? value.slice(0, mostNames) : value === undefined ? [] : [value];
  return listed.flatMap(each => nameOf(each) ?? []);
}

function nameOf(value: unknown): Name | undefined {
  const literal = textOf(value)?.trim();
  if (literal) {
    return { literal };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const name: Record<string, string | boolean> = {};
  for (const part of parts) {
    const text = Object.hasOwn(fields, part) ? textOf(fields[part])?.trim() : undefined;
    if (text) {
      name[part] = text;
    }
  }
  if (isTrue(fields['comma-suffix'])) {
    name['comma-suffix'] = true;
  }
  return parts.some(part => name[part] !== undefined) ? withParticles(name) : undefined;
}

/** YAML is read without types: its `true` is a word. */
function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true';
}

// Marks and small letters, as in `van der`, `d’`, `’t`.
const particle = /^[\p{Ll}\p{P}]+$/u;

// `d’Author`, `al-Author`, `’Author`; not `d’Author-Other`, which is one name for Pandoc.
const attached = /^(\p{Ll}*['’.–-])(\p{Lu}[^'’.–-]*)$/u;

/**
 * `van der Author` and `d’Author` as family names and `A. de` as a given one hold particles, as Pandoc and citeproc see it:
 * styles that sort by `Author`, or print `Author, A. d’`, need them apart.
 */
export function withParticles(name: Name): Name {
  const family = split(name.family, 'front') ?? detached(name.family);
  const given = split(name.given, 'back');
  return {
    ...name,
    ...(name['non-dropping-particle'] === undefined && family && { family: family.rest, 'non-dropping-particle': family.particles }),
    ...(name['dropping-particle'] === undefined && given && { given: given.rest, 'dropping-particle': given.particles }),
  };
}

function split(text: string | undefined, side: 'front' | 'back'): { particles: string; rest: string } | undefined {
  const words = text?.includes(' ') && text.length < longestName ? text.split(/\s+/) : [];
  const cut = side === 'front' ? words.findIndex(word => !particle.test(word)) : words.findLastIndex(word => !particle.test(word)) + 1;
  if (cut <= 0 || cut >= words.length) {
    return undefined;
  }
  const [front, back] = [words.slice(0, cut).join(' '), words.slice(cut).join(' ')];
  return side === 'front' ? { particles: front, rest: back } : { particles: back, rest: front };
}

function detached(family: string | undefined): { particles: string; rest: string } | undefined {
  const [, particles, rest] = family && family.length < longestName ? (attached.exec(family) ?? []) : [];
  return particles !== undefined && rest !== undefined ? { particles, rest } : undefined;
}

const generation = /^(?:jr|sr|jun|sen|junior|senior|[ivx]+|\d+(?:st|nd|rd|th))\.?$/i;

/**
 * A name written as one text: `van Family, Given, Suffix`, `van Family, Suffix, Given` or `Given van Family`. Without a
 * comma the last word in capitals is the family name, as Pandoc reads it: `Group Name,` keeps a body's name together.
 */
export function nameFromText(text: string): Name | undefined {
  const written = text.split(/[,\u00a0]/).map(each => each.split(/\s+/).filter(Boolean));
  if (written.every(each => each.length === 0)) {
    return undefined;
  }
  if (isOthers({ literal: text.trim() })) {
    return { literal: 'others' };
  }
  const [first = [], second = [], third = []] = written;
  if (written.length === 1) {
    return withParticles(givenFirst(first));
  }
  const isSuffixFirst = third.length > 0 && second.length === 1 && generation.test(second[0]!);
  const [given, suffix] = isSuffixFirst ? [third, second] : [second, third];
  return withParticles(made(given, first, suffix));
}

function givenFirst(words: readonly string[]): Name {
  const small = words.findIndex(word => !isCapitalized(word));
  const cut = small < 0 ? words.length - 1 : small;
  return made(words.slice(0, cut), words.slice(cut), []);
}

function made(given: readonly string[], vonLast: readonly string[], suffix: readonly string[]): Name {
  const capital = vonLast.findIndex(isCapitalized);
  const cut = capital < 0 ? Math.max(vonLast.length - 1, 0) : capital;
  const name: Record<string, string> = {};
  const set = (part: string, words: readonly string[]): void => {
    if (words.length > 0) {
      name[part] = words.join(' ');
    }
  };
  set('family', vonLast.slice(cut));
  set('given', given);
  set('dropping-particle', vonLast.slice(0, cut));
  set('suffix', suffix);
  return name;
}

function isCapitalized(word: string): boolean {
  return /^\p{Nd}*\p{Lu}/u.test(word);
}

/** The last of a list of names that says that there are more: BibTeX's `and others`; `et al.` in files of PubMed and RIS. */
export function isOthers({ literal, family, given }: Name): boolean {
  const words = literal ?? (given === undefined ? family : undefined);
  return words !== undefined && /^(?:others|et\.? al\.?)$/i.test(words);
}

/** `d’Author`, `van der Author`: after an apostrophe or a hyphen comes no space. */
export function besideParticle(particle: string | undefined, name: string | undefined): string {
  return [particle, name].filter(Boolean).join(/[-–'’]$/.test(particle ?? '') ? '' : ' ');
}

/** The name by which lists and searches know it. */
export function familyOf(name: Name | undefined): string {
  return besideParticle(name?.['non-dropping-particle'], name?.family) || name?.literal || name?.given || '';
}

/** `Anna van der Author Jr.` */
export function wholeName({ family, given, suffix, literal, ...name }: Name): string {
  const surname = besideParticle(name['dropping-particle'], besideParticle(name['non-dropping-particle'], family));
  return literal ?? [given, surname, suffix].filter(Boolean).join(' ');
}
