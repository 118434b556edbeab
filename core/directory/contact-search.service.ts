import { Inject, Injectable } from '@nestjs/common';
import { getCountryCallingCode } from 'libphonenumber-js/max';
import type { Contact } from '#core/contract/api/directory.ts';
import { HubError } from '#core/contract/errors.ts';
import { isKnownRegion } from '#core/kit/number-format.ts';
import { ContactSearchStore, type FoundContact, type SearchPage } from './contact-search.store.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import { decodeCursor, encodeCursor } from './page-cursor.ts';
import { queryTerms, searchedDigits, sortKey, tsQuery } from './search-terms.ts';

export interface ContactQuery {
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

@Injectable()
export class ContactSearch {
  constructor(
    @Inject(ContactSearchStore) private readonly search: ContactSearchStore,
    @Inject(ContactsStore) private readonly contacts: ContactsStore,
    @Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService,
  ) {}

  async list(
    query: ContactQuery,
    tenantId: string,
  ): Promise<{ items: Contact[]; nextCursor: string | null; total: number | null }> {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
    if (query.cursor !== undefined && after === null) {
      throw new HubError('input.invalid', 'The page cursor was not made by the hub; load the first page.', {
        field: 'cursor',
      });
    }
    const text = query.search?.trim() ?? '';
    const page = { tenantId, after, limit: query.limit };
    const found = text === '' ? await this.search.all(page) : await this.find(text, page);
    const shown = found.slice(0, query.limit);
    const contacts = new Map(
      (
        await this.contacts.findMany(
          shown.map(({ id }) => id),
          tenantId,
        )
      ).map((one) => [one.id, one]),
    );
    const last = shown.at(-1);
    return {
      items: shown.map(({ id }) => contacts.get(id)).filter((one) => one !== undefined),
      nextCursor: found.length > query.limit && last !== undefined ? encodeCursor(last) : null,
      total: text === '' ? await this.search.total(tenantId) : null,
    };
  }

  private async find(text: string, page: SearchPage): Promise<FoundContact[]> {
    const digits = searchedDigits(text);
    if (digits !== null) {
      const { defaultRegion = '' } = await this.settings.habits(page.tenantId);
      return this.search.byNumber(numberParts(digits, defaultRegion), page);
    }
    const terms = queryTerms(text);
    const [only] = terms;
    if (only === undefined) return [];
    if (terms.length === 1 && /^[\p{Script=Latin}\p{N}]{1,2}$/u.test(only))
      return this.search.byBeginning(sortKey(only), page);
    return this.search.byWords(tsQuery(terms), page);
  }
}

/** Typed digits are the beginning of an international or a national number, or the end of any. */
function numberParts(digits: string, region: string): { prefixes: string[]; suffix: string } {
  const prefixes = [`+${digits.replace(/^00/, '')}`];
  if (isKnownRegion(region)) prefixes.push(`+${getCountryCallingCode(region)}${digits.replace(/^0/, '')}`);
  return { prefixes, suffix: digits.replace(/^0+/, '').split('').toReversed().join('') || '~' };
}
