import { escapeMarkdown } from './quotes.ts';

/** A formatted text in three forms. */
export interface Formatted {
  readonly markdown: string;
  readonly plain: string;
  readonly html: string;
}

interface Mark {
  readonly markdown: readonly [string, string];
  readonly html: readonly [string, string];
}

/** Pandoc's Markdown for what CSL styles print; tags of layout, such as `div`, have no mark. */
function markOf(tag: string): Mark | undefined {
  if (/^<(?:i|em)>/.test(tag)) {
    return { markdown: ['*', '*'], html: ['<em>', '</em>'] };
  }
  if (/^<(?:b|strong)>/.test(tag)) {
    return { markdown: ['**', '**'], html: ['<strong>', '</strong>'] };
  }
  if (tag.startsWith('<sup')) {
    return { markdown: ['^', '^'], html: ['<sup>', '</sup>'] };
  }
  if (tag.startsWith('<sub')) {
    return { markdown: ['~', '~'], html: ['<sub>', '</sub>'] };
  }
  return tag.includes('small-caps')
    ? { markdown: ['[', ']{.smallcaps}'], html: ['<span style="font-variant: small-caps">', '</span>'] }
    : undefined;
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#60;': '<', '&#62;': '>', '&#38;': '&', '&amp;': '&' };

function decode(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp|#39|#60|#62|#38);/g, entity => entities[entity]!);
}

function encode(text: string): string {
  return text.replace(/[<>&"]/g, char => `&${{ '<': 'lt', '>': 'gt', '&': 'amp', '"': 'quot' }[char]};`);
}

/** citeproc's HTML in our three forms. Addresses stay whole, so that they can be clicked and copied. */
export function formatted(html: string): Formatted {
  const out = { markdown: '', plain: '', html: '' };
  const open: (Mark | undefined)[] = [];
  for (const [token] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    if (token.startsWith('</')) {
      const mark = open.pop();
      out.markdown += mark?.markdown[1] ?? '';
      out.html += mark?.html[1] ?? '';
    } else if (token.startsWith('<')) {
      const mark = markOf(token);
      open.push(mark);
      out.markdown += mark?.markdown[0] ?? '';
      out.html += mark?.html[0] ?? '';
    } else {
      const text = decode(token).replace(/[\r\n\t]+/g, ' ');
      out.markdown += escapeOutsideAddresses(text);
      out.plain += text;
      out.html += encode(text);
    }
  }
  return { markdown: tidy(out.markdown), plain: tidy(out.plain), html: tidy(out.html) };
}

function escapeOutsideAddresses(text: string): string {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((part, index) => (index % 2 === 1 ? part : escapeMarkdown(part))).join('');
}

function tidy(text: string): string {
  return text.replace(/ {2,}/g, ' ').trim();
}
