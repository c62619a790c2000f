/** The bundled citation styles; `cslId` is the style's file name in the CSL repository. */
export const styles = [
  { id: 'apa', cslId: 'apa', label: 'APA' },
  { id: 'ama', cslId: 'american-medical-association', label: 'AMA' },
  { id: 'vancouver', cslId: 'vancouver', label: 'Vancouver' },
  { id: 'nature', cslId: 'nature', label: 'Nature' },
  { id: 'lancet', cslId: 'the-lancet', label: 'The Lancet' },
  { id: 'bmj', cslId: 'bmj', label: 'BMJ' },
  { id: 'chicago', cslId: 'chicago-author-date', label: 'Chicago, author-date' },
  { id: 'harvard', cslId: 'harvard-cite-them-right', label: 'Harvard (Cite Them Right)' },
  { id: 'mla', cslId: 'modern-language-association', label: 'MLA' },
  { id: 'ieee', cslId: 'ieee', label: 'IEEE' },
] as const;

/** The bundled CSL locales. */
export const locales = [
  { id: 'en-US', label: 'English (US)' },
  { id: 'en-GB', label: 'English (UK)' },
  { id: 'de-DE', label: 'Deutsch' },
  { id: 'fr-FR', label: 'Français' },
  { id: 'es-ES', label: 'Español' },
] as const;
