import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { Catalogue } from './catalogue.service.ts';
import { Checks } from './checks.service.ts';
import { Comparing } from './comparing.service.ts';
import { Descriptions } from './descriptions.service.ts';
import { DictionariesConsumer } from './dictionaries.consumer.ts';
import { DictionariesController } from './dictionaries.controller.ts';
import { Drafts } from './drafts.service.ts';
import { DraftsStore } from './drafts.store.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { LossesStore } from './losses.store.ts';
import { AuthorsStore } from './authors.store.ts';
import { MappingNotebook } from './notebook.service.ts';
import { OffThread } from './off-thread.service.ts';
import { Publishing } from './publishing.service.ts';
import { MappingSamples } from './samples.service.ts';
import { SamplesStore } from './samples.store.ts';
import { ShippedDocuments } from './shipped.service.ts';
import { Tracing } from './tracing.service.ts';
import { VersionsStore } from './versions.store.ts';
import { Workbench } from './workbench.service.ts';
import { WorkbenchController } from './workbench.controller.ts';

@Module({
  imports: [AccessModule],
  controllers: [DictionariesController, WorkbenchController],
  providers: [
    VersionsStore,
    DraftsStore,
    LossesStore,
    SamplesStore,
    AuthorsStore,
    ShippedDocuments,
    LiveDictionaries,
    Descriptions,
    OffThread,
    Checks,
    Drafts,
    Publishing,
    Catalogue,
    Comparing,
    MappingSamples,
    MappingNotebook,
    Workbench,
    Tracing,
    DictionariesConsumer,
  ],
  exports: [LiveDictionaries, MappingNotebook, Tracing],
})
export class DictionariesModule {}
