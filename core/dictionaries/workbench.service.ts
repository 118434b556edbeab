/** What the screen asks while a dictionary is written. Nothing here is stored. */
import { Inject, Injectable } from '@nestjs/common';
import type {
  describeObject,
  editDocument,
  importTemplate,
  listSteps,
  previewDictionary,
  PreviewResult,
  suggestRules,
} from '#core/contract/api/dictionaries.ts';
import { Tenants } from '#core/access/tenants.service.ts';
import { HubError } from '#core/contract/errors.ts';
import type { RouteInput, RouteOutput, RouteResult } from '#core/contract/route.ts';
import { shortNameOf } from './document-name.ts';
import type { RecordSide } from './check-document.ts';
import { Descriptions } from './descriptions.service.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { OffThread } from './off-thread.service.ts';
import { stepGuide } from './step-guide.ts';

@Injectable()
export class Workbench {
  constructor(
    @Inject(OffThread) private readonly offThread: OffThread,
    @Inject(Descriptions) private readonly descriptions: Descriptions,
    @Inject(LiveDictionaries) private readonly live: LiveDictionaries,
    @Inject(Tenants) private readonly tenants: Pick<Tenants, 'defaultRegion'>,
  ) {}

  /** Numbers and times without a country and a zone belong where those of the tenant do, unless the author says otherwise. */
  async preview(body: RouteInput<typeof previewDictionary>['body'], tenantId: string): Promise<PreviewResult> {
    const { name, text, tests, sample, runTests, fields, region, timeZone } = body;
    assertTimeZone(timeZone);
    const given: RecordSide | null = fields === null ? null : { description: fields, isShipped: false };
    const side = given ?? this.descriptions.sideOf(name);
    const here = region ?? (await this.tenants.defaultRegion(tenantId));
    const around = { ...(here !== null && { region: here }), ...(timeZone !== null && { timeZone }) };
    return this.offThread.run('preview', {
      name,
      text,
      tests,
      sample,
      runTests,
      live: this.live.texts(),
      side,
      around,
    });
  }

  async edit({ text, edits }: RouteInput<typeof editDocument>['body']): Promise<RouteOutput<typeof editDocument>> {
    return { text: await this.offThread.run('edit', { text, edits }) };
  }

  async suggest(body: RouteInput<typeof suggestRules>['body']): Promise<RouteOutput<typeof suggestRules>> {
    return { items: await this.offThread.run('suggest', { ...body, live: this.live.texts() }) };
  }

  fields(name: string): RouteOutput<typeof describeObject> {
    const known = this.descriptions.of(name);
    if (known !== null) return { source: 'shipped', ...known };
    return { source: 'none', name: this.live.document(name)?.object ?? shortNameOf(name), fields: [] };
  }

  steps(): RouteOutput<typeof listSteps> {
    return { items: stepGuide() };
  }

  importTemplate({ template }: RouteInput<typeof importTemplate>['body']): Promise<RouteResult<typeof importTemplate>> {
    return this.offThread.run('importTemplate', { template });
  }
}

/** An unknown zone would be taken for UTC without a word. */
function assertTimeZone(timeZone: string | null): void {
  if (timeZone === null) return;
  try {
    Intl.DateTimeFormat('en', { timeZone }).format(0);
  } catch {
    throw new HubError('input.invalid', `"${timeZone}" is no time zone. Write one like Europe/Berlin.`, {
      field: 'timeZone',
    });
  }
}
