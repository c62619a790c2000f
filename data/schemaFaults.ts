import type { ErrorObject } from 'ajv';

/** How a field whose form is given by a pattern is written. */
const forms: Readonly<Record<string, string>> = {
  id: 'Write the family name of the first author and the year, in small letters: feder2021.',
  DOI: 'Write it without an address: 10.1176/appi.ajp.2020.20050596.',
  PMID: 'Write digits alone: 33397139.',
  PMCID: 'Write it with its letters: PMC7969576.',
  ISBN: 'Write it with digits and hyphens: 978-0-00-000000-2.',
  URL: 'Write the whole address: https://….',
  url: 'Write the whole address: https://….',
  source: 'Write the whole address: https://….',
  gist: 'Write it on one line, without spaces around it.',
  checked: 'Write a day as 2026-11-30.',
};

/** What is wrong with a record by its schema, one sentence each: field, fault and cure. Needs Ajv's option `verbose`. */
export function schemaFaults(errors: readonly ErrorObject[]): string[] {
  // Of alternatives, each branch has its own errors; what the alternatives are says it better. An "if" only repeats its branch.
  const choices = errors.filter(isChoice);
  const isInChoice = ({ schemaPath, instancePath }: ErrorObject): boolean =>
    choices.some(each => schemaPath.startsWith(`${each.schemaPath}/`) && instancePath.startsWith(each.instancePath));
  return errors.filter(error => error.keyword !== 'if' && !isInChoice(error)).map(describe);
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf';
}

function describe(error: ErrorObject): string {
  const { instancePath, keyword, params } = error;
  const path = instancePath.slice(1).replaceAll('/', '.');
  const field = path || 'the record';
  switch (keyword) {
    case 'required': {
      const missing = [path, params.missingProperty].filter(Boolean).join('.');
      return `${missing}: is missing${needy(error) && `; ${needy(error)} needs it`}. Add it.`;
    }
    case 'anyOf':
      return `${field}: ${needy(error) || 'this'} needs ${alternatives(error)}. Add what is missing.`;
    case 'oneOf':
      return `${field}: needs either ${alternatives(error)}. Keep one of them, and add what it lacks.`;
    case 'additionalProperties':
      return `${field}: has a field "${params.additionalProperty}" that study.schema.json does not know. Remove it, or correct its name.`;
    case 'enum':
      return `${field}: is ${shown(error.data)}. Use one of ${(params.allowedValues as string[]).join(', ')}.`;
    case 'maxLength':
      return `${field}: has ${Array.from(error.data as string).length} characters. Shorten it to at most ${params.limit}.`;
    case 'pattern':
    case 'format':
      return `${field}: is ${shown(error.data)}. ${formOf(path)}`;
    case 'type':
      return `${field}: is ${shown(error.data)}, but must be ${String(params.type).replaceAll(',', ' or ')}. Correct it.`;
    default:
      return `${field}: ${error.message}. Correct it.`;
  }
}

/** Which fields fulfil a choice: `value, or low and high`. */
function alternatives({ schema }: ErrorObject): string {
  return (schema as readonly { readonly required?: readonly string[] }[]).map(({ required = [] }) => required.join(' and ')).join(', or ');
}

/** What needs a field, where that depends on the type of the work; else nothing. */
function needy({ schemaPath, data }: ErrorObject): string {
  return schemaPath.includes('/then/') && isTyped(data) ? `a work of the type ${data.type}` : '';
}

function isTyped(data: unknown): data is { readonly type: string } {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}

/** The last name in the path that has a form of its own; else it is a text. */
function formOf(path: string): string {
  const name = path.split('.').at(-1)!;
  return forms[name] ?? 'Remove the spaces around it.';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
