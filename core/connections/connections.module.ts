import { Module } from '@nestjs/common';
import { DictionariesModule } from '#core/dictionaries/dictionaries.module.ts';
import { connectorRegistry } from '#connectors/registry.generated.ts';
import { CallerLookup } from './caller-lookup.service.ts';
import { CONNECTION_NAMES } from './connection-names.ts';
import { ConnectionsConsumer } from './connections.consumer.ts';
import { ConnectionsController } from './connections.controller.ts';
import { ConnectionsService } from './connections.service.ts';
import { ConnectionsStore } from './connections.store.ts';
import { connectorsById, CONNECTORS } from './connectors.ts';
import type { AnyConnector } from './connectors.ts';
import { CursorsStore } from './cursors.store.ts';
import { Dictionaries } from './dictionaries.service.ts';
import { HealthStore } from './health.store.ts';
import { LinkHealth } from './link-health.service.ts';
import { NoticesStore } from './notices.store.ts';
import { ObjectFields } from './object-fields.service.ts';
import { Prober } from './prober.service.ts';
import { RECORD_SESSIONS } from './record-sessions.ts';
import { SecretsBox } from './secrets-box.service.ts';
import { SecretsRenewal } from './secrets-renewal.service.ts';
import { RECONNECT_PAUSE, reconnectPause, SessionOpener } from './session-opener.service.ts';
import { SessionPool } from './session-pool.service.ts';
import { SwitchCommands } from './switch-commands.service.ts';
import { SwitchLinkFactory } from './switch-link.service.ts';
import { SwitchLinks } from './switch-links.service.ts';

const loadConnectors = async () => {
  const connectors: readonly AnyConnector[] = await Promise.all(connectorRegistry.map(({ load }) => load()));
  return connectorsById(connectors);
};

@Module({
  imports: [DictionariesModule],
  controllers: [ConnectionsController],
  providers: [
    { provide: CONNECTORS, useFactory: loadConnectors },
    { provide: RECONNECT_PAUSE, useValue: reconnectPause },
    ConnectionsStore,
    HealthStore,
    NoticesStore,
    CursorsStore,
    SecretsBox,
    SecretsRenewal,
    Prober,
    Dictionaries,
    SessionOpener,
    LinkHealth,
    SessionPool,
    SwitchLinkFactory,
    SwitchLinks,
    SwitchCommands,
    CallerLookup,
    ConnectionsService,
    ObjectFields,
    ConnectionsConsumer,
    { provide: RECORD_SESSIONS, useExisting: SessionPool },
    { provide: CONNECTION_NAMES, useExisting: ConnectionsService },
  ],
  exports: [
    CONNECTORS,
    RECORD_SESSIONS,
    CONNECTION_NAMES,
    ConnectionsService,
    ConnectionsStore,
    CallerLookup,
    Dictionaries,
    NoticesStore,
    SessionPool,
    SwitchLinks,
  ],
})
export class ConnectionsModule {}
