import { isGrave, noticeLabel, studyLabel } from '../describe.ts';
import type { Notice, Entry } from '../study.ts';
import type { BlockText } from './block.ts';
import type { Known, Problem } from './problem.ts';

/** The first cite, in each block, of each study that has a notice. Which of them is told is decided for the manuscript. */
export function checkNotices({ block }: BlockText, known: Known): Problem[] {
  const firstOf = new Map<string, Problem>();
  for (const { cites } of block.citations) {
    for (const { key, mark } of cites) {
      const study = known.study(key);
      const before = firstOf.get(key);
      if (study && study.notices.length > 0 && (!before || mark.start < before.start)) {
        firstOf.set(key, { ...noticeOf(study), start: mark.start, end: mark.end });
      }
    }
  }
  return [...firstOf.values()];
}

function noticeOf(study: Entry): Omit<Problem, 'start' | 'end'> {
  const told = study.notices.map(
    notice => `${noticeLabel(notice)}: ${sentence(notice.note)}${notice.DOI ? ` https://doi.org/${notice.DOI}` : ''}`,
  );
  const weight = study.notices.some(isGrave) ? 'grave' : 'plain';
  const message = `${studyLabel(study)}. ${told.join(' ')} ${cureOf(study.notices)}`;
  return { code: 'notice', message, fixes: [], key: study.id, weight };
}

/** The gravest decides. */
function cureOf(notices: readonly Notice[]): string {
  const types = notices.map(({ type }) => type);
  if (types.includes('retraction')) {
    return 'Rest no claim on it; cite it only to write about its retraction.';
  }
  if (types.includes('expression-of-concern')) {
    return 'Read the concern before you rest a claim on it.';
  }
  return types.every(type => type === 'published-version')
    ? 'Cite the published version unless you mean this one.'
    : 'Read it before you rely on the figures.';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
