import type { SearchEntry } from './entry.ts';
import { fields, fieldWeights } from './entry.ts';
import { judged } from './judge.ts';
import { sharedReader } from './looseWord.ts';
import type { LooseMatches } from './looseWords.ts';

/** Stands for a word that a field does not have. */
export const absent = 255;

const allWeights = judged.reduce((sum, field) => sum + fieldWeights[field], 0);

/** The share of each field in the score, none for those into which Fuse does not look. */
const shares = Float64Array.from(fields, field => (judged.includes(field) ? fieldWeights[field] / allWeights : 0));
const judgedPlaces = judged.map(field => fields.indexOf(field));

// A match weighs less in a text of more words.
const norms = Float64Array.from({ length: 256 }, (_, words) => 1 / Math.sqrt(Math.max(1, words)));

/** Reckons how near an entry comes to a query, by Fuse's formula over all entries, as a logarithm: the less, the nearer. */
export class Nearness {
  readonly #words: readonly LooseMatches[];
  /** By word and number of errors what such a match takes away from the distance. */
  readonly #worths: readonly Float64Array[];

  constructor(words: readonly LooseMatches[]) {
    const all = words.reduce((sum, { rarity }) => sum + rarity, 0);
    this.#words = words;
    this.#worths = words.map(({ sought, rarity }) =>
      Float64Array.from({ length: absent + 1 }, (_, errors) =>
        errors > sought.most ? 0 : (rarity / all) * (1 - Math.max(0.001, errors / sought.text.length)),
      ),
    );
  }

  /**
   * From the errors of the words in each field and the number of words in it; by the index, which counts a key's year as a
   * word of its own, it is not quite Fuse's, and serves to choose whose texts are read. A word that is `lacked` is taken to stand, with
   * all the errors it may have, in the text of several words where that tells the most.
   */
  of(errors: Uint8Array, first: number, lengths: Uint8Array, firstLength: number, lacked?: number): number {
    const worths = this.#worths;
    const gain = lacked === undefined ? 0 : worths[lacked]![this.#words[lacked]!.sought.most]!;
    let score = 0;
    let most = 0;
    for (const field of judgedPlaces) {
      let rest = 1;
      for (let word = 0; word < worths.length; word++) {
        rest -= worths[word]![errors[first + word * fields.length + field]!]!;
      }
      const length = lengths[firstLength + field]!;
      const share = shares[field]! * norms[length]!;
      const logarithm = rest < 1 ? Math.log(Math.max(0.001, rest)) : 0;
      score += share * logarithm;
      if (gain > 0 && length > 1) {
        most = Math.min(most, share * (Math.log(Math.max(0.001, rest - gain)) - logarithm));
      }
    }
    return score + most;
  }

  /**
   * From its texts, read through as Fuse does, which also finds what goes over a blank; infinite when a word is in none. For
   * one that seems to lack a word that one is sought first.
   */
  ofTexts(entry: SearchEntry, number: number, lacked?: number): number {
    if (lacked !== undefined && !this.#words[lacked]!.isWithBlank(entry, number)) {
      return Infinity;
    }
    const errors = new Uint8Array(this.#words.length * fields.length).fill(absent);
    const lengths = new Uint8Array(fields.length);
    const answered = new Set<number>();
    for (const field of judgedPlaces) {
      const end = sharedReader.read(entry[fields[field]!]);
      lengths[field] = wordsIn(sharedReader.letters, end);
      for (const [word, { sought }] of this.#words.entries()) {
        const found = sought.errorsIn(sharedReader.letters, 0, end);
        if (found <= sought.most) {
          errors[word * fields.length + field] = found;
          answered.add(word);
        }
      }
    }
    return answered.size === this.#words.length ? this.of(errors, 0, lengths, 0) : Infinity;
  }
}

/** As Fuse counts them: by the blanks. */
function wordsIn(letters: Uint16Array, end: number): number {
  let words = 0;
  for (let i = 0; i < end; i++) {
    words += letters[i] !== 32 && (i === 0 || letters[i - 1] === 32) ? 1 : 0;
  }
  return Math.min(words, 255);
}
