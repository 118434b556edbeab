import { HubError } from '#core/contract/errors.ts';

export function missing(name: string): HubError {
  return new HubError('resource.missing', `There is no dictionary or value table ${name}.`);
}
