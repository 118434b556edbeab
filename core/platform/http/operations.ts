/** Addresses for whoever runs the hub: alive, ready, metrics. Not part of the API, so they stand outside its contract. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '#core/contract/errors.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { isLoopbackName } from './request-shield.ts';

/** One thing the hub cannot work without; throws, or answers why not. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<string | null>;
}

const checkTimeoutMs = 3000;

export interface OperationsOptions {
  readonly checks: readonly ReadinessCheck[];
  readonly metrics: Metrics;
  readonly log: Log;
  readonly isDraining: () => boolean;
  /** Whether the request's credentials may read the metrics from another machine. */
  readonly mayReadMetrics: (request: FastifyRequest) => Promise<boolean>;
}

export function addOperations(scope: FastifyInstance, options: OperationsOptions): void {
  scope.get('/healthz', async () => ({ status: 'alive' }));
  scope.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(options.checks.map((check) => runCheck(check, options.log)));
    const drains = options.isDraining();
    const isReady = !drains && results.every(({ problem }) => problem === null);
    const checks = Object.fromEntries(results.map(({ name, problem }) => [name, problem ?? 'ok']));
    reply.code(isReady ? 200 : 503).header('cache-control', 'no-store');
    return { status: drains ? 'draining' : isReady ? 'ready' : 'not ready', checks };
  });
  scope.get('/metrics', async (request, reply) => {
    if (!isFromThisMachine(request) && !(await options.mayReadMetrics(request))) {
      throw new HubError(
        'auth.required',
        'Metrics are read from this machine, or with an API key that may read system state.',
      );
    }
    reply.type(options.metrics.registry.contentType);
    return options.metrics.registry.metrics();
  });
}

async function runCheck(item: ReadinessCheck, log: Log): Promise<{ name: string; problem: string | null }> {
  const { name } = item;
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve('no answer in time'), checkTimeoutMs);
  try {
    return { name, problem: await Promise.race([item.check(), late]) };
  } catch (error) {
    // Anyone may ask, and the reason may name hosts and users: it goes to the log alone.
    log.warn({ err: error, check: name }, 'A readiness check failed');
    return { name, problem: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy on this machine asks for someone else, and says so. */
function isFromThisMachine({ ip, headers }: FastifyRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
  return !isForwarded && isLoopbackName(ip.replace(/^::ffff:/, ''));
}
