import type { CslItem, Name } from './study.ts';

/**
 * By whose names a work is known in lists: its authors; else its editors; else the body that published it, which of a report or
 * a web page is as good as an author; of a web page without one its site. Empty where none of these is known.
 */
export function creatorsOf({ type, author, editor, publisher, 'container-title': site }: CslItem): readonly Name[] {
  if (author.length > 0) {
    return author;
  }
  if (editor && editor.length > 0) {
    return editor;
  }
  const body = publisher ?? (type === 'webpage' ? site : undefined);
  return body ? [{ literal: body }] : [];
}
