import { importState, listContacts } from '#core/contract/api/directory.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { wholeNumber } from '../../pieces/format.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { Status } from '../../pieces/status.tsx';

const pollMs = 700;

interface Props {
  readonly importId: string;
  readonly onAgain: () => void;
}

export function ImportProgress({ importId, onAgain }: Props) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const first = useRoute(importState, { params: { importId } });
  const isRunning = first.data?.state === 'running';
  const state = useRoute(importState, { params: { importId } }, { refetchMs: isRunning ? pollMs : false });
  useEffect(() => {
    if (!isRunning) void queries.invalidateQueries({ queryKey: [listContacts.id] });
  }, [isRunning, queries]);
  const figure = (value: number) => wholeNumber(value, i18n.language);

  return (
    <QueryStates query={state}>
      {(data) => (
        <section className="panel" aria-label={data.fileName}>
          <div className="panel-head">
            <h2>{data.fileName}</h2>
            <Status kind="import" value={data.state} />
          </div>
          <Progress
            percent={data.total === 0 ? 0 : Math.floor((data.done / data.total) * 100)}
            status={data.state === 'failed' ? 'exception' : data.state === 'done' ? 'success' : 'active'}
            aria-label={t('import.progress')}
          />
          <dl className="import-counts">
            <Count name={t('import.done')} value={`${figure(data.done)} / ${figure(data.total)}`} />
            <Count name={t('import.created')} value={figure(data.created)} />
            <Count name={t('import.updated')} value={figure(data.updated)} />
            <Count name={t('import.rejected')} value={figure(data.rejected)} />
          </dl>
          {data.problems.length > 0 && (
            <ul className="lines">
              {data.problems.map(({ line, problem }) => (
                <li key={`${line}-${problem}`}>
                  <span className="line-middle">{problem}</span>
                  <span className="soft figures">{t('import.atLine', { line })}</span>
                </li>
              ))}
            </ul>
          )}
          {data.state !== 'running' && (
            <div className="form-actions">
              <Link to="/directory">{t('import.toDirectory')}</Link>
              <Button onClick={onAgain}>{t('import.again')}</Button>
            </div>
          )}
        </section>
      )}
    </QueryStates>
  );
}

function Count({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt className="soft">{name}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
