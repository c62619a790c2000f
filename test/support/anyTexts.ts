import fc from 'fast-check';

/** Texts that are the keys of something in an object, are empty, are made of marks, or of more than one code unit a letter. */
const odd = ['', '__proto__', 'constructor', 'toString', '\ufeff', '\0', '\u0301', 'é', 'é', 'É', '😀', '👩‍🔬', '\r\n', '\uffff', '\ufffd'];

/** Any text, each half of a letter with the other. */
export const anyText = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 30 }));

const half = fc.integer({ min: 0xd800, max: 0xdfff }).map(unit => String.fromCharCode(unit));

/** Any text, also with halves of letters that stand alone, at its start and its end above all. */
export const withLoneSurrogates = fc.oneof(
  anyText,
  fc.string({ unit: fc.oneof(half, fc.constantFrom('a', 'é', '😀')), maxLength: 6 }),
);

/** Up to 3,500 texts, made of a few: many stand there several times. */
export const manyTexts = fc
  .tuple(fc.array(anyText, { minLength: 1, maxLength: 20 }), fc.nat(3500), fc.integer({ min: 1, max: 9 }))
  .map(([texts, count, each]) =>
    Array.from({ length: count }, (_, number) => `${texts[number % texts.length]}${number % each === 0 ? number : ''}`),
  );
