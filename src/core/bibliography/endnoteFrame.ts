import type { TextEdit } from '../insertion.ts';
import type { FileProblem } from './scan.ts';

const stops = ', so that Pandoc can’t read the file';

/** More than this (UTF-16 code units) between two records is nothing that EndNote writes. */
const longestGap = 65_536;
const mostOpen = 64;
const mostFaults = 20;

const part = new RegExp(
  [
    String.raw`<\?[^?]*(?:\?(?!>)[^?]*)*\?>`,
    String.raw`(?<doctype><!DOCTYPE[^[<>]*(?:\[[^\]]*\]\s*)?>)`,
    String.raw`<(?<close>/?)(?<name>[^\s<>/="'!?&]+)(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*\s*(?<alone>/?)>`,
    String.raw`(?<words>[^<&]+)`,
    String.raw`&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|amp|lt|gt|quot|apos);`,
  ].join('|'),
  'y',
);
/** What is between two files that were joined. */
const joined = /^\s*(<\/records\s*>\s*<\/xml\s*>\s*(?:<\?xml\b[^<>]*\?>)?\s*<xml>\s*<records>)\s*$/;

interface Open {
  readonly name: string;
  readonly start: number;
}

/**
 * What is around the records of an EndNote XML file, `<xml><records>` as a rule. Any names do for Pandoc, and a record alone
 * does without, but it reads nothing of a file whose elements are not closed or that has something after its root.
 */
export class EndnoteFrame {
  readonly faults: FileProblem[] = [];
  /** Whether the file's head may declare entities of its own. */
  hasEntities = false;
  readonly #open: Open[] = [];
  #gap = '';
  #gapAt = 0;
  /** Where the records end that are in no element, and where the first of them begins. */
  #bare: { readonly first: number; readonly end: number; readonly second?: number } | undefined;
  #hasRoot = false;
  /** Whether something was odd, so that no more can be said with certainty. */
  #isLost = false;

  /** Takes text that is in no record and in no comment. */
  take(text: string, at: number): void {
    if (this.#isLost || text === '') {
      return;
    }
    this.#gapAt = this.#gap === '' ? at : this.#gapAt;
    this.#gap += text;
    if (this.#gap.length > longestGap) {
      this.giveUp();
    }
  }

  /** Takes a record that was read to its end. */
  record(start: number, end: number): void {
    this.flush();
    if (this.#open.length > 0 || this.#isLost) {
      return;
    }
    if (this.#hasRoot && !this.#bare) {
      this.#tell(start, end, `This record is after the end of the list${stops}. Move it into the list.`);
    }
    this.#bare = !this.#bare ? { first: start, end } : { second: start, ...this.#bare, end };
    this.#hasRoot = true;
  }

  /** Reports no more: what is odd is reported elsewhere, or can't be judged. */
  giveUp(): void {
    this.#isLost = true;
    this.#gap = '';
  }

  /** Says that a comment begins here that is never closed. */
  openComment(start: number): void {
    this.flush();
    this.#tell(start, start + 4, `This comment is never closed${stops}. Write \`-->\` after it.`);
    this.giveUp();
  }

  /** Says that the file has ended. */
  end(at: number): void {
    this.flush();
    if (this.#isLost) {
      return;
    }
    if (this.#open.length > 0) {
      const missing = this.#open.map(({ name }) => `</${name}>`).reverse().join('');
      this.#tell(this.#open[0]!.start, this.#open[0]!.start + 1, `\`<${this.#open[0]!.name}>\` is never closed${stops}. Write \`${missing}\` at the end.`, [{ start: at, end: at, text: missing }]);
    }
    const { first, end, second } = this.#bare ?? {};
    if (second !== undefined) {
      const repair = [{ start: first!, end: first!, text: '<xml><records>' }, { start: end!, end: end!, text: '</records></xml>' }];
      this.#tell(second, second + 1, `Several records are in no list${stops}. Write \`<xml><records>\` before the first and \`</records></xml>\` after the last.`, this.faults.length === 0 ? repair : undefined);
    }
  }

  /** Reads what is between two records, or between a record and a comment. */
  flush(): void {
    const [gap, base] = [this.#gap, this.#gapAt];
    this.#gap = '';
    const seam = joined.exec(gap);
    if (seam && this.#open.map(({ name }) => name).join() === 'xml,records') {
      const start = base + gap.indexOf(seam[1]!);
      const end = start + seam[1]!.length;
      return this.#tell(start, end, `Two files were joined here${stops}. Take out the end of the first and the beginning of the second.`, [{ start, end, text: '\n' }]);
    }
    for (let at = 0; at < gap.length && !this.#isLost; ) {
      part.lastIndex = at;
      const found = part.exec(gap);
      if (!found) {
        return this.#odd(gap, at, base);
      }
      this.#part(found, base + at);
      at += found[0].length;
    }
  }

  #part({ 0: text, groups = {} }: RegExpExecArray, at: number): void {
    const { doctype, close, name, alone, words } = groups;
    if (doctype !== undefined) {
      this.hasEntities ||= doctype.includes('<!ENTITY') || /\b(?:SYSTEM|PUBLIC)\b/.test(doctype);
    } else if (name !== undefined && close === '/') {
      this.#close(name, at, at + text.length);
    } else if (name !== undefined) {
      this.#begin(name, at, at + text.length, alone === '/');
    } else if (words !== undefined && this.#open.length === 0 && /[^ \t\r\n]/.test(at === 0 ? words.replace(/^\ufeff/, '') : words)) {
      const lead = words.search(/[^ \t\r\n\ufeff]/);
      this.#tell(at + Math.max(lead, 0), at + text.trimEnd().length, `This text is outside of the list of records${stops}. Take it out.`);
    }
  }

  #begin(name: string, start: number, end: number, isAlone: boolean): void {
    if (this.#open.length === 0 && this.#hasRoot) {
      this.#tell(start, end, `\`<${name}>\` is after the end of the list of records${stops}. Keep one list in the file.`);
      return this.giveUp();
    }
    this.#hasRoot = true;
    if (!isAlone) {
      this.#open.push({ name, start });
    }
    if (this.#open.length > mostOpen) {
      this.giveUp();
    }
  }

  #close(name: string, start: number, end: number): void {
    const index = this.#open.findLastIndex(open => open.name === name);
    if (index < 0) {
      return this.#tell(start, end, `\`</${name}>\` closes nothing${stops}. Take it out.`, [{ start, end, text: '' }]);
    }
    const inner = this.#open.splice(index).slice(1);
    if (inner.length > 0) {
      const missing = inner.map(open => `</${open.name}>`).reverse().join('');
      this.#tell(start, end, `\`${missing}\` is missing before \`</${name}>\`${stops}. Write it there.`, [{ start, end: start, text: missing }]);
    }
  }

  /** A sign that begins nothing: for certain only a lone `&`. */
  #odd(gap: string, at: number, base: number): void {
    if (/^&(?![#\w:])/.test(gap.slice(at, at + 2))) {
      this.#tell(base + at, base + at + 1, `This \`&\` is not written as XML writes it${stops}. Write \`&amp;\`.`, [{ start: base + at, end: base + at + 1, text: '&amp;' }]);
    }
    this.giveUp();
  }

  #tell(start: number, end: number, message: string, repair?: readonly TextEdit[]): void {
    if (this.faults.length < mostFaults && !this.#isLost) {
      this.faults.push({ start, end, message, isLoss: false, stopsPandoc: true, ...(repair && { repair }) });
    }
  }
}
