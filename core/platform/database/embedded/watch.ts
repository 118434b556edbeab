/** Starts the server again when it dies under the hub (killed for memory, say). Pools and leases reconnect by themselves. */
import type { Log } from '../../log/log.ts';
import type { Cluster } from './cluster.ts';
import { isAlive } from './processes.ts';

const lookEveryMs = 1000;

export interface Watch {
  /** Ends the watch and stops the server. */
  stop(): Promise<void>;
}

export function watchServer(first: Cluster, restart: () => Promise<Cluster>, log: Log): Watch {
  let cluster = first;
  let restarting: Promise<void> | null = null;
  const revive = async (): Promise<void> => {
    log.error({ pid: cluster.pid }, 'The embedded PostgreSQL ended unexpectedly; starting it again');
    try {
      cluster = await restart();
      log.info({ pid: cluster.pid }, 'The embedded PostgreSQL is back');
      if (cluster.access.port !== first.access.port) {
        log.fatal('Its port was taken meanwhile, so it listens on another; restart the hub');
      }
    } catch (error) {
      log.error({ err: error }, 'The embedded PostgreSQL could not be started again; trying once more');
    }
    restarting = null;
  };
  const timer = setInterval(() => {
    if (restarting === null && !isAlive(cluster.pid)) restarting = revive();
  }, lookEveryMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await restarting;
      await cluster.stop();
    },
  };
}
