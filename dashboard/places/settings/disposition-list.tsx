import { PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../pieces/policy-form/field.tsx';
import { Ordered } from '../../pieces/policy-form/ordered.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { useWord } from '../../pieces/use-word.ts';
import { dispositionFault } from './disposition-fault.ts';

interface Props {
  readonly dispositions: readonly string[];
  readonly faultAt: (path: string) => string | undefined;
  readonly onChange: ((dispositions: string[], mended: string) => void) | null;
}
const path = 'dispositions';
const most = 200;

/** What agents choose from when they wrap up, in the order they see it. */
export function DispositionList({ dispositions, faultAt, onChange }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus();
  });
  const add = () => {
    isAdding.current = true;
    onChange?.([...dispositions, ''], path);
  };
  return (
    <section className="panel policy-panel" aria-labelledby="dispositions" ref={list}>
      <div className="panel-head">
        <h2 id="dispositions">{t('settings.desk.dispositions')}</h2>
        {onChange !== null && (
          <Button icon={<PlusOutlined />} disabled={dispositions.length >= most} onClick={add}>
            {t('settings.desk.addDisposition')}
          </Button>
        )}
        <p className="soft">{t('settings.desk.dispositionsText')}</p>
      </div>
      <Ordered
        items={dispositions}
        nameOf={(name, index) => (name.trim() === '' ? t('settings.desk.dispositionAt', { place: index + 1 }) : name)}
        onChange={onChange === null ? null : (next) => onChange(next, path)}
      >
        {(actionsOf) =>
          dispositions.length === 0 ? (
            <EmptyState title={t('settings.desk.noDispositions')} text={t('settings.desk.noDispositionsText')} />
          ) : (
            <ol className="ordered" aria-label={t('settings.desk.dispositions')}>
              {dispositions.map((name, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a row keeps its input while the name is typed
                <li key={index}>
                  <span className="ordered-main">
                    <Disposition
                      name={name}
                      place={index + 1}
                      fault={faultAt(`${path}.${index}`)}
                      ownFault={dispositionFault(dispositions, index)}
                      onChange={
                        onChange === null
                          ? null
                          : (next) => onChange(dispositions.with(index, next), `${path}.${index}`)
                      }
                    />
                  </span>
                  {actionsOf(index)}
                </li>
              ))}
            </ol>
          )
        }
      </Ordered>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly place: number;
  /** What the hub said of it. */
  readonly fault: string | undefined;
  readonly ownFault: 'blank' | 'twice' | null;
  readonly onChange: ((name: string) => void) | null;
}

/** A few names are known in every language; the row says how agents read them. */
function Disposition({ name, place, fault: told, ownFault, onChange }: RowProps) {
  const { t } = useTranslation();
  const word = useWord();
  const shown = word(`dispositions.${name}`, name);
  const fault = told ?? (ownFault === null ? undefined : t(`settings.desk.dispositionFault.${ownFault}`));
  const helpId = `disposition-${place}`;
  if (onChange === null) return <span>{shown}</span>;
  return (
    <>
      <Input
        aria-label={t('settings.desk.dispositionAt', { place })}
        aria-describedby={helpId}
        aria-invalid={fault !== undefined}
        {...(fault === undefined ? {} : { status: 'error' as const })}
        autoComplete="off"
        maxLength={80}
        value={name}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={helpId}>
        {shown !== name && <span className="soft">{t('settings.desk.shownAs', { name: shown })}</span>}
        <Fault text={fault} />
      </span>
    </>
  );
}
