import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { importCancel, importPreview, importStart, importState } from '#core/contract/api/directory.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { JOBS, type Jobs } from '#core/platform/jobs/jobs.ts';
import { ContactImports } from './contact-import.service.ts';
import type { ImportRecord } from './contact-import.store.ts';
import { cleaned, decodeImport, type ImportText } from './import-text.ts';

@Controller()
export class ContactImportController {
  constructor(
    @Inject(ContactImports) private readonly imports: ContactImports,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  @Handles(importPreview)
  preview({ body }: RouteInput<typeof importPreview>, actor: Actor): Promise<RouteOutput<typeof importPreview>> {
    return this.imports.preview(sourceOf(body), actor.tenantId, body.mapping);
  }

  @Handles(importStart)
  async start({ body }: RouteInput<typeof importStart>, actor: Actor): Promise<RouteOutput<typeof importStart>> {
    const { fileName, mapping } = body;
    const source = sourceOf(body);
    const importId = await this.imports.start({
      source,
      fileName,
      mapping,
      tenantId: actor.tenantId,
      createdBy: actor.id,
    });
    await this.jobs.enqueue('contacts.import', { importId }, { dedupeId: importId });
    return { importId };
  }

  @Handles(importState)
  async state({ params }: RouteInput<typeof importState>, actor: Actor): Promise<RouteOutput<typeof importState>> {
    return viewOf(await this.imports.state(params.importId, actor.tenantId));
  }

  @Handles(importCancel)
  async cancel({ params }: RouteInput<typeof importCancel>, actor: Actor): Promise<RouteOutput<typeof importCancel>> {
    return viewOf(await this.imports.cancel(params.importId, actor.tenantId));
  }
}

function sourceOf({ csv, encoding }: { csv: string; encoding: 'text' | 'base64' }): ImportText {
  if (encoding === 'text') return { text: cleaned(csv), charset: 'utf-8' };
  return decodeImport(Buffer.from(csv, 'base64'));
}

function viewOf(record: ImportRecord): RouteOutput<typeof importState> {
  const { id: importId, fileName, state, done, total, created, updated, rejected, problems } = record;
  return { importId, fileName, state, done, total, created, updated, rejected, problems: [...problems] };
}
