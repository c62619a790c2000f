/** So many bytes are hashed at once: the host copies what it is given, which for 60 MB in one piece could be felt. */
const atOnce = 1 << 20;

/** Of bytes, in hexadecimal. Nothing where the host has no cryptography: then nothing is kept for the next start. */
export async function hashOf(bytes: Uint8Array): Promise<string | undefined> {
  try {
    const digests: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += atOnce) {
      digests.push(await digestOf(bytes.subarray(at, at + atOnce)));
    }
    const all = new Uint8Array(digests.length * digestLength);
    digests.forEach((digest, index) => all.set(digest, index * digestLength));
    return Array.from(await digestOf(all), byte => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
}

const digestLength = 32;

async function digestOf(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}
