import type { ProbeCheck, ProbeReport } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import type { HubErrorCode } from '#core/contract/errors.ts';

const codes: Readonly<Record<ProbeCheck['name'], HubErrorCode>> = {
  reachable: 'remote.unavailable',
  credentials: 'auth.rejected',
  privileges: 'permission.denied',
  version: 'config.invalid',
  objects: 'config.invalid',
};

/** Refuses to save what the probe did not like, with the first check at fault and its field in the form. */
export function assertProbed(report: ProbeReport): void {
  if (report.ok) return;
  const failed = report.checks.find((check) => !check.ok);
  if (failed === undefined) {
    throw new HubError('config.invalid', 'The probe failed without saying why.', { scope: 'connection' });
  }
  throw new HubError(codes[failed.name], failed.detail, {
    scope: 'connection',
    ...(failed.field !== undefined && { field: `config.${failed.field}` }),
  });
}
