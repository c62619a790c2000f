/** CSL 1.0.2's types of items. */
const types = new Set([
  'article', 'article-journal', 'article-magazine', 'article-newspaper', 'bill', 'book', 'broadcast', 'chapter', 'classic',
  'collection', 'dataset', 'document', 'entry', 'entry-dictionary', 'entry-encyclopedia', 'event', 'figure', 'graphic',
  'hearing', 'interview', 'legal_case', 'legislation', 'manuscript', 'map', 'motion_picture', 'musical_score', 'pamphlet',
  'paper-conference', 'patent', 'performance', 'periodical', 'personal_communication', 'post', 'post-weblog', 'regulation',
  'report', 'review', 'review-book', 'software', 'song', 'speech', 'standard', 'thesis', 'treaty', 'webpage',
]);

// Crossref's own names, which stand in some of its CSL; source: the list of types of its REST API.
const ofCrossref: Readonly<Record<string, string>> = {
  'journal-article': 'article-journal', 'posted-content': 'article', 'book-chapter': 'chapter', 'book-section': 'chapter',
  'book-part': 'chapter', 'book-track': 'chapter', 'reference-entry': 'entry', 'reference-book': 'book', monograph: 'book',
  'edited-book': 'book', 'book-set': 'book', 'book-series': 'book', 'proceedings-article': 'paper-conference',
  proceedings: 'book', dissertation: 'thesis', 'peer-review': 'review', 'report-component': 'report',
  'report-series': 'report', journal: 'periodical', 'journal-issue': 'periodical', 'journal-volume': 'periodical',
};

/** The CSL type; `document` where nothing is known of it. */
export function cslType(value: unknown): string {
  const name = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return types.has(name) ? name : Object.hasOwn(ofCrossref, name) ? ofCrossref[name]! : 'document';
}
