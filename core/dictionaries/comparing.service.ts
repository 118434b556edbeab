/** What a change of a dictionary changes, over the samples there are. */
import { Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { diffVersions } from '#core/contract/api/dictionaries.ts';
import { HubError } from '#core/contract/errors.ts';
import type { DictionaryDiff } from '#core/contract/mapping.ts';
import type { RouteInput } from '#core/contract/route.ts';

@Injectable()
export class Comparing {
  async diff(_name: string, _sides: RouteInput<typeof diffVersions>['query'], _actor: Actor): Promise<DictionaryDiff> {
    throw new HubError('facet.unsupported', 'Versions cannot be compared yet.');
  }
}
