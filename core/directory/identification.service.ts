/** Says who a caller is, once per interaction, and changes its mind only for a reason: a user, a CRM, a new contact. */
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { Identification } from '#core/contract/api/interactions.ts';
import { HubError } from '#core/contract/errors.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import { displayNumber } from '#core/kit/number-format.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import type { ExternalRecord } from './external-record.ts';
import { ExternalRecords } from './external-records.service.ts';
import { IdentificationStore, type StoredIdentification } from './identification.store.ts';
import { identify } from './identity.ts';
import { explain } from './match-reason.ts';
import { NumberIndexStore } from './number-index.store.ts';
import { agentOf, otherParty, otherPartyRaw, placeOf } from './other-party.ts';

/** A number with the way the tenant's people write it; `display` is null where there is nothing to show. */
export type OtherParty = PhoneNumber & { readonly display: string | null };

@Injectable()
export class IdentificationService {
  /** Eight phones ring at once: they share one question. */
  private readonly running = new Map<string, Promise<Identification>>();

  constructor(
    @Inject(IdentificationStore) private readonly store: IdentificationStore,
    @Inject(NumberIndexStore) private readonly index: NumberIndexStore,
    @Inject(ContactsStore) private readonly contacts: ContactsStore,
    @Inject(ExternalRecords) private readonly external: ExternalRecords,
    @Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The number of the party outside, read by the habits of the line it came on. */
  async numberOf(interaction: Interaction): Promise<OtherParty> {
    const tenantId = await this.settings.tenantOf(interaction.connectionId);
    const home = await this.settings.habits(tenantId);
    const number = await this.read(interaction, tenantId);
    const isAbsent = otherPartyRaw(interaction) === null && number.presentation === 'unavailable';
    return { ...number, display: isAbsent ? null : displayNumber(number, home.defaultRegion ?? null) };
  }

  /** Stored at the first call for an interaction; later calls answer what is stored, unless nobody was found then. */
  identify(interaction: Interaction): Promise<Identification> {
    const running = this.running.get(interaction.id);
    if (running !== undefined) return running;
    const asked = this.identifyOnce(interaction).finally(() => this.running.delete(interaction.id));
    this.running.set(interaction.id, asked);
    return asked;
  }

  /**
   * For a call that just began: decides without looking whether somebody asked before, and lets the caller go on while
   * the decision is stored. `stored` rejects when it could not be.
   */
  async identifyNew(interaction: Interaction): Promise<{ identification: Identification; stored: Promise<unknown> }> {
    if (this.running.has(interaction.id)) return { identification: await this.identify(interaction), stored: done };
    const tenantId = await this.settings.tenantOf(interaction.connectionId);
    const fresh = await this.decide(interaction, { tenantId, vouched: [], revision: 0 });
    return { identification: fresh.identification, stored: this.store.save(fresh, this.clock.now()) };
  }

  /** What is stored; null when nobody asked yet. */
  async find(interactionId: string, tenantId: string): Promise<Identification | null> {
    const stored = await this.store.find(interactionId);
    return stored?.tenantId === tenantId ? stored.identification : null;
  }

  /** Takes what a CRM's live look-up found into the directory and decides again. A user's choice is kept. */
  async addCandidates(interaction: Interaction, found: readonly ExternalRecord[]): Promise<Identification> {
    const tenantId = await this.settings.tenantOf(interaction.connectionId);
    const vouched: string[] = [];
    for (const record of found) {
      const link = await this.external.upsert(record, tenantId);
      if (link?.contactId) vouched.push(link.contactId);
    }
    await this.identify(interaction);
    return this.again(interaction.id, async (stored) => {
      const all = [...new Set([...stored.vouched, ...vouched])];
      if (stored.identification.chosenBy) return { ...stored, vouched: all };
      return this.decide(interaction, { tenantId, vouched: all, revision: stored.revision });
    });
  }

  /** A look-up answered too late for its call: the next call profits. */
  async learn(found: readonly ExternalRecord[]): Promise<void> {
    for (const record of found) {
      await this.external.upsert(record, await this.settings.tenantOf(record.connectionId));
    }
  }

  /** A user says who this is; null: nobody the hub knows. The number becomes known as the contact's for the next call. */
  async choose(interactionId: string, contactId: string | null, actor: Actor): Promise<Identification> {
    const contact = contactId === null ? null : await this.contacts.find(contactId, actor.tenantId);
    if (contactId !== null && contact === null) {
      throw new HubError('resource.missing', `There is no contact ${contactId}; it may have been removed.`, {
        field: 'contactId',
      });
    }
    const chosen = await this.again(
      interactionId,
      (stored) => {
        const name = contact?.displayName ?? '';
        const taken = contact
          ? { action: 'auto' as const, ...explain('chosenByUser', { user: actor.id, name }) }
          : { action: 'none' as const, ...explain('noMatch') };
        const who = { contactId, accountId: contact?.accountId ?? null, chosenBy: actor.id };
        return Promise.resolve({ ...stored, identification: { ...stored.identification, ...taken, ...who } });
      },
      actor.tenantId,
    );
    if (contact !== null) await this.remember(interactionId, contact.id, actor.tenantId);
    return chosen;
  }

  private async identifyOnce(interaction: Interaction): Promise<Identification> {
    const tenantId = await this.settings.tenantOf(interaction.connectionId);
    const [stored, fresh] = await Promise.all([
      this.store.find(interaction.id),
      this.decide(interaction, { tenantId, vouched: [], revision: 0 }),
    ]);
    if (stored !== null && isSettled(stored, interaction)) return stored.identification;
    if (stored !== null && isSameAnswer(stored.identification, fresh.identification)) return stored.identification;
    const isSaved = await this.store.save({ ...fresh, revision: stored?.revision ?? 0 }, this.clock.now());
    return isSaved
      ? fresh.identification
      : ((await this.store.find(interaction.id))?.identification ?? fresh.identification);
  }

  private async decide(
    interaction: Interaction,
    { tenantId, vouched, revision }: { tenantId: string; vouched: readonly string[]; revision: number },
  ): Promise<StoredIdentification> {
    const { matchPolicy } = await this.settings.of(tenantId);
    const number = interaction.direction === 'internal' ? null : await this.read(interaction, tenantId);
    const named = interaction.correlation['contactId'];
    const found = await this.index.lookUp({
      tenantId,
      number,
      agent: agentOf(interaction),
      suffixDigits: matchPolicy.suffixDigits,
      correlated: named === undefined ? [] : [named],
      vouched,
    });
    const decision = identify(matchPolicy, { number }, found);
    const identification = { interactionId: interaction.id, ...decision, chosenBy: null };
    return { identification, tenantId, raw: otherPartyRaw(interaction), vouched, revision };
  }

  private async read(interaction: Interaction, tenantId: string): Promise<PhoneNumber> {
    return otherParty(interaction, await this.settings.habits(tenantId, placeOf(interaction)));
  }

  /** Changes a stored identification; starts over when another change came between. */
  private async again(
    interactionId: string,
    change: (stored: StoredIdentification) => Promise<StoredIdentification>,
    tenantId?: string,
  ): Promise<Identification> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const stored = await this.store.find(interactionId);
      if (stored === null || (tenantId !== undefined && stored.tenantId !== tenantId)) {
        throw new HubError('resource.missing', `Nobody asked yet who the caller of interaction ${interactionId} is.`);
      }
      const changed = await change(stored);
      if (await this.store.save(changed, this.clock.now())) return changed.identification;
    }
    throw new HubError('storage.unavailable', 'The identification kept changing under the hub; try again.', {
      retry: 'soon',
    });
  }

  private async remember(interactionId: string, contactId: string, tenantId: string): Promise<void> {
    const raw = (await this.store.find(interactionId))?.raw ?? null;
    if (raw === null) return;
    const number = parseNumber(raw, await this.settings.habits(tenantId));
    if (number.e164 === null || number.presentation !== 'allowed') return;
    await this.contacts.transaction((manager) => this.index.addAlias(tenantId, contactId, number, manager));
  }
}

const done = Promise.resolve();

/** Nobody found is no last word: the contact may be made during the call. A number that came late is asked for anew. */
function isSettled({ identification, raw }: StoredIdentification, interaction: Interaction): boolean {
  if (identification.chosenBy) return true;
  if (raw !== otherPartyRaw(interaction)) return false;
  return identification.reasonCode !== 'noMatch' && identification.reasonCode !== 'onlyExcluded';
}

function isSameAnswer(a: Identification, b: Identification): boolean {
  return a.action === b.action && a.contactId === b.contactId && a.candidates.length === 0 && b.candidates.length === 0;
}
