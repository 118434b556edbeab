import { MinusOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons';
import type { JsonValue } from '#core/contract/json.ts';
import type { DictionaryDiff } from '#core/contract/mapping.ts';
import { useTranslation } from 'react-i18next';
import { StatusMark } from '../../pieces/status.tsx';
import { shortValue } from '../../pieces/short-value.ts';
import { FieldName } from './field-name.tsx';

const looks = {
  added: { tone: 'good', icon: <PlusOutlined /> },
  removed: { tone: 'bad', icon: <MinusOutlined /> },
  changed: { tone: 'warn', icon: <SwapOutlined /> },
} as const;

/** Changed rules before and after, then what comes out differently for records that were seen. */
export function DiffView({ diff }: { readonly diff: DictionaryDiff }) {
  const { t } = useTranslation();
  const { head, rules, rows, outputs } = diff;
  const isSame = head.length + rules.length + rows.length === 0;
  if (isSame) return <p className="soft rule-quiet">{t('dictionaries.noChanges')}</p>;
  return (
    <div className="diff">
      <h2>{t('dictionaries.diffRules', { count: head.length + rules.length + rows.length })}</h2>
      <ul className="problem-list">
        {head.map((one) => (
          <li key={one.field}>
            <code>{one.field}</code>
            <BeforeAfter before={one.before} after={one.after} />
          </li>
        ))}
        {rules.map((one) => (
          <li key={`${one.change} ${one.id}`}>
            <p className="problem-head">
              <StatusMark {...looks[one.change]} word={t(`dictionaries.change.${one.change}`)} />
              <span>
                <FieldName path={one.id} />
              </span>
            </p>
            <BeforeAfter before={one.before ?? undefined} after={one.after ?? undefined} />
          </li>
        ))}
        {rows.map((one) => (
          <li key={`${one.table} ${JSON.stringify(one.before)} ${JSON.stringify(one.after)}`}>
            <code>{one.table}</code>
            <BeforeAfter before={one.before} after={one.after} />
          </li>
        ))}
      </ul>
      <h2>{t('dictionaries.diffOutputs', { changed: outputs.changed, samples: outputs.samples })}</h2>
      <ul className="problem-list">
        {outputs.shown.map((one) => (
          <li key={`${one.direction} ${one.sample}`}>
            <p>
              <strong>{one.sample}</strong> <span className="soft">{t(`dictionaries.direction.${one.direction}`)}</span>
            </p>
            {one.fields.map((field) => (
              <div key={field.field} className="output-change">
                {one.direction === 'read' ? <FieldName path={field.field} /> : <code>{field.field}</code>}
                {field.rule !== null && field.rule !== field.field && (
                  <span className="soft">{t('dictionaries.byRule', { rule: field.rule })}</span>
                )}
                <BeforeAfter before={field.before} after={field.after} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function BeforeAfter({
  before,
  after,
}: {
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className="before-after">
      {before !== undefined && (
        <p className="was">
          <span className="unseen">{t('dictionaries.before')}</span>
          <code>{shortValue(before)}</code>
        </p>
      )}
      {after !== undefined && (
        <p className="is">
          <span className="unseen">{t('dictionaries.after')}</span>
          <code>{shortValue(after)}</code>
        </p>
      )}
    </div>
  );
}
