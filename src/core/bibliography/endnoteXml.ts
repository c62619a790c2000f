import { SaxesParser } from 'saxes';
import { finished } from '../steps.ts';
import type { CslItem, Name } from '../study.ts';
import { Ahead } from './ahead.ts';
import { dateFromText, withYear } from './dates.ts';
import { EndnoteFrame } from './endnoteFrame.ts';
import { mostNames, nameFromText } from './names.ts';
import { own } from './own.ts';
import { longestEntry, PieceScanner } from './pieceScanner.ts';
import { present } from './ris.ts';
import type { Convert } from './scan.ts';
import { summaryOf } from './summary.ts';
import { addressIn } from './texts.ts';
import { all, endnoteType, first, nodeOf, type Limits, type Node } from './endnoteRecord.ts';

const marks = /<record(?=[\s>])|<\/record\s*>|<!--|<!\[CDATA\[/g;
/** No mark is longer, so that one which a chunk cuts in two is found when the rest has come. */
const longestMark = 32;

/** Lists show the beginning of a longer text, and are searched for the first of more names or keywords. */
const shown: Limits = { text: 10_000, children: 200 };
const whole: Limits = { text: Infinity, children: mostNames };

/**
 * Finds `<record>…</record>`, each of which is then parsed by itself: without the file's head, so that no entity that it
 * declares is ever expanded, and what is damaged costs its own record only.
 */
export class EndnoteXmlScanner extends PieceScanner {
  #text = '';
  #base = 0;
  #at = 0;
  #start = -1;
  /** Where the record began that has just ended, else -1. */
  #ended = -1;
  /** What ends the comment or the CDATA section that the scan is in, and where that begins. */
  #until: Ahead | undefined;
  #opened = 0;
  /** What is around the records, and where the text begins that it was not given yet. */
  readonly #frame = new EndnoteFrame();
  #framed = 0;
  // Neither stands in its like: one in which another begins was never closed.
  readonly #ends = {
    comment: new Ahead(/-->|<!--/g, longestMark),
    section: new Ahead(/\]\]>|<!\[CDATA\[/g, longestMark),
  };

  constructor() {
    super(1 << 13);
  }

  protected override *take(piece: string): Generator<undefined, void> {
    this.#text += piece;
    yield* this.#run(this.#text.length - longestMark);
  }

  protected override *finish(): Generator<undefined, void> {
    yield* this.#run(this.#text.length);
    while (this.#start >= 0 || this.#until) {
      yield;
      if (this.#start < 0) {
        this.#frame.openComment(this.#base + this.#opened);
        this.#passOver();
      } else {
        this.#lose(this.#text.length, 'This record can’t be read: the file ends before it does. Write </record> behind it.');
      }
      yield* this.#run(this.#text.length);
    }
    this.#frame.end(this.#base + this.#text.length);
    this.#frame.faults.forEach(({ start, end, message, repair }) => this.refused(start, end, message, repair));
  }

  *#run(limit: number): Generator<undefined, void> {
    while (this.#at < limit && this.#step(limit)) {
      // Each step goes on from where the one before stopped.
      yield* this.#read();
    }
    const dropped = this.#start >= 0 ? this.#start : this.#until ? this.#opened : this.#at;
    this.#frameTo(dropped);
    this.#text = this.#text.slice(dropped);
    this.#base += dropped;
    this.#at -= dropped;
    this.#framed -= dropped;
    this.#opened -= dropped;
    this.#start = this.#start < 0 ? -1 : 0;
  }

  #step(limit: number): boolean {
    if (this.#start >= 0 && this.#at - this.#start > longestEntry) {
      this.#lose(this.#at, `This record is longer than ${longestEntry} characters, or is never closed. Shorten it, or write </record> behind it.`);
      return true;
    }
    if (this.#start < 0 && this.#until && this.#at - this.#opened > longestEntry) {
      this.#passOver();
      return true;
    }
    const found = this.#until ? this.#until.next(this.#text, this.#base, this.#at) : this.#mark();
    const held = this.#start >= 0 ? this.#start : this.#until ? this.#opened : Infinity;
    const stop = Math.min(limit, held + longestEntry + 1);
    if (found < 0 || found >= stop) {
      this.#at = Math.max(this.#at, stop);
      return this.#at < limit;
    }
    if (this.#until && this.#text.startsWith('<', found)) {
      this.#passOver();
    } else if (this.#until) {
      this.#at = found + 3;
      this.#until = undefined;
      this.#framed = this.#start < 0 ? this.#at : this.#framed;
    } else {
      this.#take(found);
    }
    return true;
  }

  /** Gives the frame what is in no record and in no comment, up to the offset. */
  #frameTo(end: number): void {
    if (end > this.#framed) {
      this.#frame.take(this.#text.slice(this.#framed, end), this.#base + this.#framed);
      this.#framed = end;
    }
  }

  /** Takes a comment or a section that is never closed for none. */
  #passOver(): void {
    this.#frame.giveUp();
    this.#at = this.#opened + 4;
    this.#until = undefined;
  }

  #mark(): number {
    marks.lastIndex = this.#at;
    return marks.exec(this.#text)?.index ?? -1;
  }

  #take(found: number): void {
    const text = this.#text;
    if (text.startsWith('<!', found)) {
      const isComment = text.startsWith('<!--', found);
      this.#until = isComment ? this.#ends.comment : this.#start < 0 ? undefined : this.#ends.section;
      this.#opened = found;
      this.#at = found + 4;
      if (this.#start < 0) {
        this.#frameTo(found);
        this.#frame.flush();
        if (!isComment) {
          this.#frame.giveUp();
        }
      }
    } else if (text.startsWith('</', found)) {
      this.#at = text.indexOf('>', found) + 1;
      this.#ended = this.#start;
      this.#framed = this.#start < 0 ? this.#framed : this.#at;
      this.#start = -1;
    } else if (this.#start >= 0) {
      this.problem(this.#base + this.#start, this.#base + found, 'This record can’t be read: another begins before it ends. Write </record> behind it.', true);
      this.#frame.giveUp();
      this.#start = found;
      this.#at = found + 7;
    } else {
      this.#frameTo(found);
      this.#frame.flush();
      this.#start = found;
      this.#at = found + 7;
    }
  }

  #lose(end: number, message: string): void {
    this.#frame.giveUp();
    this.problem(this.#base + this.#start, this.#base + end, message, true);
    this.#at = this.#start + 7;
    this.#start = -1;
    this.#until = undefined;
  }

  /** Reads the record that has just ended, if one has. */
  *#read(): Generator<undefined, void> {
    const start = this.#ended;
    if (start < 0) {
      return;
    }
    this.#ended = -1;
    const { node, fault } = yield* parsed(this.#text.slice(start, this.#at), shown);
    const [from, to] = [this.#base + start, this.#base + this.#at];
    this.#frame.record(from, to);
    const key = node && keyOf(node);
    if (!node || !key) {
      return this.problem(from, to, `This record ${fault ? `can’t be read (${fault})` : 'has no rec-number'}, so that it can’t be cited. Mend it, or export it again.`, true);
    }
    if (fault === 'undefined entity' && this.#frame.hasEntities) {
      this.problem(from, to, 'This record has an entity that the file itself declares. Its letters are not read here. Write them in its place.', false);
    } else if (fault) {
      this.problem(from, to, `This record is not well-formed XML (${fault}), so that Pandoc can’t read the file. Export it again.`, false, { stopsPandoc: true });
    }
    const item = itemOf(node);
    this.found({ key: own(key), aliases: [], start: from, end: to, summary: summaryOf(item, all(node, 'keywords', 'keyword')) });
  }
}

/** Pandoc's: the foreign key, else the record's number. */
function keyOf(node: Node): string {
  return (first(node, 'foreign-keys', 'key') ?? first(node, 'key') ?? first(node, 'rec-number') ?? '').trim();
}

function parsed(text: string, limits: Limits): ReturnType<typeof nodeOf> {
  return nodeOf(new SaxesParser({ position: false }), text, limits);
}

const serials = new Set(['article', 'article-journal', 'article-magazine', 'article-newspaper']);

function itemOf(node: Node): CslItem {
  const value = (...path: readonly string[]): string | undefined => first(node, ...path);
  const type = endnoteType(node);
  const isSerial = serials.has(type);
  const [editors, series, translators] = ['secondary-authors', 'tertiary-authors', 'subsidiary-authors'].map(kind => namesIn(node, kind));
  const date = dateIn(node);
  const accessed = dateFromText(value('access-date') ?? '');
  const container = value('titles', 'secondary-title') ?? value('periodical', 'full-title') ?? value('titles', 'alt-title');
  const number = value('number');
  return {
    type,
    title: value('titles', 'title') ?? '',
    author: namesIn(node, 'authors'),
    ...(editors!.length > 0 && { editor: editors! }),
    ...(series!.length > 0 && { 'collection-editor': series! }),
    ...(translators!.length > 0 && { translator: translators! }),
    ...(date && { issued: date }),
    ...(accessed && { accessed }),
    ...present({
      'container-title': container,
      'container-title-short': value('periodical', 'abbr-1') ?? value('alt-periodical', 'abbr-1'),
      'collection-title': value('titles', 'tertiary-title'),
      'title-short': value('titles', 'short-title'),
      page: value('pages'),
      volume: value('volume'),
      ...(number !== undefined && { [isSerial ? 'issue' : 'number']: number }),
      edition: value('edition'),
      section: value('section'),
      publisher: value('publisher'),
      'original-publisher': value('orig-pub'),
      'publisher-place': value('pub-location'),
      [isSerial ? 'ISSN' : 'ISBN']: value('isbn'),
      genre: value('work-type'),
      language: value('language'),
      DOI: value('electronic-resource-num')?.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, ''),
      PMID: pmidIn(node),
      PMCID: /\bPMC\d+\b/.exec(value('custom2') ?? '')?.[0],
      URL: addressIn([...all(node, 'urls', 'related-urls', 'url'), ...all(node, 'urls', 'web-urls', 'url')]),
      abstract: value('abstract'),
      keyword: all(node, 'keywords', 'keyword').join('; '),
      // `notes` are the reader's own. As for Pandoc, they are nothing to print.
    }),
  };
}

/** An accession number is PubMed's where the record came from there. */
function pmidIn(node: Node): string | undefined {
  const number = first(node, 'accession-num') ?? '';
  const from = [first(node, 'remote-database-name'), first(node, 'remote-database-provider')].join(' ');
  return /^\d{1,8}$/.test(number) && (from.trim() === '' || /pubmed|medline|nlm/i.test(from)) ? number : undefined;
}

function namesIn(node: Node, kind: string): Name[] {
  return all(node, 'contributors', kind, 'author').flatMap(text => nameFromText(text) ?? []);
}

function dateIn(node: Node): CslItem['issued'] {
  const year = first(node, 'dates', 'year');
  const rest = first(node, 'dates', 'pub-dates', 'date');
  return year && /^\d{4}$/.test(year) ? withYear(year, rest) : (dateFromText(year ?? rest ?? '') ?? (year ? { literal: year } : undefined));
}

export const convertEndnoteXml: Convert = text => itemOf(finished(parsed(text, whole)).node ?? { name: 'record', attributes: {}, text: '', children: new Map() });
