import { describe, expect, it } from 'vitest';
import { readEntityPath } from './entity-path.ts';

describe('paths of an entity', () => {
  it.each([
    ['firstName', 'firstName', []],
    ['address.city', 'address', ['city']],
    ['phones[label=work].number', 'phones', ['=work']],
    ['emails[0].address', 'emails', ['address']],
    ['emails[1].address', 'emails', ['2', 'address']],
    ['custom.website', 'custom', ['website']],
    ['', '', []],
  ])('%s', (path, root, parts) => expect(readEntityPath(path)).toEqual({ root, parts }));
});
