import { escapeHtml } from '../html.ts';
import type { Printed } from './plugin.ts';
import type { PrintedDocument } from '../typeset/typesetter.ts';
import type { PlacedCitation } from '../typeset/citationsOf.ts';


/** Before the style is at hand: the citation as it is written. */
export function pendingHtml(written: string): string {
  return `<span class="ketamine-citation ketamine-pending">${escapeHtml(written)}</span>`;
}

/**
 * What the preview shows of a manuscript's citations, in the order given: HTML without scripts. A click on a citation leads
 * to its reference, and the arrow behind that leads back.
 */
export function previewHtml(cited: readonly PlacedCitation[], printed: PrintedDocument, words: { readonly unknown: string; readonly back: string }): Printed {
  const references = new Map(printed.bibliography.map(({ id, text }) => [id, text.plain]));
  const first = new Map<string, number>();
  const notes: string[] = [];
  const citations = cited.map(({ cites }, number) => {
    const { text, note } = printed.citations[number]!;
    cites.forEach(({ key }) => first.set(key, first.get(key) ?? number));
    const keys = cites.filter(({ key }) => references.has(key)).map(({ key }) => key);
    const unknown = cites.filter(({ item }) => item === undefined).map(({ key }) => `@${key}: ${words.unknown}`);
    const title = escapeHtml([...keys.map(key => references.get(key)!), ...unknown].join('\n\n'));
    const kind = unknown.length > 0 ? 'ketamine-citation ketamine-unknown' : 'ketamine-citation';
    const id = `ketamine-cite-${number}`;
    if (note) {
      const count = notes.length + 1;
      notes.push(`<li id="ketamine-note-${count}">${note.html} ${backTo(number, words.back)}</li>`);
      const mark = `<sup><a href="#ketamine-note-${count}" title="${title}">${count}</a></sup>`;
      return `<span class="${kind}" id="${id}">${text.html}${mark}</span>`;
    }
    return keys.length > 0
      ? `<a class="${kind}" id="${id}" href="#${idOf(keys[0]!)}" title="${title}">${text.html}</a>`
      : `<span class="${kind}" id="${id}" title="${title}">${text.html}</span>`;
  });
  const entries = printed.bibliography.map(({ id, text }) => {
    const number = first.get(id);
    return `<div class="ketamine-reference" id="${idOf(id)}">${withLinks(text.html)}${number === undefined ? '' : ` ${backTo(number, words.back)}`}</div>`;
  });
  const footnotes = notes.length > 0 ? `<section class="ketamine-notes"><ol>${notes.join('')}</ol></section>` : '';
  const list = entries.length > 0 ? `<section class="ketamine-references">${entries.join('\n')}</section>` : '';
  return { citations, notes: footnotes, list };
}

/** Addresses can be clicked; a full stop behind one is the sentence's. */
function withLinks(html: string): string {
  return html.replace(/https?:\/\/[^\s<>]*[^\s<>.,;:]/g, address => `<a href="${address}">${address}</a>`);
}

function backTo(number: number, title: string): string {
  return `<a class="ketamine-back" href="#ketamine-cite-${number}" title="${escapeHtml(title)}">↩</a>`;
}

function idOf(key: string): string {
  return escapeHtml(`ketamine-ref-${key.replace(/\s/g, '_')}`);
}
