import { CloseCircleFilled } from '@ant-design/icons';
import type { MappingDirection, MappingTrace, MappingTraceRow } from '#core/contract/mapping.ts';
import { useTranslation } from 'react-i18next';
import { LossKind } from './loss-kind.tsx';
import { LossReason } from './loss-reason.tsx';
import { shortValue } from './short-value.ts';

interface Props {
  readonly row: MappingTraceRow;
  readonly direction: MappingDirection;
  readonly losses: MappingTrace['events'];
}

/** What went in, what each step made of it, what came out. */
export function TraceSteps({ row, direction, losses }: Props) {
  const { t } = useTranslation();
  return (
    <ol
      className="steps-trace"
      aria-label={t(direction === 'read' ? 'dictionaries.traceRead' : 'dictionaries.traceWrite')}
    >
      {row.from !== undefined && (
        <li>
          <span className="soft">{t('dictionaries.in')}</span>
          <code>{shortValue(row.from)}</code>
        </li>
      )}
      {row.steps.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- steps keep their order and may repeat
        <li key={index}>
          <span className="soft">{step.name}</span>
          {step.fault === null ? (
            <code>{shortValue(step.value)}</code>
          ) : (
            <span className="write-error">
              <CloseCircleFilled aria-hidden /> <LossReason code={step.fault.code} reason={step.fault.reason} />{' '}
              <code>{step.fault.code}</code>
            </span>
          )}
        </li>
      ))}
      <li>
        <span className="soft">{t('dictionaries.out')}</span>
        {row.to === undefined ? (
          <span className="soft">{t('dictionaries.notSet')}</span>
        ) : (
          <code>{shortValue(row.to)}</code>
        )}
      </li>
      {losses.map((loss) => (
        <li key={`${loss.kind} ${loss.code}`}>
          <LossKind kind={loss.kind} />
          <LossReason code={loss.code} reason={loss.reason} />
        </li>
      ))}
    </ol>
  );
}
