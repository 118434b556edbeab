/** 128 random bits in hex. Works on plain HTTP too, where `crypto.randomUUID` does not exist. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
