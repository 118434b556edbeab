import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineRoute } from '#core/contract/route.ts';
import { InputError } from './problem.ts';
import { readInput } from './route-input.ts';

const route = defineRoute({
  id: 'test.save',
  method: 'PUT',
  path: '/api/test/:id',
  permission: 'public',
  summary: 'For this test',
  params: z.object({ id: z.string() }),
  query: z.object({ times: z.coerce.number().default(1) }),
  body: z.object({ notes: z.string(), tags: z.array(z.string()).default([]) }),
  response: z.null(),
});
const read = (params: unknown, body: unknown) => readInput(route, { params, query: {}, body });

it('collects the faults of all parts, with their paths', () => {
  expect(() => read({}, { notes: 5 })).toThrow(InputError);
  expect(read({ id: 'a' }, { notes: 'x', unknown: 1 })).toEqual({
    params: { id: 'a' },
    query: { times: 1 },
    body: { notes: 'x', tags: [] },
  });
});

it('refuses NUL wherever it hides: no text column of the database takes it', () => {
  for (const [params, body] of [
    [{ id: 'a\0' }, { notes: 'x' }],
    [{ id: 'a' }, { notes: 'x\0y' }],
    [{ id: 'a' }, { notes: 'x', tags: ['fine', '\0'] }],
  ]) {
    expect(() => read(params, body)).toThrow(InputError);
  }
});
