const words: Readonly<Record<string, string>> = {
  de: 'Literatur', es: 'Referencias', fr: 'Références', it: 'Bibliografia', nl: 'Literatuur', pt: 'Referências', sv: 'Referenser',
  da: 'Litteratur', nb: 'Litteratur', nn: 'Litteratur',
};

/** What a reference list is headed in the language of a locale, `de-DE`; in English where we do not know. */
export function headingIn(locale: string): string {
  return words[locale.split('-')[0]!] ?? 'References';
}
