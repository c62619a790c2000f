import type { CslItem, Summary } from '../study.ts';
import { familyOf } from './names.ts';
import { own } from './own.ts';
import { bareDoi, withoutTags } from './texts.ts';

/** Names in a list are for finding: of a consortium's thousand the first hundred do. */
const mostCoauthors = 100;
/** Of longer texts (UTF-16 code units) a list shows the beginning; of more keywords the first ones are searched. */
const longestText = 2000;
const longestKeywords = 20_000;
const mostKeywords = 200;

/** What lists and searches need of an item. Its texts hold nothing else in memory. */
export function summaryOf(item: CslItem, keywords?: readonly string[]): Summary {
  const people = item.author.length > 0 ? item.author : (item.editor ?? []);
  const journal = [item['container-title'], item['container-title-short']].filter((title, index, all) => title && all.indexOf(title) === index);
  return {
    type: own(item.type),
    author: own(familyOf(people[0])),
    coauthors: own(people.slice(1, 1 + mostCoauthors).map(familyOf).filter(Boolean).join(', ')),
    year: own(yearOf(item)),
    title: own(shown(item.title)),
    journal: own(shown(journal.join(', '))),
    doi: own(bareDoi((item.DOI ?? '').slice(0, longestText))),
    pmid: own((item.PMID ?? '').slice(0, longestText)),
    keywords: (keywords ?? keywordsIn(item.keyword?.slice(0, longestKeywords))).slice(0, mostKeywords).map(own),
  };
}

function shown(text: string): string {
  return withoutTags(text.slice(0, longestText));
}

function yearOf({ issued }: CslItem): string {
  const year = issued?.['date-parts']?.[0]?.[0];
  return year === undefined ? (/(?<!\d)\d{4}(?!\d)/.exec(issued?.literal ?? '')?.[0] ?? '') : String(year);
}

/** By semicolons where there are any: `Depression, postpartum; Ketamine`. */
function keywordsIn(text: string | undefined): string[] {
  return (text?.split(text.includes(';') ? ';' : ',') ?? []).map(each => each.trim()).filter(Boolean);
}
