/** Every subcommand, loaded only when asked for. */
import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

export const commandTable: Readonly<Record<string, Load>> = {
  replay: () => import('./replay.ts'),
  doctor: () => import('./doctor.ts'),
  demo: () => import('./demo.ts'),
  map: () => import('./map.ts'),
  'import contacts': () => import('./import-contacts.ts'),
  're-drive': () => import('./redrive.ts'),
  'rotate-key': () => import('./rotate-key.ts'),
};
