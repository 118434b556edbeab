/** What every browser test stands on: a fresh hub, a fresh person's browser, and the looks that are looked at. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowserOf, type Look } from './browser.ts';
import { MockHub } from './mock-hub.ts';
import { startMockServer, type MockServer } from './mock-server.ts';

export const looks: readonly Look[] = [
  { language: 'en', theme: 'light', width: 1280 },
  { language: 'en', theme: 'dark', width: 1280 },
  { language: 'zh-CN', theme: 'light', width: 1280 },
  { language: 'zh-CN', theme: 'dark', width: 1280 },
];
export const english: Look = { language: 'en', theme: 'light', width: 1280 };

/** Findings hang on words and on colours; two looks hold both languages and both themes. */
export function hasOwnFindings(look: Look): boolean {
  return (look.language === 'en') === (look.theme === 'light');
}

export interface Stage {
  readonly hub: MockHub;
  readonly server: MockServer;
  readonly context: BrowserContext;
  readonly page: Page;
}
export type Visit = (
  look: Look,
  go: (stage: Stage) => Promise<void>,
  prepare?: (hub: MockHub) => void,
) => Promise<void>;
interface House {
  readonly browser: Browser;
  readonly folder: string;
}

export async function visitWith(house: House, ...[look, go, prepare]: Parameters<Visit>): Promise<void> {
  const hub = new MockHub(Date.now());
  prepare?.(hub);
  const server = await startMockServer(hub, house.folder);
  const context = await openBrowserOf(house.browser, look);
  const faults: string[] = [];
  context.on('weberror', (fault) => faults.push(fault.error().message));
  try {
    await go({ hub, server, context, page: await context.newPage() });
    expect(faults).toEqual([]);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Waits for what a busy machine may take a while to do. */
export const eventually = <T>(what: () => T | Promise<T>) => expect.poll(what, { timeout: 20_000 });

export async function quiet(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}
