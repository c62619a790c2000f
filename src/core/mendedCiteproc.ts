import type { Citeproc, NameOutput } from 'citeproc';

/** citeproc with corrections for what it prints wrongly. They replace functions of the loaded library: its file stays as published. */
export function mended(CSL: Citeproc): Citeproc {
  keepHyphensOfInitials(CSL);
  completeInitials(CSL);
  keepWordsWhole(CSL);
  return CSL;
}

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
