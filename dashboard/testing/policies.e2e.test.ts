/** Policies as an integrator changes them and as others read them: by role and label, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithChromium } from '../../test/services.ts';
import { axeFindings, buildDashboard, launch, snap, type Look } from './browser.ts';
import type { MockHub } from './mock-hub.ts';
import { unknownQueue } from './mock-policy-answers.ts';
import { sampleMe } from './sample-hub.ts';
import { english, eventually, hasOwnFindings, looks, quiet, visitWith, type Stage, type Visit } from './stage.ts';

const limit = { timeout: 90_000 };
const desk = '/settings/desk';
const directory = '/settings/directory';
const journal = '/connections/crm/journal';

/** Each view, and what opens the part of it that is not there at first: independent of the language. */
const views: readonly (readonly [name: string, path: string, open?: (page: Page) => Promise<void>])[] = [
  ['settings-desk', desk],
  ['settings-desk-rule', desk, (page) => openRow(page, 0)],
  ['settings-directory', directory],
  ['settings-number-rule', directory, openNumberRule],
  ['settings-try-number', directory, tryNumber],
  ['connection-journal', journal],
];

async function openRow(page: Page, row: number): Promise<void> {
  await page.getByRole('main').getByRole('listitem').nth(row).getByRole('button').first().click();
  await page.getByRole('dialog').getByRole('radiogroup').waitFor();
}
async function openNumberRule(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).getByRole('button').first().click();
  await page.getByRole('dialog').getByRole('textbox').first().waitFor();
}
async function tryNumber(page: Page): Promise<void> {
  await page.getByRole('main').locator('input[type="tel"]').fill('020 123 4567');
  await page.keyboard.press('Enter');
  await page.getByText('Jan de Vries').waitFor();
}

describeWithChromium('policies in a browser', (executablePath) => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildDashboard('policies'), launch(executablePath)]);
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

  async function looksRight(page: Page, name: string, look: Look): Promise<void> {
    await snap(page, name, look);
    if (hasOwnFindings(look)) expect(await axeFindings(page), name).toEqual([]);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isWide, `${name} scrolls sideways at ${look.width}`).toBe(false);
  }

  describe.each(looks)('in $language, $theme', (look) => {
    it('shows every view whole, and without an axe finding', { timeout: 240_000 }, async () => {
      await visit(look, async ({ server, page }) => {
        // A narrow page is laid out alike in every look: two of them are enough.
        for (const width of hasOwnFindings(look) ? [look.width, 320] : [look.width]) {
          await page.setViewportSize({ width, height: 860 });
          for (const [name, path, open] of views) {
            await page.goto(server.url + path);
            await quiet(page);
            await open?.(page);
            await looksRight(page, name, { ...look, width });
          }
        }
      });
    });
  });

  it('changes a rule in a form at the side, and says it in words while one chooses', limit, async () => {
    await work(desk, async ({ hub, page }) => {
      await page
        .getByRole('button', { name: 'Edit: Incoming calls of queue support pop when the phone rings' })
        .click();
      const form = page.getByRole('dialog', { name: 'Change the rule' });
      await form.getByRole('textbox', { name: 'Queue' }).fill('service');
      await form.getByRole('radio', { name: /^When an agent answers/u }).check();
      await form.getByText('Incoming calls of queue service pop when an agent answers').waitFor();
      await form.getByRole('button', { name: 'Apply' }).click();
      await rule(page, 'Incoming calls of queue service pop when an agent answers').waitFor();
      expect(hub.asked).toEqual([]);
      await save(page);
      expect(hub.policies.desk.popRules[0]).toEqual({ direction: 'inbound', queue: 'service', trigger: 'answer' });
    });
  });

  it('puts a new rule where it decides, and says which rule is in the way of another', limit, async () => {
    await work(desk, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Add a rule' }).click();
      const form = page.getByRole('dialog', { name: 'New rule' });
      await form.getByRole('textbox', { name: 'Queue' }).fill('sales');
      await page.keyboard.press('Enter');
      await rule(page, 'All calls of queue sales pop when the phone rings').waitFor();
      await eventually(() => rules(page)).toHaveLength(5);
      expect((await rules(page))[3]).toContain('queue sales');
      await page.getByRole('button', { name: 'Move up: All calls never pop' }).click();
      await page.getByText('Never decides: rule 4 above fits the same calls.').waitFor();
      await save(page);
      expect(hub.policies.desk.popRules.map(({ queue }) => queue)).toEqual([
        'support',
        undefined,
        undefined,
        undefined,
        'sales',
      ]);
    });
  });

  it('moves rules by keyboard, the focus goes along, and undo brings a removed one back', limit, async () => {
    await work(desk, async ({ hub, page }) => {
      const name = 'All calls never pop';
      await page.getByRole('button', { name: `Move up: ${name}` }).focus();
      for (const place of [3, 2, 1]) {
        await page.keyboard.press('Alt+ArrowUp');
        await page.getByText(`${name}: now place ${place} of 4`).waitFor();
      }
      expect(await focusedLabel(page)).toBe(`Move down: ${name}`);
      await page.keyboard.press('Enter');
      await eventually(async () => (await rules(page))[1]).toContain(name);

      await page.getByRole('button', { name: `Remove: ${name}` }).click();
      await eventually(() => rules(page)).toHaveLength(3);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
      await page.keyboard.press('Enter');
      await eventually(() => rules(page)).toHaveLength(4);
      await save(page);
      expect(hub.policies.desk.popRules.map(({ trigger }) => trigger)).toEqual(['ring', 'never', 'offer', 'answer']);
    });
  });

  it('shows what the hub refuses at the rule and at its field, and saves once it is mended', limit, async () => {
    await work(desk, async ({ hub, page }) => {
      const said = `No phone system has a queue ${unknownQueue}.`;
      const list = page.getByRole('list', { name: 'When desks pop' });
      await setQueue(page, 'Edit: Incoming calls of queue support pop when the phone rings', unknownQueue);
      await page.getByRole('button', { name: 'Save' }).click();
      await list.getByText(said).waitFor();
      await page.getByRole('alert').getByText(said).waitFor();
      expect(hub.policies.desk.popRules[0]).toMatchObject({ queue: 'support' });

      await list.getByRole('button', { name: /^Edit: .*no-such-queue/u }).click();
      const field = page.getByRole('dialog').getByRole('textbox', { name: 'Queue' });
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      await page.getByRole('dialog').getByText(said).waitFor();
      await field.fill('service');
      await page.keyboard.press('Enter');
      await list.getByText(said).waitFor({ state: 'detached' });
      await save(page);
      expect(hub.policies.desk.popRules[0]).toMatchObject({ queue: 'service' });
    });
  });

  it('keeps dispositions in the order agents see, none blank and none twice', limit, async () => {
    await work(desk, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Add a disposition' }).click();
      await eventually(() => focusedLabel(page)).toBe('Disposition 6');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Give it a name, or remove it.').waitFor();
      await page.keyboard.type('resolved');
      await page.getByText('This name stands above already.').waitFor();
      await page.getByRole('textbox', { name: 'Disposition 6' }).fill('Callback agreed ');
      await page.getByRole('button', { name: 'Move up: Callback agreed' }).click();
      await page.getByRole('button', { name: 'Remove: wrongNumber' }).click();
      await save(page);
      const held = ['resolved', 'followUp', 'salesLead', 'Callback agreed', 'Warranty claim'];
      expect(hub.policies.desk.dispositions).toEqual(held);
    });
  });

  it('asks before changes are lost, within the page and on the way out', limit, async () => {
    await work(desk, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Remove: followUp' }).click();
      await page.getByText('Not saved yet').waitFor();
      await page.getByRole('tab', { name: 'Directory' }).click();
      const question = page.getByRole('dialog', { name: 'Leave without saving?' });
      await question.getByRole('button', { name: 'Stay' }).click();
      await question.waitFor({ state: 'hidden' });
      expect(await page.getByRole('tab', { name: 'Desk' }).getAttribute('aria-selected')).toBe('true');
      await page.getByRole('button', { name: 'Discard changes' }).click();
      await page.getByRole('button', { name: 'Remove: followUp' }).waitFor();
      await page.getByRole('tab', { name: 'Directory' }).click();
      await page.waitForURL(`**${directory}`);
      expect(hub.asked).toEqual([]);
    });
  });

  it('orders the ways to find a record and what happens then', limit, async () => {
    await work(directory, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Use: Same number and extension' }).click();
      await page.getByRole('button', { name: 'Move up: Same number and extension' }).click();
      await page.getByRole('button', { name: 'Remove: Number ends alike' }).click();
      await page.getByRole('spinbutton', { name: 'Digits that must be the same' }).fill('9');
      await page.getByRole('checkbox', { name: 'Inactive' }).uncheck();
      await pick(page, 'Several records match', 'Decide later');
      await page.getByRole('combobox', { name: 'Own e-mail domains' }).fill('example.org');
      await page.keyboard.press('Enter');
      await save(page);
      expect(hub.policies.directory).toMatchObject({
        version: 4,
        matchPolicy: {
          keys: ['correlation', 'e164', 'numberAndExtension'],
          suffixDigits: 9,
          excludeStates: ['converted'],
          ownCompany: { domains: ['example.com', 'example.org'] },
          actions: { several: 'park', one: 'auto' },
        },
      });
    });
  });

  it('marks what a number rule may not hold, then what the hub refuses of it', limit, async () => {
    await work(directory, async ({ hub, page }) => {
      await page.getByRole('button', { name: 'Add a number rule' }).click();
      const form = page.getByRole('dialog', { name: 'New number rule' });
      await form.getByRole('textbox', { name: 'Area code' }).fill('abc');
      await form.getByRole('button', { name: 'Apply' }).click();
      await form.getByText('Choose a country.').waitFor();
      await form.getByText('One to five digits.').waitFor();
      await form.getByRole('textbox', { name: 'Area code' }).fill('212');
      await pick(page, 'Country', 'United States (US)', form);
      await form.getByRole('textbox', { name: 'Trunk' }).fill('PJSIP/nyc');
      await form.getByRole('button', { name: 'Apply' }).click();
      const table = page.getByRole('region', { name: 'Number rules' }).getByRole('table');
      await table.getByRole('rowheader', { name: 'Trunk PJSIP/nyc' }).waitFor();
      hub.policies.refusedRegion = 'US';
      await page.getByRole('button', { name: 'Save' }).click();
      await table.getByText('US is no country code.').waitFor();
      await page.getByRole('button', { name: 'Edit: Trunk PJSIP/nyc' }).click();
      await page.getByRole('dialog').getByText('US is no country code.').waitFor();
      await pick(page, 'Country', 'Canada (CA)', page.getByRole('dialog'));
      await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
      await save(page);
      expect(hub.policies.directory.numberRules.at(-1)).toEqual({
        defaultRegion: 'CA',
        areaCode: '212',
        trunk: 'PJSIP/nyc',
      });
    });
  });

  it('never overwrites what someone else saved, and loads theirs', limit, async () => {
    await work(directory, async ({ hub, page }) => {
      await page.getByRole('checkbox', { name: 'Inactive' }).uncheck();
      hub.policies.directory = { ...hub.policies.directory, numberRules: [], version: 9 };
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Somebody else changed these settings meanwhile.', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Load what is stored now' }).click();
      await page.getByText('No rules').waitFor();
      expect(await page.getByRole('checkbox', { name: 'Inactive' }).isChecked()).toBe(true);
      expect(hub.policies.directory.version).toBe(9);
    });
  });

  it('says who has a number', limit, async () => {
    await work(directory, async ({ page }) => {
      await page.getByRole('textbox', { name: 'Number to try' }).fill('020 123 4567');
      await page.getByRole('button', { name: 'Look it up' }).click();
      await page.getByText('020 123 4567 belongs to 1 contact:').waitFor();
      await page.getByRole('textbox', { name: 'Number to try' }).fill('0800 1111');
      await page.keyboard.press('Enter');
      await page.getByText('The directory knows no active contact with 0800 1111.').waitFor();
    });
  });

  it('decides what is written to a CRM, and marks the number the hub refuses', limit, async () => {
    await work('/connections/crm', async ({ hub, page }) => {
      await page.getByRole('tab', { name: 'Journal' }).click();
      await page.getByRole('radio', { name: /^Write once, complete/u }).check();
      await page.getByRole('spinbutton', { name: 'Wait for the wrap-up at most' }).fill('300');
      await page.getByRole('radio', { name: /^One per agent/u }).check();
      await page.getByRole('checkbox', { name: 'Internal' }).check();
      await page.getByRole('spinbutton', { name: 'Shortest talk' }).fill('2.5');
      const ignored = page.getByRole('combobox', { name: 'Numbers never written' });
      await ignored.fill('reception');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('.field-fault').getByText('reception is no number.').waitFor();
      expect(await ignored.getAttribute('aria-invalid')).toBe('true');
      await ignored.focus();
      await page.keyboard.press('Backspace');
      await save(page);
      expect(hub.policies.journal.get('crm')).toMatchObject({
        mode: 'allAtOnce',
        maxWaitSecs: 300,
        granularity: 'agent',
        directions: ['inbound', 'outbound', 'internal'],
        minTalkMs: 2500,
        ignoredNumbers: ['+31900*', '1099'],
      });
    });
  });

  it('shows policies to those who may only read them, and no journal for a switch', limit, async () => {
    const asOperator = (hub: MockHub) => {
      hub.me = sampleMe('operator');
    };
    await work(
      desk,
      async ({ server, page }) => {
        await page.getByText('You may look at these settings.', { exact: false }).waitFor();
        await page.getByText('Incoming calls of queue support pop when the phone rings').waitFor();
        expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
        for (const path of [directory, journal]) {
          await page.goto(server.url + path);
          await page.getByText('You may look at these settings.', { exact: false }).waitFor();
          expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
          expect(await page.getByRole('checkbox', { disabled: false }).count()).toBe(0);
          expect(await axeFindings(page)).toEqual([]);
        }
        await page.goto(`${server.url}/connections/pbx/journal`);
        await page.getByRole('heading', { name: 'Head office PBX' }).waitFor();
        expect(await page.getByRole('tab').count()).toBe(0);
      },
      asOperator,
    );
  });

  it('says what lists are for while they are empty, and what failed', limit, async () => {
    await work(
      desk,
      async ({ hub, server, page }) => {
        await page.getByText('Desks never pop').waitFor();
        await page.getByText('Agents choose nothing').waitFor();
        hub.connections = [];
        await page.goto(`${server.url}${journal}`);
        await page.getByText('There is no connection with this id.', { exact: false }).waitFor();
      },
      (hub) => {
        hub.policies.desk = { popRules: [], dispositions: [] };
      },
    );
  });
});

const rule = (page: Page, sentence: string) =>
  page.getByRole('list', { name: 'When desks pop' }).getByText(sentence, { exact: true });
const rules = (page: Page) =>
  page.getByRole('list', { name: 'When desks pop' }).getByRole('listitem').allTextContents();
const focusedLabel = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
}

async function setQueue(page: Page, edit: string, queue: string): Promise<void> {
  await page.getByRole('button', { name: edit }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Queue' }).fill(queue);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Opens a choice, narrows it where that is possible, and takes the option of that very name. */
async function pick(page: Page, label: string, name: string, within: Pick<Page, 'getByRole'> = page): Promise<void> {
  const box = within.getByRole('combobox', { name: label, exact: true });
  await box.click();
  if (await box.isEditable()) await box.fill(name);
  await page.locator(`.ant-select-item-option[title="${name}"]`).last().click();
}
