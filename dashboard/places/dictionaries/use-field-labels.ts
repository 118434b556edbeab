import type { RuleOutline } from '#core/contract/mapping.ts';
import { useEntityLabel } from '../../pieces/use-entity-label.ts';
import { useWorkbench } from './workbench.ts';

/** What the fields of both sides are called; empty where a name says no more than the path. */
export function useFieldLabels({ from, to }: Pick<RuleOutline, 'from' | 'to'>) {
  const { fields, outline } = useWorkbench();
  const entityLabel = useEntityLabel();
  const recordLabel = (path: string) => fields?.fields.find((field) => field.name === path)?.label ?? path;
  const said = (paths: readonly string[], labelOf: (path: string) => string) => {
    const labels = paths.map(labelOf);
    return labels.every((label, index) => label === paths[index]) ? '' : labels.join(' + ');
  };
  return {
    record: said(from, recordLabel),
    entity: outline === null ? '' : said(to, (path) => entityLabel(outline.entity, path)),
  };
}
