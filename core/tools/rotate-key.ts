import { existsSync } from 'node:fs';
import { HubError } from '#core/contract/errors.ts';
import { readEnvironment } from '#core/platform/environment.ts';
import { addKey } from '#core/platform/vault/key-file.ts';
import { UsageError, type Command } from './command.ts';
import { parseOptions } from './options.ts';

export const command: Command = {
  name: 'rotate-key',
  summary: 'Give the vault a new key; stored secrets are sealed anew at the next start',
  usage: `tieline rotate-key [--json]

Puts a new key in front of the vault's key file (TIELINE_VAULT_KEY_FILE, else vault.key in the data folder). Restart the hub: it seals
every stored secret with the new key. Once it has, older lines may be taken out of the file. Copy the file to every machine that
runs a hub process, and into your backup.`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {});
    if (positionals.length > 0) throw new UsageError('rotate-key takes no arguments.');
    const { vaultKeyFile } = readEnvironment({ ...io.env }, io.cwd);
    if (!existsSync(vaultKeyFile)) {
      throw new HubError(
        'resource.missing',
        `There is no key file ${vaultKeyFile}; the first start of the hub makes one.`,
      );
    }
    const keys = addKey(vaultKeyFile);
    const newest = keys[0]?.id ?? '';
    if (values.json === true) io.out(JSON.stringify({ file: vaultKeyFile, newest, keys: keys.length }));
    else io.out(`Key ${newest} is now the newest of ${keys.length} in ${vaultKeyFile}. Restart the hub to use it.`);
    return 0;
  },
};
