import { execFileSync } from 'node:child_process';

/** A node of Pandoc's document, `{ t: 'Str', c: 'text' }`. */
export interface PandocNode {
  readonly t: string;
  readonly c?: unknown;
}

/** Pandoc's reading of a text. Pandoc is required: without it these tests would prove nothing. */
export function readByPandoc(text: string, format: string, options: readonly string[] = []): readonly PandocNode[] {
  const output = execFileSync('pandoc', ['-f', format, '-t', 'json', ...options], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  return (JSON.parse(output) as { blocks: readonly PandocNode[] }).blocks;
}

/** Pandoc's output in another format, without the line end. */
export function convertByPandoc(text: string, from: string, to: string): string {
  return execFileSync('pandoc', ['-f', from, '-t', to, '--wrap=none'], { input: text, encoding: 'utf8' }).trimEnd();
}

/** The text a reader sees. What was read as math, code, a citation or raw markup is named instead. */
export function textOf(node: unknown): string {
  if (Array.isArray(node)) {
    return node.map(textOf).join('');
  }
  const { t, c } = (node ?? {}) as Partial<PandocNode>;
  switch (t) {
    case undefined:
      return '';
    case 'Str':
      return c as string;
    case 'Space':
    case 'SoftBreak':
      return ' ';
    case 'Quoted': {
      const [kind, words] = c as [PandocNode, unknown];
      return kind.t === 'SingleQuote' ? `‘${textOf(words)}’` : `“${textOf(words)}”`;
    }
    case 'Link':
    case 'Span':
    case 'Div':
      return textOf((c as unknown[])[1]);
    case 'Math':
    case 'Code':
    case 'Cite':
    case 'RawInline':
    case 'RawBlock':
    case 'Note':
      return `<${t}>`;
    default:
      return textOf(c);
  }
}
