/** CSV imports: previewed, then read in the background in batches; each batch and its progress are one transaction. */
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HubError } from '#core/contract/errors.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { newId } from '#core/platform/ids.ts';
import { emptyDraft, updatedFrom } from './contact-change.ts';
import { ContactImportStore, type ImportRecord } from './contact-import.store.ts';
import { ContactsService, type NamedDraft } from './contacts.service.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import { batchesOf, countLines } from './import-batch.ts';
import { isSeparatorHint, previewImport, readHead } from './import-preview.ts';
import { csvRecords } from './import-records.ts';
import { layoutOf, readRow, type ImportRow, type Layout } from './import-row.ts';
import type { ImportText } from './import-text.ts';
import { LinksStore, type Link } from './links.store.ts';
import { chooseTwins, twinAsk } from './twin.ts';

/** Records that came from a file are linked as if the file were a connection: the same id updates the same contact. */
export const importLink = { connectionId: 'import', object: 'contact' } as const;

export interface StartImport {
  readonly source: ImportText;
  readonly fileName: string;
  /** Left out: as the preview proposes. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly tenantId: string;
  readonly createdBy: string;
}

@Injectable()
export class ContactImports {
  constructor(
    @Inject(ContactImportStore) private readonly store: ContactImportStore,
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(ContactsStore) private readonly contactsStore: ContactsStore,
    @Inject(LinksStore) private readonly links: LinksStore,
    @Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async preview(source: ImportText, tenantId: string, mapping?: Readonly<Record<string, string>>) {
    return previewImport(source, await this.settings.habits(tenantId), mapping);
  }

  /** Stores the file after its head was understood; `run` reads it. */
  async start({ source, fileName, mapping, tenantId, createdBy }: StartImport): Promise<string> {
    const total = countLines(source.text);
    const preview = await this.preview(source, tenantId, mapping);
    if (Object.keys(preview.mapping).length === 0) {
      const problem = preview.problems.join(' ') || 'No column is mapped to a contact field.';
      throw new HubError('input.invalid', problem, { field: 'mapping' });
    }
    const id = newId();
    const row = { id, tenantId, fileName, mapping: preview.mapping, delimiter: preview.delimiter, createdBy };
    await this.store.insert({ ...row, total }, source.text, this.clock.now());
    return id;
  }

  async state(importId: string, tenantId: string): Promise<ImportRecord> {
    const found = await this.store.find(importId, tenantId);
    if (found === null) throw new HubError('resource.missing', `There is no import ${importId}.`);
    return found;
  }

  async cancel(importId: string, tenantId: string): Promise<ImportRecord> {
    await this.state(importId, tenantId);
    await this.store.end(importId, 'cancelled', null);
    return this.state(importId, tenantId);
  }

  /** Goes on where the import stands; a repeat, also at the same time, does nothing twice. */
  async run(importId: string, signal?: AbortSignal): Promise<void> {
    const found = await this.store.find(importId);
    if (found === null || found.state !== 'running') return;
    try {
      const isWhole = await this.readAll(found, signal);
      if (isWhole) await this.store.end(importId, 'done', null);
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'input.invalid') throw error;
      const line = Number(/near line (\d+)/.exec(error.message)?.[1] ?? 0);
      await this.store.end(importId, 'failed', { line, problem: error.message });
    }
  }

  /** False when it was left to another process, cancelled, or stopped by the signal. */
  private async readAll(record: ImportRecord, signal?: AbortSignal): Promise<boolean> {
    const habits = await this.settings.habits(record.tenantId);
    let done = record.done;
    for await (const batch of batchesOf(this.rows(record, habits), habits)) {
      if (signal?.aborted) return false;
      const isMine = await this.storeBatch(record, { batch, done, habits });
      if (!isMine) return false;
      done += batch.length;
    }
    return true;
  }

  private async *rows(record: ImportRecord, habits: Partial<NumberHabits>): AsyncGenerator<ImportRow> {
    let layout: Layout | null = null;
    let seen = 0;
    for await (const item of csvRecords(this.store.text(record.id), record.delimiter)) {
      if (isSeparatorHint(item)) continue;
      if (layout === null) {
        const head = readHead(await this.headText(record.id));
        layout = layoutOf(head.columns, record.mapping);
        if (head.hasHeader) continue;
      }
      seen += 1;
      if (seen > record.done) yield readRow(item.line, item.cells, layout, habits);
    }
  }

  private async headText(importId: string): Promise<string> {
    for await (const text of this.store.text(importId)) return text;
    return '';
  }

  private storeBatch(
    record: ImportRecord,
    { batch, done, habits }: { batch: readonly ImportRow[]; done: number; habits: Partial<NumberHabits> },
  ): Promise<boolean> {
    const { tenantId } = record;
    const usable = batch.filter((row) => !row.isRejected);
    return this.contactsStore.transaction(async (manager) => {
      const { named, updated } = await this.resolve(usable, { tenantId, habits, manager });
      const step = {
        id: record.id,
        from: done,
        records: batch.length,
        created: named.length - updated,
        updated,
        rejected: batch.length - usable.length,
        problems: batch.flatMap(({ line, problems }) => problems.map((problem) => ({ line, problem }))),
      };
      // First, so that a second process waits here and then finds that the batch is done.
      if (!(await this.store.advance(step, this.clock.now(), manager))) return false;
      await this.contacts.saveAll(named, tenantId, manager);
      await this.links.save(linksOf(usable, named), { tenantId, nowMs: this.clock.now() }, manager);
      return true;
    });
  }

  /** Finds for each row the contact it means, or a new id. */
  private async resolve(
    rows: readonly ImportRow[],
    { tenantId, habits, manager }: { tenantId: string; habits: Partial<NumberHabits>; manager: EntityManager },
  ): Promise<{ named: NamedDraft[]; updated: number }> {
    const asks = rows.map((row, at) => twinAsk(at, row.externalId, { ...emptyDraft, ...row.patch }, habits));
    const twins = chooseTwins(await this.links.twins(asks, importLink, { tenantId, manager }));
    const known = await this.contactsStore.findMany([...twins.values()], tenantId, manager);
    const byId = new Map(known.map((contact) => [contact.id, contact]));
    const named = rows.map((row, at) => {
      const contact = byId.get(twins.get(at) ?? '');
      const draft = contact ? updatedFrom(contact, row.patch, habits) : { ...emptyDraft, ...row.patch };
      return { id: contact?.id ?? newId(), draft };
    });
    return { named, updated: named.filter(({ id }) => byId.has(id)).length };
  }
}

function linksOf(rows: readonly ImportRow[], named: readonly NamedDraft[]): Link[] {
  return rows.flatMap(({ externalId, patch }, at) => {
    const contactId = named[at]?.id ?? null;
    if (externalId === null || contactId === null) return [];
    return [{ ...importLink, recordId: externalId, contactId, accountId: null, recordUrl: patch.recordUrl ?? null }];
  });
}
