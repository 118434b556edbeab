import type { WriteView } from '#core/contract/api/writes.ts';
import { useTranslation } from 'react-i18next';
import { JsonView } from './json-view.tsx';
import { Status } from './status.tsx';
import { Ago } from './times.tsx';
import { WriteReasons } from './write-reasons.tsx';

/** One write: where, in which state, with what error, and the record it made. */
export function WriteDetail({ write }: { readonly write: WriteView }) {
  const { t } = useTranslation();
  return (
    <div className="write">
      <p className="write-head">
        <strong>{write.connectionName}</strong>
        <span>{write.object}</span>
        <Status kind="write" value={write.state} />
        <span className="soft">{t('writes.attempts', { count: write.attempts })}</span>
        {write.nextAttemptAt !== null && (
          <span className="soft">
            {t('writes.next')} <Ago atMs={Date.parse(write.nextAttemptAt)} />
          </span>
        )}
        {write.recordUrl !== null && (
          <a href={write.recordUrl} target="_blank" rel="noreferrer">
            {t('writes.record', { id: write.recordId })}
          </a>
        )}
        {write.recordUrl === null && write.recordId !== null && <code>{write.recordId}</code>}
      </p>
      {write.error !== null && (
        <p className="write-error">
          {write.error.message} <code>{write.error.code}</code>
          {write.error.field !== null && <span> · {t('writes.field', { field: write.error.field })}</span>}
        </p>
      )}
      {write.kept.length > 0 && <p className="soft">{t('writes.kept', { fields: write.kept.join(', ') })}</p>}
      <details>
        <summary>{t('writes.values')}</summary>
        {write.dictionary !== null && (
          <p className="soft">
            {t('writes.dictionary')} <code>{write.dictionary}</code>
          </p>
        )}
        <JsonView label={t('writes.canonical')} value={write.values} />
        {write.sent !== null && <JsonView label={t('writes.sent')} value={write.sent} />}
      </details>
      {write.dictionary !== null && <WriteReasons writeId={write.id} />}
    </div>
  );
}
