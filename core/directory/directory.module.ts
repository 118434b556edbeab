import { Module } from '@nestjs/common';
import { AccessModule } from '#core/access/access.module.ts';
import { ContactImportConsumer } from './contact-import.consumer.ts';
import { ContactImportController } from './contact-import.controller.ts';
import { ContactImports } from './contact-import.service.ts';
import { ContactImportStore } from './contact-import.store.ts';
import { ContactLookUpController } from './contact-look-up.controller.ts';
import { ContactLookUp } from './contact-look-up.service.ts';
import { ContactSearch } from './contact-search.service.ts';
import { ContactSearchStore } from './contact-search.store.ts';
import { ContactTouchConsumer } from './contact-touch.consumer.ts';
import { ContactsController } from './contacts.controller.ts';
import { ContactsService } from './contacts.service.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsController } from './directory-settings.controller.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import { DirectorySettingsStore } from './directory-settings.store.ts';
import { ExternalRecords } from './external-records.service.ts';
import { IdentificationController } from './identification.controller.ts';
import { IdentificationService } from './identification.service.ts';
import { IdentificationStore } from './identification.store.ts';
import { LinksStore } from './links.store.ts';
import { NumberIndexStore } from './number-index.store.ts';

@Module({
  imports: [AccessModule],
  // The import routes come first: `/api/contacts/import/…` must not be taken for a contact's id.
  controllers: [
    ContactImportController,
    ContactsController,
    ContactLookUpController,
    DirectorySettingsController,
    IdentificationController,
  ],
  providers: [
    ContactsStore,
    ContactSearchStore,
    NumberIndexStore,
    LinksStore,
    IdentificationStore,
    DirectorySettingsStore,
    ContactImportStore,
    DirectorySettingsService,
    ContactsService,
    ContactSearch,
    ContactLookUp,
    ExternalRecords,
    IdentificationService,
    ContactImports,
    ContactImportConsumer,
    ContactTouchConsumer,
  ],
  exports: [
    ContactsService,
    ContactSearch,
    ContactImports,
    ExternalRecords,
    IdentificationService,
    DirectorySettingsService,
  ],
})
export class DirectoryModule {}
