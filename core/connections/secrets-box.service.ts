import { Inject, Injectable } from '@nestjs/common';
import { VAULT } from '#core/platform/vault/vault.ts';
import type { Vault } from '#core/platform/vault/vault.ts';
import type { ConnectionRow } from './connections.store.ts';

export type Secrets = Readonly<Record<string, string>>;

/** Seals each secret for one field of one connection: copied to another row or field it does not open. */
@Injectable()
export class SecretsBox {
  constructor(@Inject(VAULT) private readonly vault: Vault) {}

  seal(connectionId: string, secrets: Secrets): Secrets {
    const sealed = Object.entries(secrets).map(([path, plain]) => [
      path,
      this.vault.seal(plain, contextOf(connectionId, path)),
    ]);
    return Object.fromEntries(sealed);
  }

  open(row: Pick<ConnectionRow, 'id' | 'secrets'>): Secrets {
    const opened = Object.entries(row.secrets).map(([path, sealed]) => [
      path,
      this.vault.open(sealed, contextOf(row.id, path)),
    ]);
    return Object.fromEntries(opened);
  }

  /** Whether any of them was sealed with another than the newest key. */
  isOld(row: Pick<ConnectionRow, 'secrets'>): boolean {
    return Object.values(row.secrets).some((sealed) => this.vault.isOld(sealed));
  }
}

function contextOf(connectionId: string, path: string): string {
  return `connection/${connectionId}/${path}`;
}
