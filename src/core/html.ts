const names = { '<': 'lt', '>': 'gt', '&': 'amp', '"': 'quot' } as const;

/** A text that HTML shows as it is, in an attribute within double quotes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[<>&"]/g, char => `&${names[char as keyof typeof names]};`);
}
