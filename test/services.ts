/** Test groups that need something a bare machine may lack. Where it is missing they say so and why. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';

type Group<T> = (service: T) => void;

function program(...names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
  }
  return null;
}

function describeWith<T>(title: string, found: T | null, need: string, group: Group<T>): void {
  if (found !== null) {
    describe(title, () => group(found));
    return;
  }
  console.warn(`Skipping "${title}": ${need}`);
  describe.skip(`${title} (skipped: ${need})`, () => group(null as T));
}

/** Gives the path of `redis-server`; the group starts its own on a free port. */
export function describeWithRedis(title: string, group: Group<string>): void {
  describeWith(title, program('redis-server', 'valkey-server'), 'no redis-server on the PATH', group);
}

/** Gives the path of a Chromium for playwright-core's `executablePath`. */
export function describeWithChromium(title: string, group: Group<string>): void {
  const named = process.env['TIELINE_CHROMIUM'];
  const found = named ?? program('chromium', 'chromium-browser', 'google-chrome');
  describeWith(title, found, 'no Chromium on the PATH (name one with TIELINE_CHROMIUM)', group);
}
