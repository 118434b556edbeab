/** What is known of an external object without asking anyone: the descriptions beside the shipped dictionaries. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { objectDescription } from '#core/contract/mapping.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { shippedFolder } from '#mappings/language/library.ts';
import type { RecordSide } from './check-document.ts';

type ObjectDescription = z.output<typeof objectDescription>;

@Injectable()
export class Descriptions {
  readonly #known = new Map<string, ObjectDescription | null>();

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'dataDir'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** `name` is a document's and was checked to be one. Null when nothing is known of the object. */
  of(name: string): ObjectDescription | null {
    let known = this.#known.get(name);
    if (known === undefined) {
      known = this.#read(name);
      // Names of drafts are anybody's choice, so only what exists is kept.
      if (known !== null) this.#known.set(name, known);
    }
    return known;
  }

  sideOf(name: string): RecordSide | null {
    const description = this.of(name);
    return description === null ? null : { description, isShipped: true };
  }

  #read(name: string): ObjectDescription | null {
    const folders = [join(this.environment.dataDir, 'mappings'), shippedFolder()];
    const file = folders.map((folder) => join(folder, `${name}.fields.json`)).find((path) => existsSync(path));
    if (file === undefined) return null;
    try {
      return objectDescription.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      this.log.warn({ err: error, file }, 'A description of fields cannot be read');
      return null;
    }
  }
}
