import { getDictionary } from '#core/contract/api/dictionaries.ts';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { PageSkeleton, QueryStates } from '../../pieces/states.tsx';
import './dictionaries.css';

const Editor = lazy(async () => ({ default: (await import('./editor.tsx')).Editor }));
const ValueTableEditor = lazy(async () => ({ default: (await import('./value-table-editor.tsx')).ValueTableEditor }));

export function DictionaryPage() {
  const { connector = '', document = '' } = useParams();
  const detail = useRoute(getDictionary, { params: { connector, document } });
  return (
    <QueryStates query={detail} skeletonRows={12}>
      {(stored) => {
        const Kind = stored.summary.kind === 'values' ? ValueTableEditor : Editor;
        return (
          <Suspense fallback={<PageSkeleton rows={12} />}>
            <Kind key={stored.summary.name} path={{ connector, document }} detail={stored} />
          </Suspense>
        );
      }}
    </QueryStates>
  );
}
