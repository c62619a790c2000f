/** Stands behind a cite that may print nothing, for the engine loses brackets and delimiters beside such a one. */
export const cited = '\ue101';

/** Stands for a blank that must not break: in prefixes the engine makes all blanks alike. */
const hardBlank = '\ue102';

/** A prefix as the engine takes it; `restored` is the way back. */
export function guardedPrefix(prefix: string): string {
  return prefix.replaceAll('\u00a0', hardBlank);
}

export function restored(html: string): string {
  return html.replaceAll(hardBlank, '\u00a0');
}

/** A citation without the cites that printed nothing and the delimiters beside them; empty where nothing is left. */
export function withoutEmpty(html: string, delimiter: string): string {
  const text = html
    .replace(/\[(?:NO_PRINTED_FORM|CSL STYLE ERROR: reference with no printed form\.)\]/g, cited)
    .replaceAll(`${delimiter}${cited}`, '');
  if (!text.includes(cited)) {
    return text === html || /[\p{L}\p{N}]/u.test(withoutTags(text)) ? text : '';
  }
  const [before = '', behind = ''] = [text.slice(0, text.indexOf(cited)), text.slice(text.indexOf(cited) + 1)];
  // The first of them, so that its delimiter stands behind it; a suffix of its own needs no comma then.
  const isFirstEmpty = !/[\p{L}\p{N}]/u.test(withoutTags(before));
  const kept = isFirstEmpty && behind.startsWith(delimiter) ? before + behind.slice(delimiter.length) : before + behind;
  const all = kept.replaceAll(cited, '').replace(/^([([]?)[,;]? +/, '$1');
  return /[\p{L}\p{N}]/u.test(withoutTags(all)) ? all : '';
}

/** A comma or point behind a quotation stands within its marks, in languages that set it so: the engine leaves those that the writer set. */
export function pointsWithinQuotes(html: string): string {
  return html.replace(/(?<![.,?!])”((?:<\/\w+>)*)([.,])(?!\.)/g, '$2”$1');
}

/** What is known of a citation in a footnote of the writer's. */
export interface InNote {
  /** As a sentence names it. */
  readonly author: string;
  readonly isInText: boolean;
  readonly opensNote: boolean;
  /** The style's `ibid.`, with the point if it has one. */
  readonly ibid: string;
}

/** In a footnote of the writer's nothing is raised: the citation is in brackets, unless it is the note's first words or part of the sentence. */
export function withinNote(note: string, { author, isInText, opensNote, ibid }: InNote): string {
  if (author === '' && opensNote) {
    return isInText ? withoutPoint(note, ibid) : note;
  }
  const words = notFirst(withoutPoint(note, ibid), ibid);
  if (author === '') {
    return isInText ? words : `(${words})`;
  }
  return [author, words].filter(part => part !== '').join(', ');
}

/** Words that no longer begin a note, so that their `Ibid.` needs no capital. */
function notFirst(words: string, ibid: string): string {
  const [tags] = /^(?:<[^>]*>)*/.exec(words)!;
  const rest = words.slice(tags.length);
  return ibid !== '' && rest.toLowerCase().startsWith(ibid.toLowerCase()) ? tags + ibid + rest.slice(ibid.length) : words;
}

/** Without the point at the end, within quotation marks too; that of `ibid.` and `et al.` stays. */
export function withoutPoint(note: string, ibid = 'ibid.'): string {
  const isAbbreviation = /\b(?:al|eds?|n\.d)\.(?:<\/\w+>)*$/i.test(note) || (ibid.endsWith('.') && note.toLowerCase().replace(/(?:<\/\w+>)*$/, '').endsWith(ibid.toLowerCase()));
  return isAbbreviation ? note : note.replace(/\.((?:”|<\/\w+>)*)$/, '$1');
}

/** A note begins with a capital. */
export function capitalized(prefix: string): string {
  return prefix.replace(/^((?:<[^>]*>|[^\p{L}\p{N}<])*)(\p{Ll})/u, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function withoutTags(html: string): string {
  return html.replace(/<[^>]*>|&#?\w+;/g, '');
}
