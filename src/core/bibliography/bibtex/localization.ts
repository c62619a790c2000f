/**
 * BibLaTeX's localization keys: words such as `inpress` or `countryfr` that stand for a term which the style's language has its
 * own words for. Here they are English, as Pandoc reads them where a manuscript has no language.
 */

const capitalized = `
  january february march april may june july august september october november december spring summer autumn winter bibliography references
`;

/** Languages, as `langgerman` and `fromgerman`. */
const languages = `
  american brazilian bulgarian catalan croatian czech danish dutch english estonian finnish french galician german greek hungarian italian
  japanese latin latvian lithuanian norwegian polish portuguese russian serbian slovak slovene spanish swedish turkish ukrainian
`;

/** Each with the words for it, the next after a comma. */
const others = `
  shorthands=List of Abbreviations, continuator=continued, continuators=continued, byorganizer=organized by, byauthor=by,
  byeditor=edited by, bycompiler=compiled by, byredactor=redacted by, byreviser=revised by, byreviewer=reviewed by, byfounder=founded by,
  bycontinuator=continued by, bycollaborator=in collaboration with, bycommentator=commented by, byannotator=annotated by,
  withcommentator=with a commentary by, withannotator=with annotations by, withintroduction=with an introduction by,
  withforeword=with a foreword by, withafterword=with an afterword by, andothers=et al., andmore=et al., involumes=in, jourvol=volume,
  jourser=series, newseries=new series, oldseries=old series, reprintof=reprint of, reprintas=reprinted as, reprintfrom=reprinted from,
  reviewof=review of, translationof=translation of, translationas=translated as, translationfrom=translated from,
  origpubas=originally published as, origpubin=originally published in, astitle=as, bypublisher=by, nodate=no date, pagetotal=page,
  pagetotals=pages, columntotal=column, columntotals=columns, linetotal=line, linetotals=lines, versetotal=verse, versetotals=verses,
  sectiontotal=section, sectiontotals=sections, paragraphtotal=paragraph, paragraphtotals=paragraphs, inseries=in, ofseries=of,
  bathesis=Bachelor’s thesis, mathesis=Master’s thesis, phdthesis=PhD thesis, candthesis=Candidate thesis, resreport=research report,
  techreport=technical report, software=computer software, datacd=CD-ROM, audiocd=audio CD, url=address, urlfrom=available from,
  urlseen=visited on, inpreparation=in preparation, inpress=in press, prepublished=pre-published, citedas=henceforth cited as,
  thiscite=especially, seenote=see note, quotedin=quoted in, idemsm=idem, idemsf=eadem, idemsn=idem, idempm=eidem, idempf=eaedem,
  idempn=eadem, idempp=eidem, opcit=op. cit., loccit=loc. cit., confer=cf., sequens=sq., sequentes=sqq., seealso=see also,
  backrefpage=cited on page, backrefpages=cited on pages, countryde=Germany, countryeu=European Union, countryep=European Union,
  countryfr=France, countryuk=United Kingdom, countryus=United States of America, patentde=German patent, patenteu=European patent,
  patentfr=French patent, patentuk=British patent, patentus=U.S. patent, patreq=patent request, patreqde=German patent request,
  patreqeu=European patent request, patreqfr=French patent request, patrequk=British patent request, patrequs=U.S. patent request,
  annotation=annotations, commonera=Common Era, beforecommonera=Before Common Era, annodomini=Anno Domini, beforechrist=Before Christ,
  am=AM, pm=PM
`;

const terms: ReadonlyMap<string, string> = new Map([
  ...others.trim().split(/,\s+/).map((pair): [string, string] => [pair.split('=')[0]!, pair.split('=')[1]!]),
  ...listed(capitalized).map((key): [string, string] => [key, capital(key)]),
  ...listed(languages).flatMap((key): [string, string][] => [[`lang${key}`, capital(key)], [`from${key}`, `from the ${capital(key)}`]]),
]);

function listed(words: string): string[] {
  return words.trim().split(/\s+/);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What a localization key stands for; nothing for any other word. A key with capitals is none. */
export function termOf(key: string): string | undefined {
  return terms.get(key);
}
