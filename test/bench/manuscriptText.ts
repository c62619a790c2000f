import { Chance } from './chance.ts';

const words =
  'the of and in to a with was were that for as by on at from this these trial treatment dose week change scale score group placebo response outcome baseline patients infusion remission effect measure follow study results clinical reported compared'.split(
    ' ',
  );

/** How citations are written, with about the share that each has in a paper. */
const forms: readonly ((key: () => string) => string)[] = [
  key => `[@${key()}]`,
  key => `[@${key()}]`,
  key => `[see @${key()}, p. 3; @${key()}]`,
  key => `@${key()} [p. 12]`,
  key => `[-@${key()}, pp. 4-7]`,
  key => `@${key()}`,
];

/**
 * A manuscript of about `length` code units with about `citations` citations of the keys: paragraphs, lists, block quotes,
 * tables, notes, code and math, as a long thesis has them.
 */
export function syntheticManuscript(length: number, citations: number, keys: readonly string[], seed: number): string {
  const chance = new Chance(seed);
  const key = (): string => chance.one(keys);
  const perSentence = length / citations;
  const sentence = (): string => {
    const text: string[] = [];
    for (let size = 0; size < perSentence - 30;) {
      const word = chance.one(words);
      text.push(word);
      size += word.length + 1;
    }
    return `${text.join(' ')} ${chance.one(forms)(key)}.`;
  };
  const sentences = (count: number): string => Array.from({ length: count }, sentence).join(' ');
  const blocks: readonly (() => string)[] = [
    () => sentences(4),
    () => sentences(3),
    () => wrapped(sentences(4)),
    () => `> ${wrapped(sentences(2)).replaceAll('\n', '\n> ')}`,
    () => `- ${sentence()}\n- ${sentence()}\n  ${sentence()}`,
    () => `## ${chance.one(words)} ${chance.one(words)}\n\n${sentences(3)}`,
    () => `| study | n |\n|---|---|\n| [@${key()}] | 30 |\n| @${key()} | 41 |`,
    () => `${sentence()}[^${note}]\n\n[^${note++}]: ${sentence()}`,
    () => '```r\nx <- data@slot[1]\n```',
    () => `$x_1 + y$ and \`code@here\` ${sentence()}`,
  ];
  let note = 1;
  const text: string[] = ['---\ntitle: A long manuscript\n---'];
  for (let size = 0; size < length;) {
    const block = chance.one(blocks)();
    text.push(block);
    size += block.length + 2;
  }
  return `${text.join('\n\n')}\n`;
}

function wrapped(text: string): string {
  return text.replace(/(.{60,80}) /g, '$1\n');
}
