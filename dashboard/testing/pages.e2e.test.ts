import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithChromium } from '../../test/services.ts';
import { axeFindings, buildDashboard, launch, snap, type Look } from './browser.ts';
import { answerCall, crmAnswers, hangUp, ring, type ScriptedCall } from './mock-script.ts';
import { sampleCandidate } from './sample-records.ts';
import { english, eventually, hasOwnFindings, looks, quiet, visitWith, type Stage, type Visit } from './stage.ts';

/** Each page, and a heading by which it is known to be there (English). */
const pages: readonly (readonly [name: string, path: string])[] = [
  ['start', '/start'],
  ['desk', '/desk'],
  ['live', '/live'],
  ['interactions', '/interactions'],
  ['interaction', '/interactions/i-1'],
  ['directory', '/directory'],
  ['contact', '/directory?contact=c-1'],
  ['import', '/directory/import'],
  ['connections', '/connections'],
  ['connector-choice', '/connections/new'],
  ['new-connection', '/connections/new?connector=asterisk-ami'],
  ['connection', '/connections/pbx'],
  ['writes', '/writes'],
  ['dead-letters', '/writes?view=dead'],
  ['users', '/access'],
  ['api-keys', '/access?view=keys'],
  ['settings', '/settings'],
  ['lost', '/nowhere'],
];

describeWithChromium('the dashboard in a browser', (executablePath) => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildDashboard('pages'), launch(executablePath)]);
  }, 180_000);
  afterAll(() => browser.close());

  const visit: Visit = (look, go, prepare) => visitWith({ browser, folder }, look, go, prepare);

  describe.each(looks)('in $language, $theme', (look) => {
    it('shows every page whole, and without an axe finding', { timeout: 240_000 }, async () => {
      await visit(look, async ({ server, page }) => {
        for (const [name, path] of pages) {
          await page.goto(server.url + path);
          await quiet(page);
          await snap(page, name, look);
          if (hasOwnFindings(look)) expect(await axeFindings(page), name).toEqual([]);
          const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
          expect(isWide, `${name} scrolls sideways`).toBe(false);
        }
      });
    });

    it('sets up and signs in', { timeout: 60_000 }, async () => {
      await visit(
        look,
        async ({ hub, server, page }) => {
          await page.goto(server.url);
          await page.locator('input[type="password"]').waitFor();
          await snap(page, 'set-up', look);
          expect(await axeFindings(page)).toEqual([]);
          hub.setUpNeeded = false;
          await page.goto(`${server.url}/live`);
          await page.locator('input[type="password"]').waitFor();
          await snap(page, 'sign-in', look);
          expect(await axeFindings(page)).toEqual([]);
        },
        (hub) => {
          hub.signedIn = false;
          hub.setUpNeeded = true;
        },
      );
    });

    it('pops a call in two stages and takes it to its wrap-up', { timeout: 90_000 }, async () => {
      await visit(look, async (stage) => tellTheCall(stage, look));
    });
  });

  async function tellTheCall({ hub, server, page }: Stage, look: Look): Promise<void> {
    const shoot = async (name: string) => {
      await snap(page, `desk-${name}`, look);
      expect(await axeFindings(page), name).toEqual([]);
    };
    await page.setViewportSize({ width: 320, height: 720 });
    await page.goto(`${server.url}/desk`);
    await quiet(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: look.width, height: 860 });
    await eventually(() => hub.deskListeners.size).toBe(1);
    const script = ring(hub, 'x-1', Date.now());
    await page.getByRole('heading', { name: '+31 20 123 4567' }).waitFor();
    await shoot('pop-first');
    crmAnswers(hub, script);
    await page.getByRole('heading', { name: 'Jan de Vries' }).waitFor();
    await shoot('pop-second');
    answerCall(hub, script, Date.now());
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByRole('textbox').waitFor();
    await shoot('call');
    ring(hub, 'x-2', Date.now(), severalMatches());
    await page.getByRole('button', { name: /王伟/u }).first().waitFor();
    await shoot('pop-choose');
    await page.keyboard.press('n');
    await page.locator('form[id^="new-"]').waitFor();
    await shoot('pop-create');
    hangUp(hub, script, Date.now());
    await page.setViewportSize({ width: 320, height: 720 });
    await snap(page, 'desk-narrow', { ...look, width: 320 });
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }

  describe('the desk', () => {
    const pop = (page: Page) => page.getByRole('region', { name: 'Incoming call' });
    const openDesk = async ({ server, hub }: Stage, page: Page) => {
      await page.goto(`${server.url}/desk`);
      await quiet(page);
      await eventually(() => hub.deskListeners.size).toBe(1);
    };

    it('pops in one of six tabs, and in another one once that is closed', { timeout: 90_000 }, async () => {
      await visit(english, async (stage) => {
        const { hub, context, page } = stage;
        const tabs = [page];
        while (tabs.length < 6) tabs.push(await context.newPage());
        for (const tab of tabs) await openDesk(stage, tab);
        const first = ring(hub, 'x-1', Date.now());
        await pop(page).waitFor();
        const shown = () => Promise.all(tabs.map((tab) => pop(tab).count()));
        expect(await shown()).toEqual([1, 0, 0, 0, 0, 0]);
        await tabs[1]?.getByText('Your desk is open in another tab', { exact: false }).waitFor();

        answerCall(hub, first, Date.now());
        await tabs[4]?.getByRole('article').waitFor();
        await page.close();
        await eventually(() => hub.deskListeners.size).toBe(1);
        const second = ring(hub, 'x-2', Date.now());
        expect(second.pop.state).toBe('shown');
        const rest = tabs.slice(1);
        const counts = async () =>
          (await Promise.all(rest.map((tab) => pop(tab).count()))).filter((count) => count > 0).length;
        await eventually(counts).toBe(1);

        await tabs[5]?.getByRole('button', { name: 'Use this tab' }).click();
        await eventually(async () => (tabs[5] === undefined ? 0 : pop(tabs[5]).count())).toBeGreaterThan(0);
        await eventually(counts).toBe(1);
      });
    });

    it('agrees on one tab without Web Locks too, as on plain HTTP', { timeout: 60_000 }, async () => {
      await visit(english, async (stage) => {
        const { hub, context, page } = stage;
        await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
        await openDesk(stage, page);
        const second = await context.newPage();
        await openDesk(stage, second);
        await second.getByText('Your desk is open in another tab', { exact: false }).waitFor();
        ring(hub, 'x-1', Date.now());
        await pop(page).waitFor();
        expect(await pop(second).count()).toBe(0);
        await second.getByRole('button', { name: 'Use this tab' }).click();
        await pop(second).waitFor();
        await eventually(() => pop(page).count()).toBe(0);
        await second.close();
        await pop(page).waitFor();
      });
    });

    it('is whole again after a refresh in mid-call, unsaved notes included', { timeout: 60_000 }, async () => {
      await visit(english, async (stage) => {
        const { hub, page } = stage;
        await openDesk(stage, page);
        const script = ring(hub, 'x-1', Date.now());
        crmAnswers(hub, script);
        answerCall(hub, script, Date.now());
        await pop(page).getByRole('button', { name: 'This is the caller' }).click();
        const work = page.getByRole('article', { name: 'Call with Jan de Vries' });
        await page.route('**/api/desk/wrap-ups/*', (route) => route.abort());
        await work.getByRole('textbox', { name: 'Notes' }).fill('wants a quote');
        await page.reload();
        await work.getByText('Talking').waitFor();
        expect(await work.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('wants a quote');
        await page.unroute('**/api/desk/wrap-ups/*');
        await work.getByText('Saved', { exact: true }).waitFor({ timeout: 15_000 });
        expect(hub.wrapUps.get('x-1')?.notes).toBe('wants a quote');
        expect(await work.getByRole('button', { name: 'Hang up' }).isVisible()).toBe(true);

        hangUp(hub, script, Date.now());
        await work.getByText('Answered').waitFor();
        expect(await work.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('wants a quote');
        await work.getByRole('button', { name: 'Finish wrap-up' }).click();
        await work.waitFor({ state: 'detached' });
        expect(hub.wrapUps.get('x-1')).toMatchObject({ notes: 'wants a quote', completed: true });
      });
    });

    it('goes on by cursor when the stream breaks, and says so meanwhile', { timeout: 60_000 }, async () => {
      await visit(english, async (stage) => {
        const { hub, server, page } = stage;
        await openDesk(stage, page);
        await page.route('**/api/desk/events*', (route) => route.abort());
        server.dropStreams();
        await page.getByText('Connection lost', { exact: false }).waitFor();
        ring(hub, 'x-1', Date.now());
        await page.unroute('**/api/desk/events*');
        await pop(page).waitFor({ timeout: 20_000 });
        await eventually(() => page.getByText('Connection lost', { exact: false }).count()).toBe(0);
      });
    });

    it('never takes keys or focus from someone who types', { timeout: 60_000 }, async () => {
      await visit(english, async (stage) => {
        const { hub, page } = stage;
        await openDesk(stage, page);
        const script = ring(hub, 'x-1', Date.now());
        answerCall(hub, script, Date.now());
        await pop(page).getByRole('button', { name: 'Close' }).click();
        const notes = page.getByRole('article').getByRole('textbox', { name: 'Notes' });
        await notes.click();
        await notes.pressSequentially('one');
        ring(hub, 'x-2', Date.now(), severalMatches());
        await pop(page).waitFor();
        await page.keyboard.type(' 1 n ? gd');
        hangUp(hub, script, Date.now());
        await page.getByRole('article').getByText('Answered').waitFor();
        await page.keyboard.type(' two');
        expect(await notes.inputValue()).toBe('one 1 n ? gd two');
        expect(hub.asked.some(({ route }) => route === 'desk.acknowledgePop')).toBe(false);
      });
    });

    it('lets a key choose among several, and a form make a new contact once', { timeout: 60_000 }, async () => {
      await visit(english, async (stage) => {
        const { hub, page } = stage;
        await openDesk(stage, page);
        ring(hub, 'x-1', Date.now(), severalMatches());
        await pop(page).waitFor();
        await page.keyboard.press('2');
        await pop(page).waitFor({ state: 'detached' });
        expect(hub.asked.at(-1)).toEqual({ route: 'desk.acknowledgePop', body: { contactId: 'c-2' } });

        ring(hub, 'x-2', Date.now());
        await pop(page).waitFor();
        await page.keyboard.press('n');
        await page.getByRole('textbox', { name: 'Last name' }).fill('Jansen');
        await page.getByRole('button', { name: 'Save' }).click();
        await pop(page).waitFor({ state: 'detached' });
        const made = hub.asked.find(({ route }) => route === 'contacts.create');
        expect(made?.body).toMatchObject({ lastName: 'Jansen', intentKey: 'pop:pop-x-2' });
      });
    });
  });

  it('marks the field at fault when a connection is tested, and saves what passes', { timeout: 60_000 }, async () => {
    await visit(english, async ({ hub, server, page }) => {
      await page.goto(`${server.url}/connections/new?connector=asterisk-ami`);
      await page.getByRole('textbox', { name: 'Host' }).fill('pbx.example.com');
      await page.getByRole('textbox', { name: 'User name' }).fill('tieline');
      await page.getByRole('textbox', { name: 'Secret' }).fill('wrong');
      await page.getByRole('button', { name: 'Test only' }).click();
      await page.getByText('The test found a fault').waitFor();
      const secret = page.getByRole('textbox', { name: 'Secret' });
      expect(await secret.getAttribute('aria-invalid')).toBe('true');
      await secret.fill('right-secret');
      await page.getByRole('button', { name: 'Test and save' }).click();
      await page.waitForURL('**/connections');
      const made = hub.asked.find(({ route }) => route === 'connections.create');
      expect(made?.body).toMatchObject({ config: { host: 'pbx.example.com', port: 5038, password: 'right-secret' } });
    });
  });

  it('asks to sign in again when the session has ended, and goes back to the page', { timeout: 60_000 }, async () => {
    await visit(english, async ({ hub, server, page }) => {
      await page.goto(`${server.url}/desk`);
      await quiet(page);
      hub.signedIn = false;
      server.dropStreams();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByLabel('E-mail').fill('ada@example.com');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('E-mail or password is wrong.').waitFor();
      await page.getByLabel('Password', { exact: true }).fill('a right sentence');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL('**/desk');
      await page.getByRole('heading', { name: 'Desk' }).waitFor();
    });
  });

  it('takes a removed contact back on undo', { timeout: 60_000 }, async () => {
    await visit(english, async ({ hub, server, page }) => {
      await page.goto(`${server.url}/directory?contact=c-1`);
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      const row = page.getByRole('button', { name: 'Jan de Vries', exact: true });
      await eventually(() => row.count()).toBe(0);
      await page.getByRole('button', { name: 'Undo' }).click();
      await row.waitFor();
      expect(hub.asked.some(({ route }) => route === 'contacts.delete')).toBe(false);
    });
  });

  it('sends dead letters again and goes places by keyboard', { timeout: 60_000 }, async () => {
    await visit(english, async ({ hub, server, page }) => {
      await page.goto(`${server.url}/live`);
      await quiet(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'hidden' });
      await page.keyboard.press('g');
      await page.keyboard.press('w');
      await page.waitForURL('**/writes');
      await page.getByRole('tab', { name: 'Dead letters' }).click();
      await page.getByRole('button', { name: 'Send 1 again' }).click();
      await page.getByText('No dead letters').waitFor();
      expect(hub.asked.at(-1)).toEqual({ route: 'writes.redrive', body: { fingerprint: 'f-1' } });
    });
  });
});

function severalMatches(): Partial<ScriptedCall['pop']> {
  const second = { ...sampleCandidate, contactId: 'c-2', displayName: '王伟', accountName: '上海远东贸易有限公司' };
  return {
    target: 'choose',
    candidates: [sampleCandidate, second],
    reason: '2 records have this number.',
    reasonCode: 'severalMatches',
    reasonParams: { count: 2 },
  };
}
