/**
 * Everything the hub reads from its environment, checked once at start. The same table feeds the README and
 * `tieline doctor`, so a variable cannot exist without its help.
 */
import path from 'node:path';
import { z } from 'zod';
import { HubError } from '#core/contract/errors.ts';

export const processRoles = ['api', 'telephony', 'worker'] as const;
export type ProcessRole = (typeof processRoles)[number];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = z.coerce.number().int().min(0).max(65_535);
const url = (...protocols: string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse(text);
      return parsed !== null && protocols.includes(parsed.protocol.slice(0, -1));
    },
    `must be a URL starting with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  );

const roleList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(processRoles)).min(1));

export interface VariableNote {
  readonly name: string;
  readonly help: string;
  /** What holds when the variable is unset, in words. */
  readonly unset: string;
  readonly secret?: true;
}

interface Variable extends VariableNote {
  readonly schema: z.ZodType;
}

const variables = {
  databaseUrl: {
    name: 'DATABASE_URL',
    schema: url('postgres', 'postgresql').optional(),
    help: 'PostgreSQL to use instead of the embedded one, e.g. `postgres://hub:secret@db/tieline`.',
    unset: 'an embedded PostgreSQL under the data folder',
    secret: true,
  },
  databasePoolSize: {
    name: 'TIELINE_DATABASE_POOL',
    schema: z.coerce.number().int().min(2).max(200).default(12),
    help: 'Most connections this process opens to the database.',
    unset: '12',
  },
  redisUrl: {
    name: 'REDIS_URL',
    schema: url('redis', 'rediss').optional(),
    help: 'Redis for the job queue, e.g. `redis://cache:6379`.',
    unset: 'jobs are queued in PostgreSQL',
    secret: true,
  },
  busUrl: {
    name: 'TIELINE_BUS_URL',
    schema: url('redis', 'rediss').optional(),
    help: 'Redis that carries messages between hub processes; needed when the roles are spread over several.',
    unset: '`REDIS_URL` when not all roles run here, else messages stay in the process',
    secret: true,
  },
  roles: {
    name: 'TIELINE_ROLES',
    schema: roleList.default([...processRoles]),
    help: 'What this process does: any of `api`, `telephony`, `worker`, separated by commas.',
    unset: 'all of them',
  },
  dataDir: {
    name: 'TIELINE_DATA_DIR',
    schema: z.string().min(1).default('.tieline'),
    help: 'Folder for the embedded database and the vault key.',
    unset: '`.tieline` in the working folder',
  },
  host: {
    name: 'TIELINE_HOST',
    schema: z.string().min(1).default('127.0.0.1'),
    help: 'Address to listen on; `0.0.0.0` opens the hub to the network, so put TLS in front of it.',
    unset: '127.0.0.1 (this machine only)',
  },
  port: {
    name: 'TIELINE_PORT',
    schema: port.optional(),
    help: 'Port of the dashboard and the API.',
    unset: '7420, or the next free one',
  },
  publicUrl: {
    name: 'TIELINE_PUBLIC_URL',
    schema: url('http', 'https').optional(),
    help: 'Address people and webhooks reach the hub at, when a proxy stands in front of it.',
    unset: 'the address it listens on',
  },
  trustProxy: {
    name: 'TIELINE_TRUST_PROXY',
    schema: z.stringbool().default(false),
    help: 'Believe `X-Forwarded-*` headers; set it only behind a proxy that overwrites them.',
    unset: 'no',
  },
  vaultKeyFile: {
    name: 'TIELINE_VAULT_KEY_FILE',
    schema: z.string().min(1).optional(),
    help: 'File with the keys that seal stored secrets, one `id:base64` per line, the newest first.',
    unset: '`vault.key` in the data folder, made at the first start',
  },
  logLevel: {
    name: 'TIELINE_LOG_LEVEL',
    schema: z.enum(logLevels).default('info'),
    help: `How much to log: ${logLevels.join(', ')}.`,
    unset: 'info',
  },
  defaultRegion: {
    name: 'TIELINE_DEFAULT_REGION',
    schema: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a two-letter country code in capitals, e.g. DE')
      .optional(),
    help: 'Country of numbers written without a country code, until the set-up asks for it.',
    unset: 'asked during set-up',
  },
  drainSecs: {
    name: 'TIELINE_DRAIN_SECS',
    schema: z.coerce.number().min(0).max(600).default(10),
    help: 'How long a stopping hub waits for work in hand.',
    unset: '10',
  },
} as const satisfies Record<string, Variable>;

type Variables = typeof variables;
type Read = { readonly [K in keyof Variables]: z.output<Variables[K]['schema']> };

/** Token of the checked environment. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');

export interface Environment extends Omit<Read, 'dataDir' | 'vaultKeyFile' | 'roles'> {
  readonly roles: readonly ProcessRole[];
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly vaultKeyFile: string;
  readonly isVaultKeyFileGiven: boolean;
}

/** The variables with their help, for the README table and `tieline doctor`. */
export const environmentTable: readonly VariableNote[] = Object.values(variables).map(
  ({ name, help, unset, ...rest }: Variable) => ({ name, help, unset, ...(rest.secret && { secret: true as const }) }),
);

/** Reads and checks the environment. A wrong value is refused with the variable, the value and the mend. */
export function readEnvironment(source: Record<string, string | undefined>, workingDir: string): Environment {
  const faults: string[] = [];
  const entries = Object.entries(variables).map(([key, variable]: [string, Variable]) => {
    const text = source[variable.name]?.trim();
    const result = variable.schema.safeParse(text === '' ? undefined : text);
    if (!result.success) faults.push(faultSentence(variable, text ?? '', result.error));
    return [key, result.data];
  });
  if (faults.length > 0) throw new HubError('config.invalid', faults.join('\n'));
  const read = Object.fromEntries(entries) as Read;
  assertPartsCanMeet(read);
  const dataDir = path.resolve(workingDir, read.dataDir);
  const vaultKeyFile = path.resolve(workingDir, read.vaultKeyFile ?? path.join(dataDir, 'vault.key'));
  return { ...read, dataDir, vaultKeyFile, isVaultKeyFileGiven: read.vaultKeyFile !== undefined };
}

/** Processes that share the work need a database and a bus that all of them reach. */
function assertPartsCanMeet({ roles, databaseUrl, redisUrl, busUrl }: Read): void {
  if (processRoles.every((role) => roles.includes(role))) return;
  const missing = [
    ...(databaseUrl === undefined ? ['DATABASE_URL'] : []),
    ...((busUrl ?? redisUrl) === undefined ? ['REDIS_URL or TIELINE_BUS_URL'] : []),
  ];
  if (missing.length === 0) return;
  throw new HubError(
    'config.invalid',
    `TIELINE_ROLES is "${roles.join(',')}", so other processes do the rest, and they meet in one database and one ` +
      `Redis. Set ${missing.join(' and ')}, or unset TIELINE_ROLES to run everything here.`,
  );
}

function faultSentence(variable: Variable, text: string, error: z.ZodError): string {
  const shown = variable.secret ? '(hidden)' : JSON.stringify(text);
  const reason = error.issues.map((issue) => issue.message).join('; ');
  return `${variable.name} is ${shown}: ${reason}. ${variable.help} Correct it, or unset it for: ${variable.unset}.`;
}

/** The Redis that carries the bus, or `undefined` when messages stay in this process. */
export function busUrlOf(environment: Environment): string | undefined {
  if (environment.busUrl !== undefined) return environment.busUrl;
  return runsEverything(environment) ? undefined : environment.redisUrl;
}

export function runsEverything(environment: Environment): boolean {
  return processRoles.every((role) => environment.roles.includes(role));
}
