/** What every connector of the registry must keep to, played against its own fake remote (`testing/harness.ts`). */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { connectorRegistry } from '#connectors/registry.generated.ts';
import type { Outcome } from '#core/contract/connector.ts';
import { asHubError, HubError } from '#core/contract/errors.ts';
import { configFields, configJsonSchema, parseConfig } from '#core/kit/config-schema.ts';
import {
  httpFaults,
  type ConnectorHarness,
  type HarnessPeer,
  type HttpFault,
  type WaivableCase,
} from '#core/kit/testing/connector-harness.ts';
import type { AnyConnector } from '#core/connections/connectors.ts';
import { jsonObject } from '#core/contract/json.ts';
import { ContractHub } from './context.ts';

const root = join(import.meta.dirname, '..', '..', 'connectors');
const canary = 'canary-9b1f4e77-Sekret';

async function harnessOf(id: string): Promise<ConnectorHarness> {
  const path = join(root, id, 'testing', 'harness.ts');
  if (!existsSync(path)) throw new Error(`connectors/${id}/testing/harness.ts is missing.`);
  const module: { harness: ConnectorHarness } = await import(pathToFileURL(path).href);
  return module.harness;
}

for (const { manifest, load } of connectorRegistry) {
  const { id } = manifest;
  const connector: AnyConnector = await load();
  const harness = await harnessOf(id);
  const isSwitch = connector.facets.callEvents !== undefined;
  const hasRecords = connector.facets.records !== undefined;
  const ran = new Set<WaivableCase>();
  const closers: (() => Promise<void>)[] = [];

  const start = async (): Promise<{ peer: HarnessPeer; hub: ContractHub }> => {
    const peer = await harness.start({ secret: canary });
    const hub = new ContractHub(connector);
    closers.push(
      () => peer.close(),
      () => hub.close(),
    );
    return { peer, hub };
  };

  /** A case a connector may be excused from; an excuse for a case that does not apply to it is refused below. */
  const waivable = (name: WaivableCase, title: string, run: () => Promise<void>) => {
    ran.add(name);
    const reason = harness.waivers?.[name];
    if (reason === undefined) return test(title, run);
    return test(`${title} [waived: ${reason}]`, async () => {
      expect(reason.length).toBeGreaterThan(15);
      await expect(inTime(run()), 'the case holds: take the waiver away').rejects.toThrow();
    });
  };

  describe(id, () => {
    afterEach(async () => {
      for (const close of closers.splice(0).toReversed()) await close();
    });

    test('every config field has title and help in both languages', () => {
      const fields = configFields(connector.config);
      for (const { path, note } of fields) {
        expect(note, path).not.toBeNull();
        for (const text of [note?.title, note?.help]) {
          expect(text?.en.length, `${path}, English`).toBeGreaterThan(1);
          expect(text?.['zh-CN'], `${path}, Chinese`).toMatch(/\p{Script=Han}|^[\p{ASCII}]+$/u);
        }
        expect(note?.help['zh-CN'], `${path}: help in Chinese`).toMatch(/\p{Script=Han}/u);
      }
      expect(manifest.id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u);
      expect(connector.config.safeParse({ 'no-such-field': 1 }).success, 'the config must be strict').toBe(false);
    });

    test('the README has the table and examples that parse', async () => {
      const readme = await readFile(join(root, id, 'README.md'), 'utf8');
      const examples = [...readme.matchAll(/```json\n(?<body>[^`]*)```/gu)].map(
        (match) => match.groups?.['body'] ?? '',
      );
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) parseConfig(connector.config, jsonObject.parse(JSON.parse(example)));
      for (const { path } of configFields(connector.config)) expect(readme).toContain(`\`${path}\``);
    });

    test('opens and closes twenty times and leaves nothing', { timeout: 60_000 }, async () => {
      const { peer, hub } = await start();
      const count = () => process.getActiveResourcesInfo().filter((name) => /Timeout|TCPSocket|TLS/u.test(name)).length;
      const round = async () => {
        const session = isSwitch ? await hub.listen(peer.config) : await hub.open(peer.config);
        expect((await session.probe()).ok).toBe(true);
        await Promise.all([session.close(), session.close()]);
        await session.close();
      };
      await round();
      const before = count();
      for (let n = 0; n < 20; n += 1) await round();
      // A keep-alive pool may hold one idle connection; twenty sessions must not hold twenty.
      await expect.poll(() => peer.openSockets(), { timeout: 5000 }).toBeLessThanOrEqual(hasRecords ? 4 : 0);
      await expect.poll(count, { timeout: 5000 }).toBeLessThanOrEqual(before + 4);
    });

    test('what it says never holds the secret', async () => {
      const { peer, hub } = await start();
      const said: unknown[] = [configJsonSchema(connector.config)];
      if (peer.wrongCredentials !== null) {
        const wrong = await harness.start({ secret: 'the-other-one' });
        closers.push(() => wrong.close());
        const fields = configFields(connector.config).filter((field) => field.note?.secret === true);
        const withCanary = Object.fromEntries(fields.map((field) => [field.path, canary]));
        said.push(await new ContractHub(connector).refusal({ ...wrong.config, ...withCanary }));
      }
      const session = isSwitch ? await hub.listen(peer.config) : await hub.open(peer.config);
      said.push(await session.probe());
      await peer.calls?.sendGarbage();
      await peer.calls?.cutMidEvent();
      if (peer.calls !== undefined) said.push(await session.lost);
      await session.close();
      for (const fault of peer.records === undefined ? [] : httpFaults) said.push(await failedPush(hub, peer, fault));
      said.push(hub.notices, hub.errors);
      const text = said
        .map((value) => inspect(value, { depth: 12, showHidden: true }) + JSON.stringify(value))
        .join('\n');
      expect(text).not.toContain(canary);
      expect(text).not.toContain(Buffer.from(canary).toString('base64').replaceAll('=', ''));
    });

    waivable('wrongCredentials', 'wrong credentials name the field', async () => {
      const { peer, hub } = await start();
      const wrong = peer.wrongCredentials;
      if (wrong === null) throw new Error('The harness gives no wrong credentials.');
      const answer = await hub.refusal(wrong.config);
      if (answer instanceof HubError)
        expect(answer).toMatchObject({ code: 'auth.rejected', field: wrong.field, retry: 'never' });
      else
        expect(answer).toMatchObject({
          ok: false,
          checks: expect.arrayContaining([expect.objectContaining({ ok: false, field: wrong.field })]),
        });
    });

    waivable('abortOpen', 'an opening that is given up ends at once and leaves nothing', async () => {
      const { peer, hub } = await start();
      peer.stall();
      const abort = new AbortController();
      const opening = hub.open(peer.config, abort.signal).then((session) => session.probe());
      setTimeout(() => abort.abort(), 50);
      const outcome = await opening.catch((error: unknown) => asHubError(error));
      if (outcome instanceof HubError) expect(outcome.code).not.toBe('bug');
      else expect(outcome.ok).toBe(false);
      await expect.poll(() => peer.openSockets(), { timeout: 5000 }).toBe(0);
    });

    if (isSwitch) switchCases();
    if (hasRecords) recordCases();

    test('no waiver is without use', () => {
      const unused = Object.keys(harness.waivers ?? {}).filter((name) => !Array.from(ran, String).includes(name));
      expect(unused).toEqual([]);
    });
  });

  function switchCases(): void {
    waivable('linkLost', 'a connection cut in mid-event is reported lost, and the next session goes on', async () => {
      const { peer, hub } = await start();
      const session = await hub.listen(peer.config);
      await peer.calls?.playCall();
      await expect.poll(() => hub.types(), { timeout: 5000 }).toContain('callCleared');
      await peer.calls?.cutMidEvent();
      expect(await session.lost).toMatchObject({ code: 'link.lost' });
      const seen = hub.stored.length;
      await hub.listen(peer.config);
      await peer.calls?.playCall();
      await expect.poll(() => hub.types().slice(seen), { timeout: 5000 }).toContain('callCleared');
      expect(new Set(hub.stored.map((event) => event.eventId)).size).toBe(hub.stored.length);
    });

    waivable('pushRejected', 'what could not be stored comes again', async () => {
      const { peer, hub } = await start();
      const refused: string[] = [];
      const before = hub.cursor;
      hub.accepts = (events) => {
        refused.push(...events.map((event) => event.eventId));
        return false;
      };
      const session = await hub.listen(peer.config);
      const begun = hub.cursor ?? before;
      await peer.calls?.playCall();
      expect(await session.lost).toMatchObject({ code: 'link.lost' });
      await session.close();
      expect(refused.length).toBeGreaterThan(0);
      expect(hub.cursor ?? before).toEqual(begun);
      hub.accepts = () => true;
      await hub.listen(peer.config);
      await expect
        .poll(() => hub.stored.map((event) => event.eventId), { timeout: 8000 })
        .toEqual(expect.arrayContaining(refused));
    });

    waivable('duplicateDelivery', 'bytes that come twice do not make a second call', async () => {
      const { peer, hub } = await start();
      await hub.listen(peer.config);
      await peer.calls?.playCall();
      await expect.poll(() => hub.types(), { timeout: 5000 }).toContain('callCleared');
      const calls = () => new Set(hub.stored.flatMap((event) => (event.kind === 'call' ? [event.callId] : []))).size;
      const once = calls();
      await peer.calls?.repeatCall();
      await peer.calls?.playCall();
      await expect.poll(calls, { timeout: 5000 }).toBe(once + 1);
      expect(new Set(hub.stored.map((event) => event.eventId)).size).toBe(hub.stored.length);
      expect(hub.types().filter((type) => type === 'callCleared')).toHaveLength(once + 1);
    });

    waivable('garbage', 'bytes that are not the protocol are survived or end the link', async () => {
      const { peer, hub } = await start();
      const session = await hub.listen(peer.config);
      await peer.calls?.sendGarbage();
      await peer.calls?.playCall();
      const outcome = await Promise.race([
        session.lost.then(() => 'lost'),
        expect
          .poll(() => hub.types(), { timeout: 5000 })
          .toContain('callCleared')
          .then(() => 'went on'),
      ]);
      expect(['lost', 'went on']).toContain(outcome);
    });
  }

  function recordCases(): void {
    const codes: Readonly<Record<HttpFault, readonly string[]>> = {
      '401': ['auth.rejected', 'auth.expired'],
      '403': ['permission.denied', 'auth.rejected'],
      '429': ['remote.rateLimited'],
      '500': ['remote.unavailable', 'write.inDoubt'],
      reset: ['link.lost', 'remote.unavailable', 'write.inDoubt'],
      garbage: ['remote.garbled', 'write.inDoubt'],
    };
    for (const fault of httpFaults) {
      waivable(fault, `a push answered with ${fault} is told as what it is`, async () => {
        const { peer, hub } = await start();
        const failure = await failedPush(hub, peer, fault);
        if (failure instanceof HubError) {
          expect(codes[fault]).toContain(failure.code);
          if (fault === '429') expect(failure).toMatchObject({ retry: 'after', retryAfterMs: 7000 });
        } else {
          const allowed = {
            '429': ['retry'],
            '500': ['retry', 'inDoubt'],
            reset: ['retry', 'inDoubt'],
            garbage: ['inDoubt', 'retry'],
          };
          expect(Object.hasOwn(allowed, fault), `${fault} must fail the batch, not ${JSON.stringify(failure)}`).toBe(
            true,
          );
          expect(Object.entries(allowed).find(([name]) => name === fault)?.[1]).toContain(failure?.status);
        }
      });
    }

    waivable('duplicatePush', 'the same change pushed twice is one record', async () => {
      const { peer, hub } = await start();
      const { records } = await hub.open(peer.config);
      const change = peer.records?.change;
      if (records === undefined || peer.records === undefined || change === undefined)
        throw new Error('The harness has no records.');
      const before = peer.records.count();
      const [first] = await records.push(peer.records.object, [change]);
      const [second] = await records.push(peer.records.object, [change]);
      expect(first).toMatchObject({ status: 'done' });
      expect(second?.status).toMatch(/^(?:done|duplicate)$/u);
      expect(peer.records.count()).toBe(before + 1);
      expect(await records.findByKey(peer.records.object, change.key)).not.toBeNull();
      expect(await records.findByKey(peer.records.object, 'no-such-key')).toBeNull();
    });
  }
}

/** A waived case may wait for something that never comes. */
async function inTime(run: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('nothing came')), 2000);
  await Promise.race([run, late.promise]).finally(() => clearTimeout(timer));
}

async function failedPush(
  hub: ContractHub,
  peer: HarnessPeer,
  fault: HttpFault,
): Promise<HubError | Outcome | undefined> {
  const { records } = await hub.open(peer.config);
  if (records === undefined || peer.records === undefined) throw new Error('The harness has no records.');
  peer.records.failNext(fault);
  try {
    const [outcome] = await records.push(peer.records.object, [peer.records.change]);
    return outcome;
  } catch (error) {
    hub.errors.push(error);
    return asHubError(error);
  }
}
