import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listConnections, updateConnection } from '#core/contract/api/connections.ts';
import { listContacts } from '#core/contract/api/directory.ts';
import { interactionWrites, listInteractions, liveSnapshot } from '#core/contract/api/interactions.ts';
import { demoGet } from '#core/contract/api/system.ts';
import { listWrites } from '#core/contract/api/writes.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { HubClient } from '#core/tools/hub-client.ts';
import { HubProcess } from '../faults/hub-process.ts';
import { waitFor } from '../faults/wait.ts';
import { describeWithChromium } from '../services.ts';
import { launchChromium, openPerson, picture, toldNotices } from './browser.ts';
import {
  administrator,
  callsIn,
  noteOfFollower,
  noticeIn,
  openPlace,
  popIn,
  setUp,
  showing,
  startDemo,
} from './desk.ts';
import { storedRows } from './stored-rows.ts';
import { wordsIn, type Language, type Words } from './words.ts';

/** What the demo's CRM page itself reads. */
const crmState = z.object({
  counts: z.object({ calls: z.number(), duplicates: z.number() }),
  calls: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })),
});

const stepMs = 240_000;

class Stage {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'tieline-e2e-'));
  readonly t: Words;
  hub!: HubProcess;
  client!: HubClient;
  person!: BrowserContext;
  page!: Page;
  tabs: readonly Page[] = [];
  rowsAtFirst: Record<string, number> = {};

  constructor(readonly language: Language) {
    this.t = wordsIn(language);
  }

  async open(browser: Browser): Promise<void> {
    this.hub = await HubProcess.start({ dataDir: this.dataDir });
    this.client = this.hub.client();
    this.person = await openPerson(browser, this.language);
    this.page = await this.person.newPage();
    await this.page.goto(this.hub.url);
  }

  async close(): Promise<void> {
    await this.person?.close();
    await this.hub?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** A pop is on screen and the hub says, asked after it was seen, that this call still rings. */
  async ringingPop(page: Page): Promise<Interaction> {
    return waitFor(
      'A pop while the phone rings',
      async () => {
        await popIn(page, this.t).getByText(this.t('status.phase.ringing')).first().waitFor();
        const { interactions } = await this.client.call(liveSnapshot);
        return interactions.find((one) => one.phase === 'ringing' && one.ringing.includes('1001'));
      },
      (found) => found !== undefined,
      stepMs,
    ).then((found) => found as Interaction);
  }

  async interaction(id: string): Promise<Interaction | undefined> {
    const { items } = await this.client.call(listInteractions, { query: { limit: 200 } });
    return items.find((one) => one.id === id);
  }

  async crm(): Promise<z.output<typeof crmState>> {
    const { crmUrl } = await this.client.call(demoGet);
    return crmState.parse(await (await fetch(`${crmUrl ?? ''}/ui/state`)).json());
  }

  /** The same recordings, played slower or faster. */
  async playAt(speed: number): Promise<void> {
    const { items } = await this.client.call(listConnections);
    const replay = items.find(({ connectorId }) => connectorId === 'replay');
    if (replay === undefined) throw new Error('The demo has no replay connection.');
    const { config } = replay;
    await this.client.call(updateConnection, {
      params: { connectionId: replay.id },
      body: { config: { ...config, speed }, skipProbe: true },
    });
  }
}

describeWithChromium('first call', (chromium) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium);
  }, 60_000);
  afterAll(() => browser?.close());

  describe('in English', () => {
    const stage = new Stage('en');
    const { t } = stage;
    beforeAll(() => stage.open(browser), 120_000);
    afterAll(() => stage.close(), 60_000);

    it(
      'set up, tried with recorded calls: the caller stands on the desk while the phone rings',
      async () => {
        await setUp(stage.page, t);
        stage.rowsAtFirst = await storedRows(stage.dataDir);
        await startDemo(stage.page, t);
        const ringing = await stage.ringingPop(stage.page);
        await picture(stage.page, 'pop-while-ringing.en');
        expect(ringing.answerMs).toBeNull();
      },
      stepMs,
    );

    it(
      'after the hang-up one activity stands in the CRM, with true times, agent and outcome',
      async () => {
        const ended = await waitFor(
          'An answered call of this desk to end',
          async () => (await stage.client.call(listInteractions, { query: { limit: 50 } })).items,
          (items) => items.some(isAnsweredHere),
          stepMs,
        );
        const call = ended.find(isAnsweredHere) as Interaction;
        const crm = await waitFor(
          'Its activity',
          () => stage.crm(),
          (state) => activitiesOf(state, call).length > 0,
        );
        const [activity, ...more] = activitiesOf(crm, call);
        expect(more).toEqual([]);
        expect(activity?.properties).toMatchObject({
          hs_timestamp: new Date(call.startMs).toISOString(),
          hs_call_direction: 'INBOUND',
          hs_call_status: 'COMPLETED',
          hs_call_duration: String(call.talkMs),
          hs_call_to_number: expect.any(String) as string,
        });
        expect(activity?.properties['hs_call_body']).toContain(`${administrator.name} (1001)`);
        await waitFor(
          'Its one write is done',
          () => stage.client.call(interactionWrites, { params: { interactionId: call.id } }),
          ({ items }) => items.length === 1 && items[0]?.state === 'done',
        );

        await waitFor(
          'No pop left once its call is over',
          () => popIn(stage.page, t).count(),
          (count) => count === 0,
          stepMs,
        );

        const [crmPage] = await Promise.all([
          stage.person.waitForEvent('page'),
          stage.page.getByRole('link', { name: t('demo.crm') }).click(),
        ]);
        const title = activity?.properties['hs_call_title'] ?? '';
        await crmPage.getByRole('row').filter({ hasText: title }).first().waitFor();
        await crmPage.getByText('no duplicates').waitFor();
        await picture(crmPage, 'activities-in-the-crm.en');
        await crmPage.close();
      },
      stepMs,
    );

    it(
      'six tabs elsewhere: one of them tells of the call, and leads to its pop',
      async () => {
        await stage.playAt(0.2);
        const elsewhere = Array.from({ length: 5 }, () =>
          openPlace(stage.person, `${stage.hub.url}/settings`, t('places.settings')),
        );
        await stage.page.goto(`${stage.hub.url}/settings`);
        stage.tabs = [stage.page, ...(await Promise.all(elsewhere))];
        const telling = await waitFor(
          'A notice',
          () => showing(stage.tabs, (page) => noticeIn(page, t)),
          (pages) => pages.length > 0,
          stepMs,
        );
        expect(telling).toHaveLength(1);
        const [teller] = telling as [Page];
        await picture(teller, 'notice-on-another-page.en');
        await noticeIn(teller, t).first().click();
        await teller.getByRole('heading', { name: t('places.desk') }).waitFor();
        await waitFor(
          'The notice taken away',
          () => showing(stage.tabs, (page) => noticeIn(page, t)),
          (pages) => pages.length === 0,
        );
      },
      stepMs,
    );

    it(
      'six tabs at the desk: one pops, the others mirror it; when it is closed another one leads',
      async () => {
        const { tabs } = stage;
        for (const page of tabs) await page.goto(`${stage.hub.url}/desk`);
        await waitFor(
          'One leading tab of six',
          () => showing(tabs, (page) => noteOfFollower(page, t)),
          (followers) => followers.length === 5,
        );
        const { leader, followers } = await onePop(tabs);
        await picture(leader, 'six-tabs-leader.en');
        await picture(followers[0] as Page, 'six-tabs-follower.en');

        await leader.close();
        await waitFor(
          'Another tab leads',
          () => showing(followers, (page) => noteOfFollower(page, t)),
          (rest) => rest.length === 4,
        );
        const next = await onePop(followers);
        const told = await toldNotices(next.leader);
        expect(told.length).toBeGreaterThan(1);
        expect(new Set(told).size).toBe(told.length);
        for (const page of next.followers) await page.close();
        stage.page = next.leader;
      },
      2 * stepMs,
    );

    /** Waits for a ringing call of this desk: one tab pops it, every other shows the same call without a pop. */
    async function onePop(tabs: readonly Page[]): Promise<{ leader: Page; followers: Page[] }> {
      const popping = await waitFor(
        'A pop in one tab and the call in all others',
        async () => {
          const pops = await showing(tabs, (page) => popIn(page, t));
          const rest = tabs.filter((page) => !pops.includes(page));
          const mirrors = await showing(rest, (page) => callsIn(page).getByText(t('status.phase.ringing')));
          return { pops, rest, mirrors };
        },
        ({ pops, rest, mirrors }) => pops.length > 1 || (pops.length === 1 && mirrors.length === rest.length),
        stepMs,
      );
      expect(popping.pops).toHaveLength(1);
      return { leader: popping.pops[0] as Page, followers: popping.rest };
    }

    it(
      'a refresh in mid-call loses nothing: the call, its clock and the notes typed so far',
      async () => {
        const { page } = stage;
        const call = callsIn(page)
          .filter({ hasText: t('status.phase.talking') })
          .first();
        await call.waitFor({ timeout: stepMs });
        const name = await call.getByRole('heading').innerText();
        const before = seconds(await call.getByRole('timer').innerText());
        await call.getByLabel(t('desk.wrapUp.notes')).fill('Wants the offer by Friday\n周五之前要报价');
        await page.reload();

        const again = page.getByRole('article', { name: t('desk.work.label', { name }) });
        await again.getByText(t('status.phase.talking')).waitFor();
        expect(await again.getByLabel(t('desk.wrapUp.notes')).inputValue()).toBe(
          'Wants the offer by Friday\n周五之前要报价',
        );
        expect(seconds(await again.getByRole('timer').innerText())).toBeGreaterThanOrEqual(before);
        await picture(page, 'refreshed-in-mid-call.en');
        await stage.playAt(1);
      },
      stepMs,
    );

    it(
      'the demo is removed with one click, and nothing of it is left',
      async () => {
        const { crmUrl } = await stage.client.call(demoGet);
        await stage.page.getByRole('button', { name: t('demo.remove') }).click();
        await stage.page
          .getByRole('dialog')
          .getByRole('button', { name: t('demo.remove') })
          .click();
        await stage.page.getByRole('region', { name: t('demo.label') }).waitFor({ state: 'detached' });
        await callsIn(stage.page).first().waitFor({ state: 'detached' });
        await stage.page.getByRole('button', { name: t('desk.phone.take') }).waitFor();
        await picture(stage.page, 'demo-removed.en');

        const { client } = stage;
        expect(await client.call(demoGet)).toMatchObject({ running: false, connectionIds: [], callsPlayed: 0 });
        for (const route of [listInteractions, listContacts, listWrites] as const) {
          expect((await client.call(route, { query: { limit: 5 } })).items).toEqual([]);
        }
        expect((await client.call(listConnections)).items).toEqual([]);
        expect((await client.call(liveSnapshot)).interactions).toEqual([]);
        expect(existsSync(join(stage.dataDir, 'demo'))).toBe(false);
        await expect(fetch(crmUrl ?? '')).rejects.toThrow();
        await waitFor(
          'As many rows as before the demo',
          () => leftRows(stage),
          (left) => Object.keys(left).length === 0,
        );
      },
      stepMs,
    );
  });

  describe('in Chinese', () => {
    const stage = new Stage('zh-CN');
    beforeAll(() => stage.open(browser), 120_000);
    afterAll(() => stage.close(), 60_000);

    it(
      'the same way leads to a pop while the phone rings',
      async () => {
        await setUp(stage.page, stage.t);
        await startDemo(stage.page, stage.t);
        await stage.ringingPop(stage.page);
        await picture(stage.page, 'pop-while-ringing.zh-CN');
        await stage.page.getByRole('link', { name: stage.t('demo.crm') }).waitFor();
      },
      stepMs,
    );
  });
});

/** Owners of links and places in streams are numbers that only grow; one event tells the desk to load anew. */
const mayStay: Readonly<Record<string, number>> = { lease: Infinity, desk_cursor: Infinity, desk_event: 1 };

/** By table: how many more rows there are than before the demo. */
async function leftRows({ dataDir, rowsAtFirst }: Stage): Promise<Record<string, number>> {
  const more = Object.entries(await storedRows(dataDir)).map(([table, count]) => ({
    table,
    count: count - (rowsAtFirst[table] ?? 0),
  }));
  const left = more.filter(({ table, count }) => count > (mayStay[table] ?? 0));
  return Object.fromEntries(left.map(({ table, count }) => [table, count]));
}

function isAnsweredHere(one: Interaction): boolean {
  return !one.open && one.direction === 'inbound' && one.outcome === 'answered' && one.agent === '1001';
}

function activitiesOf(state: z.output<typeof crmState>, call: Interaction): z.output<typeof crmState>['calls'] {
  return state.calls.filter(({ properties }) => properties['tieline_key']?.startsWith(`tl-${call.id}`) === true);
}

/** `1:05` → 65. */
function seconds(clock: string): number {
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
