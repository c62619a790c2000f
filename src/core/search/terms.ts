import type { Term } from '../study.ts';
import { plain } from './fold.ts';

/** The terms a value means: those it names, else those with a name one of whose words begins with it. */
export function termsFor(value: string, terms: readonly Term[]): readonly Term[] {
  const wanted = plain(value);
  const choices = [
    terms.filter(term => foldedNamesOf(term)[0] === wanted),
    terms.filter(term => foldedNamesOf(term).includes(wanted)),
    terms.filter(term => wanted !== '' && foldedNamesOf(term).some(name => ` ${name}`.includes(` ${wanted}`))),
  ];
  return choices.find(found => found.length > 0) ?? [];
}

const foldedNames = new WeakMap<Term, readonly string[]>();

/** What a term may be called, folded, its id first; kept, since every keystroke asks for them all. */
export function foldedNamesOf(term: Term): readonly string[] {
  const { id, label, short = label, aliases = [] } = term;
  const names = foldedNames.get(term) ?? [id, label, short, ...aliases].map(plain);
  foldedNames.set(term, names);
  return names;
}
