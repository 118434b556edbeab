/** Files travel as bytes, so the hub can find out their encoding; a preview needs only the head. */
const previewBytes = 1_000_000;
const chunkBytes = 0x80_00;

export async function headOf(file: File): Promise<string> {
  return toBase64(new Uint8Array(await file.slice(0, previewBytes).arrayBuffer()));
}

export async function wholeOf(file: File): Promise<string> {
  return toBase64(new Uint8Array(await file.arrayBuffer()));
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    text += String.fromCodePoint(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(text);
}
