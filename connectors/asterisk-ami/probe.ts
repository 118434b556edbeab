/** Tells whether the account can do what the hub will ask of it, before a call depends on it. */
import type { ProbeCheck, ProbeReport } from '#core/contract/connector.ts';
import { asHubError } from '#core/contract/errors.ts';
import { privilegesOf, sayable } from './errors.ts';
import type { AmiFrame } from './frames.ts';
import type { ActionHeader } from './link.ts';

export interface ProbeParts {
  readonly act: (headers: readonly ActionHeader[]) => Promise<AmiFrame>;
  /** Protocol version of the banner. */
  readonly version: string;
  readonly remote: string;
  readonly trunks: readonly string[];
}

/** What each facet needs at least, and what is missing without it. */
const needed: readonly (readonly [action: string, loss: string])[] = [
  ['Originate', 'click-to-dial'],
  ['Hangup', 'hanging up from the desk'],
  ['BlindTransfer', 'transfers from the desk'],
  ['QueuePause', 'setting agents ready and not ready'],
  ['Status', 'seeing the calls that are up after a reconnect'],
];

export async function probe(parts: ProbeParts): Promise<ProbeReport> {
  try {
    const checks: ProbeCheck[] = [
      { name: 'reachable', ok: true, detail: `${parts.remote} answers as an Asterisk manager.` },
      { name: 'credentials', ok: true, detail: 'The switch accepted the login.' },
      await checkVersion(parts),
      await checkPrivileges(parts),
      checkTrunks(parts),
    ];
    return { ok: checks.every((check) => check.ok), checks };
  } catch (error) {
    const { message, field } = asHubError(error);
    return { ok: false, checks: [{ name: 'reachable', ok: false, detail: message, field: field ?? 'host' }] };
  }
}

async function checkVersion({ act, version }: ProbeParts): Promise<ProbeCheck> {
  const settings = await act([['Action', 'CoreSettings']]).catch(() => null);
  const asterisk = sayable(settings?.get('AsteriskVersion') ?? '');
  const found = `AMI ${version}${asterisk === '' ? '' : `, Asterisk ${asterisk}`}`;
  // AMI 2.0 came with Asterisk 12 and another event model.
  const ok = Number.parseInt(version, 10) >= 2;
  const detail = ok ? `${found}.` : `${found} is too old: Asterisk 12 (AMI 2) or later is needed.`;
  return { name: 'version', ok, detail, ...(ok ? {} : { field: 'host' }) };
}

/** `ListCommands` names the actions this account may use, and only those. */
async function checkPrivileges({ act }: ProbeParts): Promise<ProbeCheck> {
  const commands = await act([['Action', 'ListCommands']]);
  const missing = needed.filter(([action]) => commands.get(action) === undefined);
  if (missing.length === 0) {
    return { name: 'privileges', ok: true, detail: 'The AMI user may do everything the hub asks for.' };
  }
  const add = [...new Set(missing.map(([action]) => privilegesOf[action]?.at(-1) ?? 'all'))].join(',');
  const losses = missing.map(([, loss]) => loss).join(', ');
  const detail = `The AMI user lacks \`write = ${add}\` in manager.conf; without it there is no ${losses}.`;
  return { name: 'privileges', ok: false, detail, field: 'username' };
}

/** Not wrong for a switch without outside lines, so it is said and does not stop the saving. */
function checkTrunks({ trunks }: ProbeParts): ProbeCheck {
  const detail =
    trunks.length > 0
      ? `Channels of ${trunks.join(', ').slice(0, 200)} count as outside lines.`
      : 'No trunks are named: every call will count as internal. Fill in "Trunks" when this switch has outside lines.';
  return { name: 'objects', ok: true, detail, field: 'trunks' };
}
