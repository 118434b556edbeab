import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The version in the package's own package.json, found upwards from here: the same from source and from `dist`. */
export function version(from: string = import.meta.dirname): string {
  const path = join(from, 'package.json');
  const text = readIfThere(path);
  if (text === null) return version(dirname(from));
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
