import type { AnnotatedWork, Annotation, Annotations } from './annotations.ts';
import { pageLocator } from './locator.ts';

type Fields = ReadonlyMap<string, unknown>;

interface Found {
  readonly annotations: Annotation[];
  others: number;
}

/** Deeper than any export nests. */
const deepest = 30;

/**
 * Annotations in JSON: a list of Zotero's own (`annotationText`, `annotationPageLabel`, `annotationComment`), the same as
 * its web interface gives them (within `data`), or Better BibTeX's JSON, where they stand below the attachments of an item.
 */
export function annotationsInJson(text: string): Annotations {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { annotations: [], others: 0, fault: 'The file is no sound JSON; export it again.' };
  }
  const found: Found = { annotations: [], others: 0 };
  walk(value, unknownWork, 0, found);
  return found;
}

const unknownWork: AnnotatedWork = { id: '', label: '' };

function walk(value: unknown, work: AnnotatedWork, depth: number, found: Found): void {
  if (typeof value !== 'object' || value === null || depth > deepest) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach(each => walk(each, work, depth + 1, found));
    return;
  }
  const fields: Fields = new Map(Object.entries(value));
  if (isAnnotation(fields)) {
    take(fields, work, found);
    return;
  }
  const nearest = workOf(fields, work);
  fields.forEach(each => walk(each, nearest, depth + 1, found));
}

function isAnnotation(fields: Fields): boolean {
  return (
    fields.has('annotationType') ||
    fields.has('annotationText') ||
    fields.get('itemType') === 'annotation' ||
    (fields.has('pageLabel') && fields.has('type') && (fields.has('text') || fields.has('comment')))
  );
}

function take(fields: Fields, above: AnnotatedWork, found: Found): void {
  const type = textOf(fields, 'annotationType') || textOf(fields, 'type');
  const words = (textOf(fields, 'annotationText') || textOf(fields, 'text')).trim();
  if (words === '' || !['', 'highlight', 'underline', 'annotation'].includes(type)) {
    found.others += 1;
    return;
  }
  const comment = (textOf(fields, 'annotationComment') || textOf(fields, 'comment')).trim();
  const locator = pageLocator(textOf(fields, 'annotationPageLabel') || textOf(fields, 'pageLabel'));
  found.annotations.push({ work: workOf(fields, above), text: words, locator, ...(comment && { comment }) });
}

/** The item itself names its work, or what it hangs from: an attachment has no citekey, but a parent. */
function workOf(fields: Fields, above: AnnotatedWork): AnnotatedWork {
  const key = ['citationKey', 'citekey', 'citation-key'].map(name => textOf(fields, name)).find(Boolean);
  const isAttachment = fields.get('itemType') === 'attachment' || fields.has('annotations') || fields.has('contentType');
  const title = isAttachment ? '' : textOf(fields, 'title');
  const parent = above.id === '' ? textOf(fields, 'parentItem') || textOf(fields, 'parentTitle') : '';
  if (key === undefined && title === '' && parent === '') {
    return above;
  }
  if (key === undefined && title === '') {
    return { id: parent, label: textOf(fields, 'parentTitle') || parent, ...titled(textOf(fields, 'parentTitle')) };
  }
  return { id: key ?? title, ...(key !== undefined && { key }), label: title || key!, ...titled(title) };
}

function titled(title: string): { title?: string } {
  return title === '' ? {} : { title };
}

function textOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
