/** What is known of an external object without asking anyone: the descriptions beside the shipped dictionaries. */
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { findDescription, type WrittenDescription } from '#mappings/language/described.ts';
import { shippedFolder } from '#mappings/language/library.ts';
import { renderProblem } from '#mappings/language/problem.ts';
import type { RecordSide } from './check-document.ts';

@Injectable()
export class Descriptions {
  readonly #known = new Map<string, WrittenDescription | null>();

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'dataDir'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** `name` is a document's and was checked to be one. Null when nothing is known of the object. */
  of(name: string): WrittenDescription | null {
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

  #read(name: string): WrittenDescription | null {
    try {
      const found = findDescription(name, [shippedFolder(), join(this.environment.dataDir, 'mappings')]);
      if (found === null || found.problems.length === 0) return found?.description ?? null;
      this.log.warn({ problems: found.problems.map(renderProblem) }, 'A description of fields has problems');
      return found.description;
    } catch (error) {
      this.log.warn({ err: error, name }, 'A description of fields cannot be read');
      return null;
    }
  }
}
