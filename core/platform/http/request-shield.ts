/** Refuses requests a hostile web page could make a browser send. Pure: headers in, verdict out. */
import { HubError } from '#core/contract/errors.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface ShieldOptions {
  /** The address the hub listens on. */
  readonly listenHost: string;
  readonly publicUrl: string | undefined;
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function assertHonest(method: string, headers: Headers, options: ShieldOptions): void {
  assertKnownHost(headers, options);
  assertSameOrigin(method, headers, options);
}

/**
 * A page on evil.example may point its own name at 127.0.0.1 and read answers as "same origin" (DNS rebinding), so a
 * hub that listens on loopback only answers to loopback names and to its public one.
 */
function assertKnownHost(headers: Headers, options: ShieldOptions): void {
  if (!isLoopbackName(options.listenHost)) return;
  const name = hostName(one(headers['host']) ?? '');
  if (isLoopbackName(name) || (options.publicUrl !== undefined && name === hostName(options.publicUrl))) return;
  throw new HubError(
    'permission.denied',
    'This hub answers to local names only; set TIELINE_PUBLIC_URL to the name it is reached by.',
  );
}

/** Browsers say where a request comes from and pages cannot forge it; programs that say nothing are not browsers. */
function assertSameOrigin(method: string, headers: Headers, options: ShieldOptions): void {
  if (readingMethods.has(method) || headers['authorization'] !== undefined) return;
  const site = one(headers['sec-fetch-site']);
  if (site === 'same-origin' || site === 'none') return;
  const origin = one(headers['origin']);
  if (site === undefined && origin === undefined) return;
  if (origin !== undefined && isOwnOrigin(origin, headers, options)) return;
  throw new HubError('permission.denied', 'This request came from another web site and was refused.');
}

function isOwnOrigin(origin: string, headers: Headers, options: ShieldOptions): boolean {
  const from = URL.parse(origin);
  if (from === null) return false;
  const publicHost = options.publicUrl === undefined ? undefined : URL.parse(options.publicUrl)?.host;
  return from.host === one(headers['host']) || from.host === publicHost;
}

export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

function hostName(hostOrUrl: string): string {
  const parsed = URL.parse(hostOrUrl.includes('://') ? hostOrUrl : `http://${hostOrUrl}`);
  return (parsed?.hostname ?? '').replaceAll(/^\[|\]$/g, '');
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
