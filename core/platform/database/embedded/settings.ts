/** Settings of the embedded server: a small machine, one application, nothing durable given away. */
export interface ServerSettings {
  readonly port: number;
  /** Off only for test clusters, whose content nobody misses after a power cut. */
  readonly isDurable: boolean;
  readonly maxConnections: number;
}

export function serverFlags({ port, isDurable, maxConnections }: ServerSettings): string[] {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    // TCP on loopback with a password needs no socket folder that every user could reach.
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '96MB',
    effective_cache_size: '512MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '1GB',
    // Nobody replicates from an embedded server, so the log carries only what crash recovery needs.
    wal_level: 'minimal',
    max_wal_senders: 0,
    // The hub's queries are short: compiling and parallel workers cost more than they save on two cores.
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    max_worker_processes: 2,
    io_method: 'sync',
    autovacuum_max_workers: 2,
    fsync: isDurable ? 'on' : 'off',
    synchronous_commit: isDurable ? 'on' : 'off',
    full_page_writes: isDurable ? 'on' : 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

export const initFlags: readonly string[] = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // The builtin provider sorts by code point and is the same on every machine; the C library's is not.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--no-instructions',
];
