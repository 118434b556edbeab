/** What a person does and sees at the desk, found by role and label only. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Words } from './words.ts';

export const administrator = { name: 'Robin Vale', email: 'robin@desk.example', password: 'a quiet morning call' };

/** From the first page of a fresh hub to the question how to begin. */
export async function setUp(page: Page, t: Words): Promise<void> {
  await page.getByRole('heading', { name: t('setUp.title') }).waitFor();
  await page.getByLabel(t('setUp.name'), { exact: true }).fill(administrator.name);
  await page.getByLabel(t('setUp.email'), { exact: true }).fill(administrator.email);
  await page.getByLabel(t('setUp.password'), { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: t('setUp.create') }).click();
  await page.getByRole('heading', { name: t('start.title') }).waitFor();
}

/** Chooses the recorded calls; ends at the desk. */
export async function startDemo(page: Page, t: Words): Promise<void> {
  await page.getByRole('button', { name: t('start.demo') }).click();
  await page.getByRole('heading', { name: t('places.desk') }).waitFor();
}

export const popIn = (page: Page, t: Words): Locator => page.getByRole('region', { name: t('desk.pop.label') });
export const noticeIn = (page: Page, t: Words): Locator => page.getByRole('button', { name: t('desk.open') });
export const callsIn = (page: Page): Locator => page.getByRole('article');
export const noteOfFollower = (page: Page, t: Words): Locator => page.getByText(t('desk.follower.text'));

export async function openPlace(person: BrowserContext, address: string, title: string): Promise<Page> {
  const page = await person.newPage();
  await page.goto(address);
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  return page;
}

/** Those of the tabs that show it now. */
export async function showing(pages: readonly Page[], what: (page: Page) => Locator): Promise<Page[]> {
  const shown = await Promise.all(pages.map(async (page) => (await what(page).count()) > 0));
  return pages.filter((_, index) => shown[index]);
}
