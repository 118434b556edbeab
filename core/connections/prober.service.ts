import { Inject, Injectable } from '@nestjs/common';
import type { ProbeCheck, ProbeReport } from '#core/contract/connector.ts';
import type { HubError, HubErrorCode } from '#core/contract/errors.ts';
import { parseConfig } from '#core/kit/config-schema.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { cleanError, hiderOf } from './clean-error.ts';
import type { AnyConnector } from './connectors.ts';

export interface ProbeOrder {
  readonly connector: AnyConnector;
  /** With its secrets. */
  readonly config: JsonObject;
  readonly secrets: readonly string[];
  readonly tenantId: string;
}

const deadlineMs = 20_000;

/** Tries a configuration out: opens, asks, closes. Nothing is stored and no cursor moves. */
@Injectable()
export class Prober {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** A remote fault is an answer, not an exception. */
  async probe(order: ProbeOrder): Promise<ProbeReport> {
    const hide = hiderOf(order.secrets);
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      const report = await Promise.race([this.#ask(order, signal), overdue(signal)]);
      return { ok: report.ok, checks: report.checks.map((check) => ({ ...check, detail: hide(check.detail) })) };
    } catch (thrown) {
      const error = cleanError(signal.aborted ? signal.reason : thrown, hide);
      const connector = order.connector.manifest.id;
      if (error.code === 'bug') this.log.error({ err: error, connector }, 'A connector failed while it was probed');
      return { ok: false, checks: [checkOf(error, signal.aborted)] };
    }
  }

  async #ask({ connector, config, tenantId }: ProbeOrder, signal: AbortSignal): Promise<ProbeReport> {
    const session = await connector.open({
      connectionId: 'probe',
      tenantId,
      config: parseConfig(connector.config, config),
      signal,
      now: () => this.clock.now(),
      cursor: { get: () => Promise.resolve(null), set: () => Promise.resolve() },
      report: () => undefined,
    });
    try {
      return await session.probe();
    } finally {
      await session.close().catch(() => undefined);
    }
  }
}

function overdue(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function checkOf(error: HubError, isOverdue: boolean): ProbeCheck {
  const detail = isOverdue
    ? `It did not answer within ${deadlineMs / 1000} s. Check the address, and that a firewall lets the hub through.`
    : error.code === 'bug'
      ? 'The connector failed in an unforeseen way; the log has the details.'
      : error.message;
  const name = nameOf(error.code);
  return error.field === undefined ? { name, ok: false, detail } : { name, ok: false, detail, field: error.field };
}

function nameOf(code: HubErrorCode): ProbeCheck['name'] {
  if (code.startsWith('auth.')) return 'credentials';
  if (code === 'permission.denied') return 'privileges';
  if (code === 'remote.garbled') return 'version';
  return 'reachable';
}
