import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import {
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  listConnectors,
  probeConnection,
  updateConnection,
} from '#core/contract/api/connections.ts';
import { describeConnectionObject } from '#core/contract/api/dictionaries.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { ConnectionsService } from './connections.service.ts';
import { ObjectFields } from './object-fields.service.ts';

@Controller()
export class ConnectionsController {
  constructor(
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(ObjectFields) private readonly objectFields: ObjectFields,
  ) {}

  @Handles(listConnectors)
  connectors(): RouteOutput<typeof listConnectors> {
    return { items: this.connections.listConnectors() };
  }

  @Handles(listConnections)
  async list(_input: RouteInput<typeof listConnections>, actor: Actor): Promise<RouteOutput<typeof listConnections>> {
    return { items: await this.connections.list(actor.tenantId) };
  }

  @Handles(getConnection)
  get({ params }: RouteInput<typeof getConnection>, actor: Actor): Promise<RouteOutput<typeof getConnection>> {
    return this.connections.get(actor.tenantId, params.connectionId);
  }

  @Handles(probeConnection)
  async probe(
    { body }: RouteInput<typeof probeConnection>,
    actor: Actor,
  ): Promise<RouteOutput<typeof probeConnection>> {
    const { ok, checks } = await this.connections.probe(body, actor);
    return { ok, checks: [...checks] };
  }

  @Handles(createConnection)
  create({ body }: RouteInput<typeof createConnection>, actor: Actor): Promise<RouteOutput<typeof createConnection>> {
    return this.connections.create(body, actor);
  }

  @Handles(updateConnection)
  update(
    { params, body }: RouteInput<typeof updateConnection>,
    actor: Actor,
  ): Promise<RouteOutput<typeof updateConnection>> {
    return this.connections.update(params.connectionId, body, actor);
  }

  @Handles(describeConnectionObject)
  describeObject(
    { params }: RouteInput<typeof describeConnectionObject>,
    actor: Actor,
  ): Promise<RouteOutput<typeof describeConnectionObject>> {
    return this.objectFields.describe(actor.tenantId, params.connectionId, params.object);
  }

  @Handles(deleteConnection)
  async delete({ params }: RouteInput<typeof deleteConnection>, actor: Actor): Promise<null> {
    await this.connections.delete(params.connectionId, actor);
    return null;
  }
}
