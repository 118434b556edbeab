import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '#core/contract/api/access.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { ApiKeys } from './api-keys.service.ts';
import type { ApiKeyRow } from './api-keys.service.ts';

@Controller()
export class ApiKeysController {
  constructor(@Inject(ApiKeys) private readonly apiKeys: ApiKeys) {}

  @Handles(listApiKeys)
  async list(_input: RouteInput<typeof listApiKeys>, actor: Actor): Promise<RouteOutput<typeof listApiKeys>> {
    return { items: (await this.apiKeys.list(actor)).map(apiKeyOf) };
  }

  @Handles(createApiKey)
  async create({ body }: RouteInput<typeof createApiKey>, actor: Actor): Promise<RouteOutput<typeof createApiKey>> {
    const { row, secret } = await this.apiKeys.create(body, actor);
    return { ...apiKeyOf(row), secret };
  }

  @Handles(revokeApiKey)
  async revoke({ params }: RouteInput<typeof revokeApiKey>, actor: Actor): Promise<null> {
    await this.apiKeys.revoke(params.keyId, actor);
    return null;
  }
}

function apiKeyOf(row: ApiKeyRow) {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
