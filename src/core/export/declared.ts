import { finished } from '../steps.ts';
import type { CslItem } from '../study.ts';

/** The items under `references:` in a manuscript's metadata with all their fields, by citekey; of two the last. `yaml` has no fences. */
export async function declaredItems(yaml: string): Promise<ReadonlyMap<string, CslItem>> {
  const { readerOf } = await import('../bibliography/readers.ts');
  const { scanner: scannerOf, convert } = readerOf('CSL-YAML');
  const scanner = scannerOf();
  finished(scanner.push(yaml));
  const { entries, context } = finished(scanner.end());
  return new Map(entries.map(({ key, start, end }) => [key, convert(yaml.slice(start, end), { context, textOf: () => undefined })]));
}
