const range = /(?<![^\s,;&])([^\s,;&–-]+)(-|–)([^\s,;&–-]+)(?![^\s,;&])/g;

/**
 * A locator's value as the engine takes it. Of a range it can set those of numbers, and of pages with a letter before them; of
 * `chap. S3-S5` it would drop the letters, and it would set a chapter's range with the dash that the style has for pages.
 * @param pageDash what the style sets between the first and the last page
 */
export function locatorValue(label: string, value: string, pageDash: string): string {
  return value.replace(range, (written, from: string, _dash: string, to: string) => {
    if (!isRange(from, to)) {
      return written;
    }
    const isEngines = label === 'page' && [from, to].every(each => isNumber(each) || /^[A-Za-z]*\d+$/.test(each));
    return `${from}${isEngines ? '-' : label === 'page' ? pageDash : '–'}${to}`;
  });
}

/** `A-1` is the name of one page; `S3-S5`, `1.2-1.4` and `(xv)-(xvii)` go from one to another. */
function isRange(from: string, to: string): boolean {
  return (isNumber(from) && isNumber(to)) || shapeOf(from) === shapeOf(to) || (/^\d+$/.test(from) && /^\d+\.\w+$/.test(to));
}

function isNumber(text: string): boolean {
  return /^(?:\d+|[ivxlcdm]+|[IVXLCDM]+)$/.test(text);
}

function shapeOf(text: string): string {
  return text.replace(/\d+/g, '0').replace(/\p{L}+/gu, 'a');
}
