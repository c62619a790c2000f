import type { BibliographyFormat } from '../declarations.ts';
import { bibtexOwnership, itemOwnership, type Ownership } from './mark.ts';

/** An entry as it stands in a file. */
export interface Standing {
  readonly start: number;
  readonly end: number;
  readonly ownership: Ownership;
}

/** The entries of these keys in a text and whose they are. */
export async function standingIn(
  text: string,
  format: BibliographyFormat,
  wanted: ReadonlySet<string>,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<string, readonly Standing[]>> {
  // It brings the readers of all formats along.
  const { readerOf } = await import('../bibliography/readers.ts');
  const scanner = readerOf(format).scanner();
  await paced(scanner.push(text), pause);
  const byKey = new Map<string, Standing[]>();
  for (const { key, aliases, start, end: last } of (await paced(scanner.end(), pause)).entries) {
    const keys = [key, ...aliases].filter(each => wanted.has(each));
    if (keys.length === 0) {
      continue;
    }
    const end = format === 'CSL-YAML' ? start + withoutRemarks(text.slice(start, last)).length : last;
    const ownership = await ownershipOf(text.slice(start, end), format);
    for (const each of keys) {
      byKey.set(each, [...(byKey.get(each) ?? []), { start, end, ownership }]);
    }
  }
  return byKey;
}

/** So many steps of a scan, of a millisecond or two each, come before a pause. */
const atOnce = 4;

async function paced<T>(steps: Generator<undefined, T>, pause: () => Promise<void>): Promise<T> {
  for (let count = 1; ; count += 1) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (count % atOnce === 0) {
      await pause();
    }
  }
}

/** Remarks behind an entry's last line belong to the list. */
function withoutRemarks(entry: string): string {
  const lines = entry.split('\n');
  while (lines.length > 1 && /^\s*(?:#.*)?$/.test(lines.at(-1)!)) {
    lines.pop();
  }
  return lines.join('\n').replace(/\r$/, '');
}

/** Whose an entry is, by its text as it stands in a file. */
export async function ownershipOf(entry: string, format: BibliographyFormat): Promise<Ownership> {
  switch (format) {
    case 'BibTeX':
      return bibtexOwnership(entry);
    case 'CSL-JSON':
      return entry.includes('custom') ? itemOwnership(jsonOf(entry)) : 'theirs';
    case 'CSL-YAML':
      return entry.includes('custom') ? itemOwnership(await yamlOf(entry)) : 'theirs';
    default:
      return 'theirs';
  }
}

function jsonOf(entry: string): unknown {
  try {
    return JSON.parse(entry);
  } catch {
    return undefined;
  }
}

/** Comments are the writer's words: an entry that has one is theirs. */
async function yamlOf(entry: string): Promise<unknown> {
  const yaml = await import('yaml');
  try {
    const parsed = yaml.parseDocument(entry.replace(/\r\n?/g, '\n'), { logLevel: 'silent' });
    let hasComment = Boolean(parsed.comment ?? parsed.commentBefore);
    yaml.visit(parsed, { Node: (_, node) => void (hasComment ||= Boolean(node.comment ?? node.commentBefore)) });
    const read: unknown = parsed.errors.length > 0 || hasComment ? undefined : parsed.toJS({ maxAliasCount: 0 });
    return Array.isArray(read) ? read[0] : read;
  } catch {
    return undefined;
  }
}
