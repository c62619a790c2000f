/**
 * What the tests use of `node:assert/strict`, for the web worker, which has nothing of Node's. The bundler puts it there.
 * Comparisons are as strict as Node's for what can be in JSON, and for undefined, Map, Set, Date and class instances.
 */
class AssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly showDiff: boolean;
  readonly actual: unknown;
  readonly expected: unknown;

  constructor(message: string, ...compared: readonly [unknown, unknown] | readonly []) {
    super(message);
    this.showDiff = compared.length > 0;
    [this.actual, this.expected] = compared;
  }
}

type Message = string | Error | undefined;

function check(holds: boolean, message: Message, standard: () => string, ...compared: readonly [unknown, unknown] | readonly []): void {
  if (!holds) {
    throw message instanceof Error ? message : new AssertionError(message ?? standard(), ...compared);
  }
}

export function ok(value: unknown, message?: Message): void {
  check(Boolean(value), message, () => `${show(value)} is not truthy`);
}

export function equal(actual: unknown, expected: unknown, message?: Message): void {
  check(Object.is(actual, expected), message, () => `${show(actual)} is not ${show(expected)}`, actual, expected);
}

export function notEqual(actual: unknown, expected: unknown, message?: Message): void {
  check(!Object.is(actual, expected), message, () => `both are ${show(actual)}`);
}

export function deepEqual(actual: unknown, expected: unknown, message?: Message): void {
  check(same(actual, expected), message, () => `${show(actual)} differs from ${show(expected)}`, actual, expected);
}

export function notDeepEqual(actual: unknown, expected: unknown, message?: Message): void {
  check(!same(actual, expected), message, () => `both are ${show(actual)}`);
}

export function match(text: string, pattern: RegExp, message?: Message): void {
  check(pattern.test(text), message, () => `${show(text)} does not match ${pattern}`);
}

export function doesNotMatch(text: string, pattern: RegExp, message?: Message): void {
  check(!pattern.test(text), message, () => `${show(text)} matches ${pattern}`);
}

export function fail(message: Message = 'Failed'): never {
  throw message instanceof Error ? message : new AssertionError(message);
}

export function throws(work: () => unknown, expected?: RegExp): void {
  try {
    work();
  } catch (error) {
    return checkError(error, expected);
  }
  fail('Nothing was thrown');
}

export async function rejects(work: Promise<unknown> | (() => Promise<unknown>), expected?: RegExp): Promise<void> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return checkError(error, expected);
  }
  fail('Nothing was rejected');
}

function checkError(error: unknown, expected: RegExp | undefined): void {
  check(!expected || expected.test(String(error)), undefined, () => `${String(error)} does not match ${expected}`);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) {
    return false;
  }
  if (a instanceof Date && b instanceof Date) {
    return a.getTime() === b.getTime();
  }
  if ((a instanceof Map && b instanceof Map) || (a instanceof Set && b instanceof Set)) {
    return same([...a], [...b]);
  }
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

function show(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : typeof value === 'string' ? `'${value}'` : String(value);
}

export const strictEqual = equal;
export const deepStrictEqual = deepEqual;

export default Object.assign(
  (value: unknown, message?: Message) => ok(value, message),
  { ok, equal, notEqual, deepEqual, notDeepEqual, match, doesNotMatch, fail, throws, rejects, strictEqual, deepStrictEqual, AssertionError },
);
