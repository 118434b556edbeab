import { explainWrite } from '#core/contract/api/writes.ts';
import type { MappingTrace } from '#core/contract/mapping.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../api/use-route.ts';
import { useCan } from '../frame/me.tsx';
import { QueryStates } from './states.tsx';
import { TraceSteps } from './trace-steps.tsx';

/** Why a written record has its values: for each field the rule, and what every step of it gave. Asked only when opened. */
export function WriteReasons({ writeId }: { readonly writeId: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const canRead = useCan('writes.read');
  if (!canRead) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('writes.why')}</summary>
      {isOpen && <Reasons writeId={writeId} />}
    </details>
  );
}

function Reasons({ writeId }: { readonly writeId: string }) {
  const { t } = useTranslation();
  const why = useRoute(explainWrite, { params: { writeId } });
  return (
    <QueryStates query={why} skeletonRows={4}>
      {({ dictionary, readBy, fields, trace }) => (
        <section aria-label={t('writes.why')}>
          {dictionary !== null && (
            <p className="soft underlined">
              {t('writes.dictionary')}{' '}
              <Link to={`/dictionaries/${dictionary.name}?panel=versions`}>{dictionary.name}</Link>{' '}
              {t('dictionaries.version', { version: dictionary.version })}
            </p>
          )}
          {readBy !== null && <p className="soft">{t('writes.readBy', { name: readBy })}</p>}
          {trace === null && <p className="soft">{t('writes.noTrace')}</p>}
          <ul className="reasons">
            {fields.map((field) => (
              <Reason key={field.field} field={field} trace={trace} dictionary={dictionary?.name ?? null} />
            ))}
          </ul>
        </section>
      )}
    </QueryStates>
  );
}

type FieldReason = RouteResult<typeof explainWrite>['fields'][number];
interface ReasonProps {
  readonly field: FieldReason;
  readonly trace: MappingTrace | null;
  readonly dictionary: string | null;
}

function Reason({ field, trace, dictionary }: ReasonProps) {
  const { t } = useTranslation();
  const row = trace?.rows.find((one) => one.rule === field.rule);
  return (
    <li>
      <p className="write-head">
        <code>
          <strong>{field.field}</strong>
        </code>
        {field.rule === null ? (
          <span className="soft">{t('writes.noRule')}</span>
        ) : dictionary === null ? (
          <code>{field.rule}</code>
        ) : (
          <span className="underlined">
            {t('writes.byRule')}{' '}
            <Link to={`/dictionaries/${dictionary}?rule=${encodeURIComponent(field.rule)}`}>
              <code>{field.rule}</code>
            </Link>
          </span>
        )}
        {field.kept && <span className="soft">{t('writes.keptField')}</span>}
      </p>
      {row !== undefined && trace !== null && (
        <TraceSteps
          row={row}
          direction={trace.direction}
          losses={trace.events.filter((one) => one.rule === row.rule)}
        />
      )}
    </li>
  );
}
