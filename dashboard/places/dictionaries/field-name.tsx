import { useEntityLabel } from '../../pieces/use-entity-label.ts';
import { useWorkbench } from './workbench.ts';

/** A path of the entity, and what it is called where that says more. */
export function FieldName({ path }: { readonly path: string }) {
  const { outline } = useWorkbench();
  const entityLabel = useEntityLabel();
  const label = outline === null ? path : entityLabel(outline.entity, path);
  return (
    <>
      {label !== path && <>{label} </>}
      <code className={label === path ? '' : 'soft'}>{path}</code>
    </>
  );
}
