/**
 * The text as a string of its own: V8 keeps the whole chunk of which a longer slice was cut for as long as the slice lives.
 * Shorter ones are copied anyhow.
 */
export function own(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
