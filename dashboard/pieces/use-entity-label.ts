import type { EntityKind } from '#core/contract/entities.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { readEntityPath } from './entity-path.ts';
import { useWord } from './use-word.ts';

/** What a field of an entity is called in the reader's language: `Phones · Work`. An unknown field keeps its path. */
export function useEntityLabel(): (kind: EntityKind, path: string) => string {
  const { t } = useTranslation();
  const word = useWord();
  return useCallback(
    (kind, path) => {
      const { root, parts } = readEntityPath(path);
      const whole = word(`entity.${kind}.field.${root}`, '');
      if (whole === '') return path;
      const partWord = (part: string) => {
        if (root === 'custom') return part;
        if (part.startsWith('=')) return word(`contact.phoneLabel.${part.slice(1)}`, part.slice(1));
        return word(`entityPart.${part}`, part);
      };
      return parts.map(partWord).reduce((held, part) => t('dictionaries.partOf', { whole: held, part }), whole);
    },
    [t, word],
  );
}
