/** Number rules and match policy of a tenant, read on every call and therefore kept for a few seconds. */
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { directorySettings, type DirectorySettings } from '#core/contract/api/directory.ts';
import { HubError } from '#core/contract/errors.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import { isKnownRegion } from '#core/kit/number-format.ts';
import { habitsFor, type NumberPlace } from '#core/kit/number-rules.ts';
import { defaultTenantId, Tenants } from '#core/access/tenants.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { DirectorySettingsStore } from './directory-settings.store.ts';
import { defaultMatchPolicy } from './match-policy.ts';

const keptMs = 5_000;
interface Kept {
  readonly settings: DirectorySettings;
  readonly defaultRegion: string | null;
  readonly untilMs: number;
}

@Injectable()
export class DirectorySettingsService {
  private readonly kept = new Map<string, Promise<Kept>>();
  private readonly tenants = new Map<string, string>();

  constructor(
    @Inject(DirectorySettingsStore) private readonly store: DirectorySettingsStore,
    @Inject(Tenants) private readonly access: Pick<Tenants, 'defaultRegion'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(tenantId: string): Promise<DirectorySettings> {
    return (await this.read(tenantId)).settings;
  }

  /** How numbers are written at a place: the fitting rule, else the country of the tenant. */
  async habits(tenantId: string, place: NumberPlace = {}): Promise<Partial<NumberHabits>> {
    const { settings, defaultRegion } = await this.read(tenantId);
    const rule = habitsFor(settings.numberRules, place);
    return rule ?? (defaultRegion === null ? {} : { defaultRegion });
  }

  async tenantOf(connectionId: string): Promise<string> {
    const known = this.tenants.get(connectionId);
    if (known !== undefined) return known;
    const found = await this.store.tenantOf(connectionId);
    // A connection never changes its tenant, so it is kept; one that is gone is asked for again.
    if (found !== null) this.tenants.set(connectionId, found);
    return found ?? defaultTenantId;
  }

  async save(actor: Actor, body: DirectorySettings): Promise<DirectorySettings> {
    const unknown = body.numberRules.findIndex((rule) => !isKnownRegion(rule.defaultRegion));
    if (unknown >= 0) {
      const region = body.numberRules[unknown]?.defaultRegion ?? '';
      throw new HubError('input.invalid', `${region} is no country code; use two letters such as DE, US or CN.`, {
        field: `numberRules.${unknown}.defaultRegion`,
      });
    }
    const { version, ...settings } = body;
    const change = { tenantId: actor.tenantId, body: settings, version, by: actor.id };
    const isSaved = await this.store.save(change, this.clock.now());
    this.kept.delete(actor.tenantId);
    if (isSaved) return { ...body, version: version + 1 };
    throw new HubError(
      'resource.conflict',
      'Somebody else changed these settings meanwhile. Load them again, then change.',
    );
  }

  private async read(tenantId: string): Promise<Kept> {
    const kept = this.kept.get(tenantId);
    if (kept !== undefined && (await kept).untilMs > this.clock.now()) return kept;
    const fresh = this.load(tenantId);
    this.kept.set(tenantId, fresh);
    fresh.catch(() => this.kept.delete(tenantId));
    return fresh;
  }

  private async load(tenantId: string): Promise<Kept> {
    const [stored, region] = await Promise.all([this.store.find(tenantId), this.access.defaultRegion(tenantId)]);
    const shipped = { numberRules: [], matchPolicy: defaultMatchPolicy };
    const body = typeof stored?.body === 'object' ? stored.body : {};
    const settings = directorySettings.parse({ ...shipped, ...body, version: stored?.version ?? 0 });
    const defaultRegion = region === null ? null : region.toUpperCase();
    return { settings, defaultRegion, untilMs: this.clock.now() + keptMs };
  }
}
