/** A Redis URL as the options object that `ioredis` and Nest's Redis transport share. */
export interface RedisOptions {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: Record<string, never>;
}

export function redisOptions(url: string): RedisOptions {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  const db = pathname.length > 1 ? Number(pathname.slice(1)) : undefined;
  return {
    host: hostname,
    port: port === '' ? 6379 : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(db !== undefined && Number.isInteger(db) && { db }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}
