/** A headless Chromium, one person's browser in it, and pictures of what it shows. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Language } from './words.ts';

const artifacts = join(import.meta.dirname, '..', 'artifacts');
/** The machine may be busy with other things; what comes at all comes well before. */
const patienceMs = 60_000;

export function launchChromium(executablePath: string): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

/** The person looks at another window and allowed notifications; each one told is kept by its tag. */
const listenForNotices = `
Object.defineProperty(document, 'hidden', { get: () => true });
window.Notification = class {
  static permission = 'granted';
  constructor(title, { tag }) {
    localStorage.setItem('told', JSON.stringify([...JSON.parse(localStorage.getItem('told') ?? '[]'), tag]));
  }
  addEventListener() {}
  close() {}
};`;

/** Tabs opened in it share storage, channels and locks, as the tabs of one person do. */
export async function openPerson(browser: Browser, language: Language): Promise<BrowserContext> {
  const locale = language === 'en' ? 'en-US' : 'zh-CN';
  const viewport = { width: 1280, height: 860 };
  const person = await browser.newContext({
    locale,
    viewport,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Amsterdam',
  });
  person.setDefaultTimeout(patienceMs);
  await person.addInitScript({ content: listenForNotices });
  return person;
}

/** The pops the browser was asked to show a notification for, each time it was asked. */
export async function toldNotices(page: Page): Promise<string[]> {
  return JSON.parse(await page.evaluate(`localStorage.getItem('told') ?? '[]'`)) as string[];
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true, animations: 'disabled' });
}
