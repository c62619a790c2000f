import { locales } from './styles.ts';

/** Of the languages with several locales that which CSL takes for the language alone. */
const primary: Readonly<Record<string, string>> = {
  de: 'de-DE', en: 'en-US', es: 'es-ES', fr: 'fr-FR', nb: 'nb-NO', nn: 'nn-NO', no: 'nb-NO', pt: 'pt-PT', zh: 'zh-CN', 'zh-hant': 'zh-TW', 'zh-hans': 'zh-CN',
};

/** Serves where nobody names a language. */
export const defaultLocale = 'en-US';

/**
 * The CSL locale in which to print: of the language asked for, in the style's own variety of it; where none is asked for, of the
 * style's own language, which CSL calls its default locale.
 * @param asked by the manuscript, its project or the writer's settings
 */
export function languageInForce(asked: string | undefined, own: string | undefined): string {
  const ownLocale = own === undefined ? undefined : localeOf(own);
  const wanted = asked ?? ownLocale ?? defaultLocale;
  // A language without a country is no variety.
  const isVariety = own?.includes('-') === true && ownLocale?.split('-')[0] === wanted.split('-')[0];
  return isVariety ? ownLocale! : wanted;
}

/**
 * The CSL locale for a language tag as metadata has it: `de`, `pt_BR`, `en-AU` (which reads as British English does), `zh-Hant`.
 * Nothing where there is none for the language.
 */
export function localeOf(language: string): string | undefined {
  const tag = language.trim().replace(/[_.].*$|_/g, part => (/^_[a-z]{2}/i.test(part) ? `-${part.slice(1, 3)}` : '')).toLowerCase();
  const exact = locales.find(({ id }) => id.toLowerCase() === tag)?.id;
  if (exact !== undefined) {
    return exact;
  }
  const [base = ''] = tag.split('-');
  if (base === 'en' && tag !== 'en' && !/^en-(?:us|ca|ph)/.test(tag)) {
    return 'en-GB';
  }
  const script = Object.keys(primary).find(each => each.includes('-') && tag.startsWith(each));
  return primary[script ?? base] ?? locales.find(({ id }) => id.split('-')[0] === base)?.id;
}
