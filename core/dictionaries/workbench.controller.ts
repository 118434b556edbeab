import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import {
  describeObject,
  editDocument,
  importTemplate,
  listSteps,
  previewDictionary,
  suggestRules,
} from '#core/contract/api/dictionaries.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { documentAt } from './document-name.ts';
import { Workbench } from './workbench.service.ts';

@Controller()
export class WorkbenchController {
  constructor(@Inject(Workbench) private readonly workbench: Workbench) {}

  @Handles(previewDictionary)
  preview(
    { body }: RouteInput<typeof previewDictionary>,
    actor: Actor,
  ): Promise<RouteOutput<typeof previewDictionary>> {
    return this.workbench.preview(body, actor.tenantId);
  }

  @Handles(editDocument)
  edit({ body }: RouteInput<typeof editDocument>): Promise<RouteOutput<typeof editDocument>> {
    return this.workbench.edit(body);
  }

  @Handles(suggestRules)
  suggest({ body }: RouteInput<typeof suggestRules>): Promise<RouteOutput<typeof suggestRules>> {
    return this.workbench.suggest(body);
  }

  @Handles(describeObject)
  fields({ params }: RouteInput<typeof describeObject>): RouteOutput<typeof describeObject> {
    return this.workbench.fields(documentAt(params));
  }

  @Handles(listSteps)
  steps(): RouteOutput<typeof listSteps> {
    return this.workbench.steps();
  }

  @Handles(importTemplate)
  importTemplate({ body }: RouteInput<typeof importTemplate>): Promise<RouteOutput<typeof importTemplate>> {
    return this.workbench.importTemplate(body);
  }
}
