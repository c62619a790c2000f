import { termOf } from './localization.ts';

type Fields = ReadonlyMap<string, string>;

/** CSL's name of each entry type, as Pandoc maps them. */
const types: ReadonlyMap<string, string> = new Map([
  ...of('book', 'book', 'collection', 'manual', 'mvbook', 'mvcollection', 'mvproceedings', 'mvreference', 'proceedings', 'reference', 'software', 'commentary'),
  ...of('chapter', 'bookinbook', 'inbook', 'incollection', 'suppbook', 'suppcollection'),
  ...of('webpage', 'electronic', 'online', 'www'),
  ...of('thesis', 'mastersthesis', 'phdthesis', 'thesis'),
  ...of('report', 'report', 'techreport'),
  ...of('graphic', 'artwork', 'image'),
  ...of('song', 'audio', 'music'),
  ...of('motion_picture', 'movie', 'video'),
  ...of('personal_communication', 'letter', 'letters'),
  ...of('legislation', 'legislation', 'standard'),
  ...of('dataset', 'data', 'dataset'),
  ['booklet', 'pamphlet'], ['inreference', 'entry-encyclopedia'], ['inproceedings', 'paper-conference'], ['conference', 'paper-conference'],
  ['patent', 'patent'], ['jurisdiction', 'legal_case'], ['legal', 'treaty'], ['performance', 'speech'], ['review', 'review'],
  ['newsarticle', 'article-newspaper'],
]);

function of(type: string, ...names: readonly string[]): [string, string][] {
  return names.map(name => [name, type]);
}

const periodicals = new Set(['article', 'periodical', 'suppperiodical']);

/** The CSL type of an entry. What Pandoc knows no type for is a `document`. */
export function cslType(type: string, fields: Fields): string {
  if (periodicals.has(type)) {
    const subtype = fields.get('entrysubtype');
    return subtype === 'magazine' || subtype === 'newspaper' ? `article-${subtype}` : 'article-journal';
  }
  if (type === 'unpublished') {
    return ['eventdate', 'eventtitle', 'venue'].some(field => fields.has(field)) ? 'speech' : 'manuscript';
  }
  return types.get(type) ?? 'document';
}

/** The words for a kind of work: `type = {resreport}`, or those of a thesis' entry type. */
export function genreOf(type: string, fields: Fields): string | undefined {
  const kind = fields.get('type') || (type === 'mastersthesis' ? 'mathesis' : type === 'phdthesis' ? 'phdthesis' : undefined);
  return kind && (termOf(kind) ?? kind);
}

/** BibLaTeX's names of languages as IETF tags, as Pandoc knows them. */
const languages: ReadonlyMap<string, string> = new Map(
  `american=en-US usenglish=en-US english=en-US canadian=en-US british=en-GB ukenglish=en-GB australian=en-GB newzealand=en-GB
   german=de-DE ngerman=de-DE austrian=de-AT naustrian=de-AT french=fr-FR francais=fr-FR acadian=fr-CA canadien=fr-CA
   spanish=es-ES latin=la italian=it-IT danish=da-DK dutch=nl-NL portuguese=pt-PT brazil=pt-BR brazilian=pt-BR swedish=sv-SE
   nynorsk=nn-NO norsk=nb-NO finnish=fi-FI polish=pl-PL russian=ru-RU czech=cs-CZ greek=el-GR turkish=tr-TR ukrainian=uk-UA
   japanese=ja-JP catalan=ca-AD hungarian=hu-HU afrikaans=af-ZA arabic=ar slovak=sk-SK slovene=sl-SL croatian=hr-HR
   serbian=sr-RS romanian=ro-RO bulgarian=bg-BG estonian=et-EE latvian=lv-LV lithuanian=lt-LT icelandic=is-IS hebrew=he-IL
   thai=th-TH vietnamese=vi-VN basque=eu`
    .trim()
    .split(/\s+/)
    .map(pair => pair.split('=') as [string, string]),
);

const variants: ReadonlyMap<string, string> = new Map([
  ['variant=british', 'british'], ['variant=uk', 'british'], ['variant=american', 'american'], ['variant=us', 'american'],
  ['variant=usmax', 'american'], ['variant=australian', 'australian'], ['variant=newzealand', 'newzealand'],
]);

/** The language of an entry. A name that isn't known stays as it is, in lower case. */
export function languageOf(fields: Fields): string | undefined {
  const name = (fields.get('langid') ?? fields.get('hyphenation'))?.trim().toLowerCase();
  const variant = name === 'english' ? variants.get((fields.get('langidopts') ?? '').trim().toLowerCase()) : undefined;
  const language = variant ?? name;
  return language && (languages.get(language) ?? language);
}
