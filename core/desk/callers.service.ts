/** Who is calling: first from the local index, then from the CRMs within a deadline. */
import { Inject, Injectable } from '@nestjs/common';
import type { Identification } from '#core/contract/api/interactions.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { Tenants } from '#core/access/tenants.service.ts';
import { CallerLookup, type LookupFind } from '#core/connections/caller-lookup.service.ts';
import { Dictionaries } from '#core/connections/dictionaries.service.ts';
import type { ExternalRecord } from '#core/directory/external-record.ts';
import { IdentificationService } from '#core/directory/identification.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { remoteNumber, type ShownNumber } from './pop.ts';

export interface Caller {
  readonly identification: Identification;
  readonly number: ShownNumber;
  /** Settles when the decision is stored. */
  readonly stored: Promise<unknown>;
}

/** Past this the agent has answered: a later answer is only indexed for the next call. */
const crmDeadlineMs = 3_000;

@Injectable()
export class CallersService {
  private readonly asking = new Map<string, Promise<Identification | null>>();

  constructor(
    @Inject(IdentificationService) private readonly identifications: IdentificationService,
    @Inject(CallerLookup) private readonly lookup: CallerLookup,
    @Inject(Dictionaries) private readonly dictionaries: Dictionaries,
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async identify(interaction: Interaction): Promise<Caller> {
    const [identification, number] = await Promise.all([
      this.identifications.identify(interaction),
      this.identifications.numberOf(interaction),
    ]);
    return { identification, number: shown(interaction, number), stored: Promise.resolve() };
  }

  /** For a call that just began: the pop need not wait until the decision is stored. */
  async identifyNew(interaction: Interaction): Promise<Caller> {
    const [{ identification, stored }, number] = await Promise.all([
      this.identifications.identifyNew(interaction),
      this.identifications.numberOf(interaction),
    ]);
    return { identification, number: shown(interaction, number), stored };
  }

  /** One look-up per interaction however many phones ring. Null when there is no CRM to ask or no number to ask for. */
  askCrm(interaction: Interaction): Promise<Identification | null> {
    const running = this.asking.get(interaction.id);
    if (running !== undefined) return running;
    const asking = this.ask(interaction).finally(() => this.asking.delete(interaction.id));
    this.asking.set(interaction.id, asking);
    return asking;
  }

  private async ask(interaction: Interaction): Promise<Identification | null> {
    const number = await this.identifications.numberOf(interaction);
    if (number.e164 === null || number.presentation !== 'allowed') return null;
    const answer = await this.lookup.byNumber(number, { atMs: this.clock.now() + crmDeadlineMs }, async (late) =>
      this.identifications.learn(await this.canonical(interaction, late)),
    );
    if (answer.asked === 0) return null;
    return this.identifications.addCandidates(interaction, await this.canonical(interaction, answer.found));
  }

  /** What a CRM calls its fields, in the hub's words. */
  private async canonical(interaction: Interaction, found: readonly LookupFind[]): Promise<ExternalRecord[]> {
    const records: ExternalRecord[] = [];
    for (const { connectionId, tenantId, match } of found) {
      const { object, entity, recordId, recordUrl } = match;
      const region = await this.tenants.defaultRegion(tenantId);
      const place = {
        connectionId,
        object,
        region,
        record: { key: recordId, origin: `interaction:${interaction.id}` },
      };
      const { values, label: readBy } = await this.dictionaries.read(place, match.values);
      records.push({ connectionId, object, entity, recordId, recordUrl, values, readBy });
    }
    return records;
  }
}

function shown(interaction: Interaction, number: { e164: string | null; display: string | null }): ShownNumber {
  return { raw: remoteNumber(interaction), e164: number.e164, display: number.display };
}
