import type { Environment } from '../environment.ts';
import { createVault, type Vault } from './vault.ts';
import { loadKeys } from './key-file.ts';

/** The key file is made only in the data folder: a path that was given and does not exist is a mistake. */
export function openVault({ vaultKeyFile, isVaultKeyFileGiven }: Environment): Vault {
  return createVault(loadKeys(vaultKeyFile, !isVaultKeyFileGiven));
}
