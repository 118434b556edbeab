/** An integrator's day in a browser: by role and label, waiting for what is seen. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithChromium } from '../../test/services.ts';
import { axeFindings, buildDashboard, launch, snap, type Look } from './browser.ts';
import type { MockHub } from './mock-hub.ts';
import { sampleMe } from './sample-hub.ts';
import { english, eventually, hasOwnFindings, looks, quiet, visitWith, type Stage, type Visit } from './stage.ts';

const contact = '/dictionaries/hubspot/contact';
const limit = { timeout: 90_000 };

/** Each view, and what makes it whole: independent of the language. */
const views: readonly (readonly [name: string, path: string, open?: (page: Page) => Promise<void>])[] = [
  ['dictionaries', '/dictionaries'],
  ['losses', '/dictionaries?view=losses'],
  ['dictionary-lines', contact, (page) => page.locator('.sample-result').waitFor()],
  ['dictionary-rule', `${contact}?rule=accountName`, (page) => page.locator('.rule-form').waitFor()],
  ['dictionary-table', `${contact}?panel=versions`, openTable],
  ['dictionary-text', '/dictionaries/hubspot/call?panel=problems', openText],
  ['dictionary-tests', `${contact}?panel=tests`, runTests],
  ['dictionary-suggestions', `${contact}?panel=suggest`, (page) => page.locator('.suggestion').first().waitFor()],
  ['value-table', '/dictionaries/shared/priority', (page) => page.locator('.value-table').waitFor()],
  ['dictionary-import', '/dictionaries/import', translate],
  ['write-reasons', '/writes', openReasons],
];

async function openTable(page: Page): Promise<void> {
  await page.locator('.bench-views label').nth(1).click();
  await page.locator('.rule-row').first().waitFor();
}
async function openText(page: Page): Promise<void> {
  await page.locator('.bench-views label').nth(2).click();
  await page.locator('.cm-lintRange').first().waitFor();
}
async function runTests(page: Page): Promise<void> {
  await page.getByRole('tabpanel').getByRole('button').first().click();
  await page.getByRole('tabpanel').locator('.problem-list').waitFor();
}
async function translate(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('textbox').fill('<crm/>');
  await page.locator('.import-actions').getByRole('button').first().click();
  await page.locator('pre.source').waitFor();
}
async function openReasons(page: Page): Promise<void> {
  await page.locator('.row-click').first().click();
  const why = page.getByRole('dialog').locator('summary').nth(1);
  await why.click();
  await page.locator('.reasons').waitFor();
}

describeWithChromium('dictionaries in a browser', (executablePath) => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildDashboard('dictionaries'), launch(executablePath)]);
  }, 180_000);
  afterAll(() => browser.close());
  const visit: Visit = (look, go, prepare) => visitWith({ browser, folder }, look, go, prepare);
  const work = (path: string, go: (stage: Stage) => Promise<void>, prepare?: (hub: MockHub) => void) =>
    visit(
      english,
      async (stage) => {
        await stage.page.goto(stage.server.url + path);
        await quiet(stage.page);
        await go(stage);
      },
      prepare,
    );

  describe.each(looks)('in $language, $theme', (look) => {
    it('shows every view whole, and without an axe finding', { timeout: 240_000 }, async () => {
      await visit(look, async ({ server, page }) => {
        for (const [name, path, open] of views) {
          await page.goto(server.url + path);
          await quiet(page);
          await open?.(page);
          await looksRight(page, name, look);
        }
        // A narrow page is laid out alike in every look: two of them are enough.
        if (!hasOwnFindings(look)) return;
        await page.setViewportSize({ width: 320, height: 720 });
        for (const [name, path, open] of views) {
          await page.goto(server.url + path);
          await quiet(page);
          await open?.(page);
          await looksRight(page, name, { ...look, width: 320 });
        }
      });
    });
  });

  async function looksRight(page: Page, name: string, look: Look): Promise<void> {
    await snap(page, name, look);
    if (hasOwnFindings(look)) expect(await axeFindings(page), name).toEqual([]);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isWide, `${name} scrolls sideways at ${look.width}`).toBe(false);
  }

  it('edits a rule on its line while the sample follows, and keeps the comments', limit, async () => {
    await work(contact, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'jobtitle ↔ jobTitle' }).click();
      const trace = page.getByRole('list', { name: 'What the sample becomes when read' });
      await trace.getByText('Purchasing').first().waitFor();
      await addStep(page, 'case');
      await pick(page, 'to', 'upper');
      await trace.getByText('PURCHASING', { exact: true }).first().waitFor();
      await page.getByText('Saved', { exact: true }).waitFor();
      expect(draftOf(hub)).toContain('case: upper');
      expect(draftOf(hub)).toContain('# Portals outside the US keep the country code.');

      await undoAll(page);
      await eventually(() => trace.getByText('PURCHASING', { exact: true }).count()).toBe(0);
    });
  });

  it('joins two fields by keyboard', limit, async () => {
    await work(contact, async ({ hub, page }) => {
      const left = page.getByRole('region', { name: 'Fields of the record' });
      const right = page.getByRole('region', { name: 'Fields of the entity' });
      await left.getByRole('button', { name: /^First name/u }).focus();
      await page.keyboard.press('End');
      await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Create date');
      await left.getByRole('button', { name: /^Preferred language/u }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('hs_language is chosen. Now choose a field of the entity.').waitFor();
      await right.getByRole('button', { name: /^Language/u }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'hs_language ↔ language' }).waitFor();
      await eventually(() => draftOf(hub)).toContain('hs_language');
    });
  });

  it('shows a problem at its line, mends it in the text, and publishes', limit, async () => {
    await work('/dictionaries/hubspot/call?panel=problems', async ({ hub, page }) => {
      await page.getByText('There is no step trimm.').waitFor();
      expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Line 9' }).click();
      const editor = page.getByRole('textbox', { name: 'Dictionary' });
      await eventually(() => page.evaluate(() => getSelection()?.toString())).toContain('trimm');
      await editor.pressSequentially('  - { to: talkMs, from: hs_call_duration, steps: [trim] }');
      await page.getByText('No problems').waitFor();
      await page.getByRole('button', { name: 'Publish…' }).click();
      const dialog = page.getByRole('dialog').filter({ hasText: 'Publish hubspot/call' });
      await dialog.getByRole('textbox', { name: 'Note' }).fill('Talk time is tidied');
      await dialog.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Version 2 is live.').waitFor();
      await page.getByText('Talk time is tidied').waitFor();
      const call = hub.documents.find((one) => one.name === 'hubspot/call');
      expect(call).toMatchObject({
        draft: null,
        versions: [{ version: 1 }, { version: 2, note: 'Talk time is tidied' }],
      });
    });
  });

  it('runs the tests, does not publish while one fails, and makes one from a sample', limit, async () => {
    await work(`${contact}?rule=jobTitle`, async ({ hub, page }) => {
      await addStep(page, 'case');
      await pick(page, 'to', 'upper');
      await page.getByRole('tab', { name: 'Tests' }).click();
      await page.getByRole('button', { name: 'Run tests' }).click();
      await page.getByText('1 of 2 tests pass').waitFor();
      await page.getByText('HEAD OF SALES').first().waitFor();
      await page.getByRole('button', { name: 'Publish…' }).click();
      const dialog = page.getByRole('dialog').filter({ hasText: 'Publish hubspot/contact' });
      await dialog.getByText('1 failing test keeps it from being published.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await undoAll(page);
      await page.getByText('2 of 2 tests pass').waitFor();

      await page.getByRole('textbox', { name: 'Name of the new test' }).fill('a Dutch buyer');
      await page.getByRole('button', { name: 'Make a test' }).click();
      await page.getByText('3 of 3 tests pass').waitFor();
      await eventually(() => documentOf(hub)?.draft?.tests).toContain('a Dutch buyer');
    });
  });

  it('publishes after showing what changes, and rolls back', limit, async () => {
    await work(`${contact}?rule=jobTitle`, async ({ hub, page }) => {
      await addStep(page, 'trim');
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Publish…' }).click();
      const dialog = page.getByRole('dialog').filter({ hasText: 'Publish hubspot/contact' });
      await dialog.getByText('1 change', { exact: true }).waitFor();
      await dialog.getByText('2 of 2 tests pass').waitFor();
      await dialog.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Version 3 is live.').waitFor();
      await page.getByRole('button', { name: 'Roll back to version 1' }).click();
      await page.getByRole('dialog').getByText('No version is lost.', { exact: false }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
      await page.getByText('as version 4.', { exact: false }).waitFor();
      expect(documentOf(hub)?.versions.at(-1)).toMatchObject({ version: 4, origin: 'rolledBack' });
      // The first version had no rule for the web site.
      await page.getByRole('button', { name: 'website ↔ custom.website' }).waitFor({ state: 'detached' });
    });
  });

  it('never overwrites what someone else saved', limit, async () => {
    await work(`${contact}?rule=jobTitle`, async ({ hub, page }) => {
      const held = documentOf(hub);
      const theirs = held?.versions.at(-1)?.text.replace('jobTitle: jobtitle', 'jobTitle: company') ?? '';
      if (held !== undefined) {
        const updatedAt = new Date().toISOString();
        held.draft = { text: theirs, tests: null, revision: 7, baseVersion: 2, updatedAt, updatedBy: '李娜' };
      }
      await addStep(page, 'trim');
      await page.getByText('李娜 saved another text meanwhile').waitFor();
      await page.getByRole('button', { name: 'Show what differs' }).click();
      await page.getByRole('region', { name: 'Mine and theirs' }).getByText('jobTitle: company').waitFor();
      expect(draftOf(hub)).toBe(theirs);
      await page.getByRole('button', { name: 'Keep mine' }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      expect(documentOf(hub)?.draft).toMatchObject({ revision: 8 });
      expect(draftOf(hub)).toContain('trim');
    });
  });

  it('discards a draft, and takes it back', limit, async () => {
    await work('/dictionaries/hubspot/call', async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Discard draft' }).click();
      await page.getByText('The draft is discarded.').waitFor();
      expect(documentOf(hub, 'hubspot/call')?.draft).toBeNull();
      await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
      await eventually(() => documentOf(hub, 'hubspot/call')?.draft?.text).toContain('trimm');
    });
  });

  it('takes one suggestion, then all good ones', limit, async () => {
    await work(`${contact}?panel=suggest`, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Accept zip → address.postalCode' }).click();
      await page.getByRole('button', { name: 'Accept 2 from 80 %' }).click();
      await page.getByRole('button', { name: 'zip ↔ address.postalCode' }).waitFor();
      await eventually(() => draftOf(hub)).toContain('hubspot_owner_id');
      expect(draftOf(hub)).not.toContain('hs_language');
    });
  });

  it('imports a template as drafts and names what could not come along', limit, async () => {
    await work('/dictionaries', async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Import a template' }).click();
      await page.getByRole('textbox', { name: 'Template' }).fill('<crm/>');
      await page.getByRole('button', { name: 'Translate' }).click();
      await page.getByText('Scenario ReportCall, output Notes').waitFor();
      await page.getByRole('button', { name: 'Save as a draft' }).click();
      await page.getByRole('link', { name: 'Open' }).click();
      await page.waitForURL('**/dictionaries/acme-crm/contact');
      expect(documentOf(hub, 'acme-crm/contact')?.draft?.text).toContain('FirstName');
    });
  });

  it('changes a value table in place', limit, async () => {
    await work('/dictionaries/shared/priority', async ({ hub, page }) => {
      const cell = page.getByRole('combobox', { name: 'The record says, row 4' });
      await cell.fill('Dringend');
      await cell.press('Enter');
      await page.getByRole('textbox', { name: 'Otherwise write' }).fill('Medium');
      await page.getByText('Saved', { exact: true }).waitFor();
      const text = documentOf(hub, 'shared/priority')?.draft?.text;
      expect(text).toContain('[ Urgent, Critical, 紧急, 特急, Dringend ]');
      expect(text).toContain('# German portals write Hoch.');
      expect(text).toContain('record: Medium');
    });
  });

  it('changes the head by its form', limit, async () => {
    await work(contact, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Title, identity, base' }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('textbox', { name: 'Title in English' }).fill('People of HubSpot');
      await form.getByText('Read', { exact: true }).click();
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'hidden' });
      await eventually(() => draftOf(hub)).toContain('People of HubSpot');
      expect(draftOf(hub)).toContain('direction: read');
      expect(draftOf(hub)).toContain('# Portals outside the US keep the country code.');
    });
  });

  it('tries a write against the record as it is, in a time zone', limit, async () => {
    await work(contact, async ({ hub, page }) => {
      await page.locator('.sample-result').waitFor();
      await page.getByRole('tabpanel').getByText('Write', { exact: true }).click();
      await page.getByText('The record as it is now, as JSON').click();
      await page.getByRole('textbox', { name: 'The record as it is now, as JSON' }).fill('{ "firstname": "Jan" }');
      await pick(page, 'Time zone', 'Europe/Amsterdam');
      const sent = () => hub.asked.findLast(({ route }) => route === 'dictionaries.preview')?.body;
      await eventually(sent).toMatchObject({
        sample: { direction: 'write', current: { firstname: 'Jan' } },
        timeZone: 'Europe/Amsterdam',
      });
    });
  });

  it('shows lines, text and versions to those who may only read', limit, async () => {
    const asOperator = (hub: MockHub) => {
      hub.me = sampleMe('operator');
    };
    await work(
      contact,
      async ({ hub, page }) => {
        await page.getByRole('button', { name: 'jobtitle ↔ jobTitle' }).click();
        await page.getByRole('heading', { name: 'jobtitle ↔ jobTitle' }).waitFor();
        await page.getByText('Choose a line or a mapped field to see its rule.').waitFor();
        expect(await page.getByRole('button', { name: 'Publish…' }).count()).toBe(0);
        expect(await page.getByRole('tab', { name: 'Suggest' }).count()).toBe(0);
        await page.getByRole('tab', { name: 'Versions' }).click();
        await page.getByText('Web sites are carried').waitFor();
        await page.locator('.bench-views label').nth(2).click();
        const editor = page.getByRole('textbox', { name: 'Dictionary' });
        await editor.click();
        await page.keyboard.type('nothing');
        expect(await editor.textContent()).not.toContain('nothing');
        const writes = ['dictionaries.saveDraft', 'dictionaries.edit', 'dictionaries.publish'];
        expect(hub.asked.filter(({ route }) => writes.includes(route))).toEqual([]);
      },
      asOperator,
    );
  });

  it('leads from a loss to its rule, and begins a new dictionary', limit, async () => {
    await work('/dictionaries', async ({ hub, page }) => {
      await page.getByRole('tab', { name: 'Losses' }).click();
      await page.getByRole('link', { name: 'accountName' }).click();
      await page.getByRole('heading', { name: 'company ↔ accountName' }).waitFor();
      await page.getByRole('link', { name: 'Dictionaries' }).last().click();
      await page.getByRole('button', { name: 'New dictionary' }).waitFor();
      await page.keyboard.press('n');
      await pick(page, 'Connector', 'HubSpot');
      await page.getByRole('textbox', { name: 'Object' }).fill('companies');
      await page.getByRole('textbox', { name: 'File name' }).fill('company');
      await page.getByRole('button', { name: 'Begin the draft' }).click();
      await page.waitForURL('**/dictionaries/hubspot/company?panel=suggest');
      expect(documentOf(hub, 'hubspot/company')?.draft?.text).toContain('object: "companies"');
    });
  });
});

const documentOf = (hub: MockHub, name = 'hubspot/contact') => hub.documents.find((one) => one.name === name);
const draftOf = (hub: MockHub) => documentOf(hub)?.draft?.text ?? '';

/** Changes made quickly one after the other are one step back, so nobody counts them. */
async function undoAll(page: Page): Promise<void> {
  const undo = page.getByRole('button', { name: 'Undo' });
  do await undo.click();
  while (await undo.isEnabled());
}

async function addStep(page: Page, name: string): Promise<void> {
  await pick(page, 'Add a step', name, page.getByRole('list', { name: 'Steps' }).locator('..'));
}

/** Opens a choice, narrows it where that is possible, and takes the option of that very name. */
async function pick(page: Page, label: string, name: string, within: Pick<Page, 'getByRole'> = page): Promise<void> {
  const box = within.getByRole('combobox', { name: new RegExp(`^(?:\\* )?${label}$`, 'u') }).first();
  await box.click();
  if (await box.isEditable()) await box.fill(name);
  await page.locator(`.ant-select-item-option[title="${name}"]`).last().click();
}
