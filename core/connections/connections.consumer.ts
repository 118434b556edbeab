import { Inject, Injectable } from '@nestjs/common';
import type { BusAnswer, BusPayload } from '#core/contract/bus.ts';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { SessionPool } from './session-pool.service.ts';
import { SwitchCommands } from './switch-commands.service.ts';
import { SwitchLinks } from './switch-links.service.ts';

@Injectable()
export class ConnectionsConsumer {
  constructor(
    @Inject(SwitchLinks) private readonly links: SwitchLinks,
    @Inject(SessionPool) private readonly pool: SessionPool,
    @Inject(SwitchCommands) private readonly commands: SwitchCommands,
  ) {}

  @OnBus('connection.changed', { inOrderBy: ({ connectionId }) => connectionId })
  async connectionChanged({ connectionId }: BusPayload<'connection.changed'>): Promise<void> {
    await Promise.all([this.links.sweep(), this.pool.refresh(connectionId)]);
  }

  @OnBus('call.command', {
    accepts: (consumer: ConnectionsConsumer, { connectionId }) => consumer.isMine(connectionId),
  })
  async command(order: BusPayload<'call.command'>): Promise<BusAnswer<'call.command'>> {
    return { result: await this.commands.execute(order) };
  }

  isMine(connectionId: string): Promise<boolean> {
    return this.commands.isMine(connectionId);
  }
}
