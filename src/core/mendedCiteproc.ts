import type { CitationItem, Citeproc, Citing, NameOutput, NodeKind, Printing, TermNode } from 'citeproc';
import { isOthers } from './bibliography/names.ts';
import type { Name } from './study.ts';

/** citeproc with corrections for what it prints wrongly. They replace functions of the loaded library: its file stays as published. */
export function mended(CSL: Citeproc): Citeproc {
  keepHyphensOfInitials(CSL);
  completeInitials(CSL);
  keepWordsWhole(CSL);
  joinYears(CSL);
  endInEtAl(CSL);
  keepParts(CSL);
  repeatNames(CSL);
  leaveOutTerms(CSL);
  leaveOutLabels(CSL);
  CSL.SKIP_WORDS = smallWords;
  return CSL;
}

/**
 * The words that title case leaves small. The engine had every preposition among them, `given` and `like` too, where APA and Chicago have
 * capitals from four or five letters on. Source: CSL 1.0.2, "Title Case Conversion"; after `yet` those that Pandoc adds.
 */
const smallWords = 'a an and as at but by down for from in into nor of on onto or over so the till to up via with yet about c d\' d’ de v v. van von'.split(' ');

/** Where a style leaves given names as they are and only sets the points after initials, `Y.-D.` became `Y. D.`. */
function keepHyphensOfInitials({ Util: { Names } }: Citeproc): void {
  const original = Names.initializeWith.bind(Names);
  Names.initializeWith = (engine, given, terminator, isOnlyPoints) =>
    isOnlyPoints && given && engine.opt['initialize-with-hyphen'] !== false
      ? given.split(/\s*-\s*/).map(part => original(engine, part, terminator, true)).join('-')
      : original(engine, given, terminator, isOnlyPoints);
}

/** In such styles a name printed in full to tell two authors apart had no points after its initials. */
function completeInitials({ NameOutput: { prototype }, Util: { Names } }: Citeproc): void {
  const original = prototype._givenName;
  prototype._givenName = function (this: NameOutput, name, ...place) {
    const terminator = this.state.inheritOpt(this.name, 'initialize-with');
    if (typeof terminator === 'string' && this.state.inheritOpt(this.name, 'initialize') === false && !name.block_initialize) {
      name.given = Names.initializeWith(this.state, name.given, terminator, true);
    }
    return original.call(this, name, ...place);
  };
}

/** A part of a word after a bracket, a quotation mark or markup within the word: `ketamine` of `(es)ketamine`, `s` of `drug(s)`. */
const innerPart = /<span[^>]*>.*?<\/span>|(?<=[\p{L}\p{N}](?:[()[\]“”]|<\/?(?:i|b|sc|su[bp])>)+)\p{Ll}[\p{L}\p{N}]*/gsu;

/** In title case such a part got a capital of its own, `(Es)Ketamine`. */
function keepWordsWhole({ Output: { Formatters } }: Citeproc): void {
  const original = Formatters.title.bind(Formatters);
  Formatters.title = (engine, text) =>
    original(engine, text.replace(innerPart, part => (part.startsWith('<') ? part : `<span class="nocase">${part}</span>`)));
}

/** Between the years of one author, unless the style has a delimiter for them. Source: CSL 1.0.2, "Cite Grouping". */
const yearDelimiter = ', ';

/**
 * Styles that name a delimiter for what comes after an author's years, and none for between them, had the layout's there:
 * Chicago's `(Author 2020; 2021; Author 2 2021)`. With a locator among them it stays, `(Author 2020, 3; 2021)`.
 */
function joinYears(CSL: Citeproc): void {
  const original = CSL.getSpliceDelimiter;
  const printedYears = new WeakMap<object, readonly unknown[]>();
  CSL.getSpliceDelimiter = function (this: Citing, isAfterLocator, wasCollapsed, position) {
    const { tmp, citation: { opt } } = this;
    const before = position > 0 ? (printedYears.get(tmp) ?? []) : [];
    printedYears.set(tmp, tmp.years_used);
    if (opt.collapse === 'citation-number' || hasNoNames(this, position)) {
      return (tmp.splice_delimiter = opt.layout_delimiter ?? '');
    }
    // Only `b` of `2021a, b`, which has a delimiter of its own.
    const isLetter = /^year-suffix/.test(opt.collapse ?? '') && tmp.years_used.length > 0 && before[tmp.years_used.length - 1] === tmp.years_used.at(-1);
    const hasLocator = isAfterLocator || (tmp.shadow_numbers.locator?.values.length ?? 0) > 0;
    const areYears = position > 0 && tmp.have_collapsed && this.opt.xclass === 'in-text' && /^year/.test(opt.collapse ?? '') && !isLetter && !hasLocator;
    if (areYears && opt['after-collapse-delimiter'] !== undefined) {
      return (tmp.splice_delimiter = opt.cite_group_delimiter ?? yearDelimiter);
    }
    return original.call(this, isAfterLocator, wasCollapsed, position);
  };
}

/** Whether a style that collapses years prints labels for works: nothing collapsed there, `[Doe99; Roe02]`, but the engine set a comma. */
function hasNoNames({ tmp, citation: { opt } }: Citing, position: number): boolean {
  return position > 0 && tmp.last_primary_names_string === false && opt.cite_group_delimiter === undefined && opt['after-collapse-delimiter'] === undefined;
}

/**
 * `Author and others`, as BibTeX says that there are more: a style sets its own words for it, `et al.`, be the list short or long.
 * The engine counts it among the names, as Pandoc does, and never prints it.
 */
function endInEtAl({ NameOutput: { prototype } }: Citeproc): void {
  const constrain = prototype._imposeNameConstraints;
  prototype._imposeNameConstraints = function (this: NameOutput, lists, counts, variable, position) {
    if (!endsInOthers(lists[variable])) {
      return constrain.call(this, lists, counts, variable, position);
    }
    withoutLast(this, () => constrain.call(this, lists, counts, variable, position));
    const names = lists[variable]!;
    lists[variable] = endsInOthers(names) ? names.slice(0, -1) : names;
  };
  const settle = prototype._setEtAlParameter;
  prototype._setEtAlParameter = function (this: NameOutput, type, variable, index) {
    const isCut = endsInOthers(this.Item[variable]);
    const set = (): void => settle.call(this, type, variable, index);
    return isCut ? withoutLast(this, set) : set();
  };
}

/** There is no last name to print after an ellipsis. */
function withoutLast(output: NameOutput, run: () => void): void {
  const before = output.etal_use_last;
  output.etal_use_last = false;
  run();
  output.etal_use_last = before;
}

function endsInOthers(names: unknown): names is readonly Name[] {
  return Array.isArray(names) && names.length > 1 && isOthers(names.at(-1) as Name);
}

/** Sorts the cites of a citation within its parts: `[see @doe2001; also @author1999]` stays in this order, for its words lead from one to the next. */
function keepParts({ Registry }: Citeproc): void {
  const Original = Registry.Comparifier;
  Registry.Comparifier = function (engine: object, area: string) {
    const made = new Original(engine, area);
    const compare = made.compareCompositeKeys;
    made.compareCompositeKeys = (a, b) => (a[1].part ?? 0) - (b[1].part ?? 0) || compare(a, b);
    return made;
  } as unknown as typeof Original;
}

/** Names its author again for a cite that has words before or after it, `(Doe 2001; see also Doe 2003)`, and for the one after such. */
function repeatNames(CSL: Citeproc): void {
  const original = CSL.citeStart;
  const before = new WeakMap<object, CitationItem>();
  CSL.citeStart = function (this: Citing, work, item, ...others) {
    const { tmp } = this;
    if (item && tmp.area === 'citation' && !tmp.just_looking) {
      if (item.prefix || item.hasSuffix || before.get(tmp)?.hasSuffix) {
        tmp.last_primary_names_string = false;
      }
      before.set(tmp, item);
    }
    original.call(this, work, item, ...others);
  };
}

/** Where a style sets a term for a missing author, `Anon`, it is left out like an author after a sentence that names it: `Anon (n.d.)`. */
function leaveOutTerms({ Node: { text } }: Citeproc): void {
  leaveOut(text, ({ tmp }, item) => item?.['suppress-author'] === true && !tmp.probably_rendered_something && tmp.can_substitute.length() > 1);
}

/** Of names alone, as a sentence has them, the engine kept the label of the pages that follow in a note: `Author, pp.` */
function leaveOutLabels({ Node: { label } }: Citeproc): void {
  leaveOut(label, ({ tmp }, item) => item?.['author-only'] === true && tmp.area !== 'intext');
}

/** Makes a kind of element print no terms where `isOut` says so. */
function leaveOut(kind: NodeKind, isOut: (state: Printing, item: CitationItem | undefined) => boolean): void {
  const original = kind.build;
  kind.build = function (this: TermNode, engine, target) {
    original.call(this, engine, target);
    if (this.strings.term !== undefined) {
      this.execs = this.execs.map(run => (state, work, item) => (!state.tmp.just_looking && isOut(state, item) ? undefined : run.call(this, state, work, item)));
    }
  };
}
