import type { XmlNode } from 'citeproc';
import { locatorTerms, locatorTermsOf, type LocatorTerms } from '../markdown/locators.ts';

/** How a style's language writes locators, long, short and as a symbol, singular and plural: as the style has it, else the locale. */
export function termsOf(style: XmlNode, locale: XmlNode, language: string): LocatorTerms {
  const base = baseOf(language);
  const own = elementsOf(style).filter(({ name, attrs }) => name === 'locale' && (attrs['xml:lang'] === undefined || baseOf(attrs['xml:lang']) === base));
  const terms = locatorTermsOf([...own, locale].flatMap(formsOf));
  // Citations have been read with these already.
  return terms.size === locatorTerms.size && [...locatorTerms].every(([form, term]) => terms.get(form) === term) ? locatorTerms : terms;
}

function formsOf(locale: XmlNode): (readonly [term: string, form: string])[] {
  const terms = elementsOf(locale).filter(({ name }) => name === 'terms').flatMap(elementsOf);
  return terms.flatMap(term => {
    const { name = '', form = '' } = term.attrs;
    return form.startsWith('verb') ? [] : textsOf(term).map(text => [name, text] as const);
  });
}

function textsOf(term: XmlNode): string[] {
  const forms = elementsOf(term);
  return forms.length > 0 ? forms.map(textOf) : [textOf(term)];
}

function textOf({ children }: XmlNode): string {
  return children.filter(child => typeof child === 'string').join('');
}

function elementsOf({ children }: XmlNode): XmlNode[] {
  return children.filter((child): child is XmlNode => typeof child !== 'string');
}

function baseOf(language: string): string {
  return language.toLowerCase().split('-')[0]!;
}
