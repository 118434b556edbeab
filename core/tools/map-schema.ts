import { dictionaryJsonSchema } from '#mappings/language/schema.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const schema: MapVerb = {
  name: 'schema',
  usage: 'tieline map schema',
  notes: 'schema prints the JSON Schema of the format, for editors.',
  run(args, io) {
    parseOptions(args, {});
    io.out(JSON.stringify(dictionaryJsonSchema(), null, 2));
    return 0;
  },
};
