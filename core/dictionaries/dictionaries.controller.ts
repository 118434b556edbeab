import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import {
  diffVersions,
  discardDraft,
  getDictionary,
  getVersion,
  listDictionaries,
  listLosses,
  listSamples,
  listVersions,
  publishDraft,
  rollBack,
  saveDraft,
} from '#core/contract/api/dictionaries.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { Catalogue } from './catalogue.service.ts';
import { Comparing } from './comparing.service.ts';
import { documentAt, newDocumentAt } from './document-name.ts';
import { Drafts } from './drafts.service.ts';
import { Publishing } from './publishing.service.ts';
import { MappingSamples } from './samples.service.ts';

@Controller()
export class DictionariesController {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Publishing) private readonly publishing: Publishing,
    @Inject(Comparing) private readonly comparing: Comparing,
    @Inject(MappingSamples) private readonly samples: MappingSamples,
  ) {}

  @Handles(listDictionaries)
  async list(_input: RouteInput<typeof listDictionaries>, actor: Actor): Promise<RouteOutput<typeof listDictionaries>> {
    return { items: await this.catalogue.list(actor.tenantId) };
  }

  @Handles(getDictionary)
  get({ params }: RouteInput<typeof getDictionary>, actor: Actor): Promise<RouteOutput<typeof getDictionary>> {
    return this.catalogue.get(actor.tenantId, documentAt(params));
  }

  @Handles(saveDraft)
  save({ params, body }: RouteInput<typeof saveDraft>, actor: Actor): Promise<RouteOutput<typeof saveDraft>> {
    return this.drafts.save(newDocumentAt(params), body, actor);
  }

  @Handles(discardDraft)
  discard({ params }: RouteInput<typeof discardDraft>, actor: Actor): Promise<RouteOutput<typeof discardDraft>> {
    return this.drafts.discard(documentAt(params), actor);
  }

  @Handles(publishDraft)
  publish({ params, body }: RouteInput<typeof publishDraft>, actor: Actor): Promise<RouteOutput<typeof publishDraft>> {
    return this.publishing.publish(documentAt(params), body, actor);
  }

  @Handles(rollBack)
  rollBack({ params, body }: RouteInput<typeof rollBack>, actor: Actor): Promise<RouteOutput<typeof rollBack>> {
    return this.publishing.rollBack(documentAt(params), body, actor);
  }

  @Handles(listVersions)
  async versions({ params }: RouteInput<typeof listVersions>, actor: Actor): Promise<RouteOutput<typeof listVersions>> {
    return { items: await this.catalogue.listVersions(actor.tenantId, documentAt(params)) };
  }

  @Handles(getVersion)
  version({ params }: RouteInput<typeof getVersion>, actor: Actor): Promise<RouteOutput<typeof getVersion>> {
    return this.catalogue.version(actor.tenantId, documentAt(params), params.version);
  }

  @Handles(diffVersions)
  diff({ params, query }: RouteInput<typeof diffVersions>, actor: Actor): Promise<RouteOutput<typeof diffVersions>> {
    return this.comparing.diff(documentAt(params), query, actor);
  }

  @Handles(listSamples)
  async listSamples(
    { params }: RouteInput<typeof listSamples>,
    actor: Actor,
  ): Promise<RouteOutput<typeof listSamples>> {
    return { items: await this.samples.list(actor.tenantId, documentAt(params)) };
  }

  @Handles(listLosses)
  losses({ query }: RouteInput<typeof listLosses>, actor: Actor): Promise<RouteOutput<typeof listLosses>> {
    return this.catalogue.listLosses(actor.tenantId, query);
  }
}
