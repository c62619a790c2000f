/** The files that we built, by address, each with what it looked like then: its date and size. */
export type Built = Readonly<Record<string, string>>;

/** So many are remembered. */
const mostRemembered = 200;

/** Whether a file is still as we built it; one that the writer changed since is no longer ours to replace unasked. */
export function isAsBuilt(built: Built, address: string, stamp: string): boolean {
  return built[address] === stamp;
}

/** With one more; those built longest ago are forgotten first. */
export function withBuilt(built: Built, address: string, stamp: string): Built {
  const others = Object.entries(built).filter(([each]) => each !== address);
  return Object.fromEntries([...others, [address, stamp] as const].slice(-mostRemembered));
}
