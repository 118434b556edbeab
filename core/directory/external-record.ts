/** A record of another system that a look-up, an import or a change stream brought into the directory. */
import type { EntityKind } from '#core/contract/entities.ts';
import type { JsonObject } from '#core/contract/json.ts';

export interface ExternalRecord {
  readonly connectionId: string;
  readonly object: string;
  readonly entity: EntityKind;
  readonly recordId: string;
  /** Canonical values: the fields of `entityFields[entity]`. */
  readonly values: JsonObject;
  readonly recordUrl: string | null;
  /** `hubspot/contact v2`: the dictionary that read the values. */
  readonly readBy?: string;
}
