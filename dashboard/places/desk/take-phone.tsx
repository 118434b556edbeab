import { updateMyExtension, whoAmI } from '#core/contract/api/access.ts';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../frame/me.tsx';
import { useRouteMutation } from '../../api/use-route.ts';
import type { DeskSwitch } from './use-switches.ts';

interface Props {
  readonly switches: readonly DeskSwitch[];
  readonly extension: string | null;
  readonly connectionId: string | null;
  /** No phone yet: this is the one next step, so it is open and says what it is for. */
  readonly isFirst?: boolean;
}

/** Which phone this desk pops for. */
export function TakePhone({ switches, extension, connectionId, isFirst = false }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(isFirst);
  const name = switches.find((one) => one.connectionId === connectionId)?.name;
  return (
    <section className="panel" aria-label={t('desk.phone.title')}>
      <div className="panel-head">
        <h2>{t('desk.phone.title')}</h2>
        {!isOpen && (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('desk.phone.change')}
          </Button>
        )}
      </div>
      {isFirst && <p>{t('desk.phone.text')}</p>}
      {!isOpen && (
        <p>
          <strong className="figures">{extension}</strong> {name !== undefined && <span className="soft">{name}</span>}
        </p>
      )}
      {isOpen && (
        <PhoneForm
          switches={switches}
          extension={extension}
          connectionId={connectionId}
          onDone={() => setOpen(false)}
          {...(isFirst ? {} : { onCancel: () => setOpen(false) })}
        />
      )}
    </section>
  );
}

interface FormProps {
  readonly switches: readonly DeskSwitch[];
  readonly extension: string | null;
  readonly connectionId: string | null;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

function PhoneForm({ switches, extension, connectionId, onDone, onCancel }: FormProps) {
  const { t } = useTranslation();
  const canConnect = useCan('connections.write');
  const [number, setNumber] = useState(extension ?? '');
  const [chosen, setChosen] = useState(connectionId ?? switches[0]?.connectionId ?? null);
  const shown = chosen ?? switches[0]?.connectionId ?? null;
  const take = useRouteMutation(updateMyExtension, {
    refresh: [whoAmI],
    onDone,
  });
  return (
    <form
      className="take-phone"
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate({ body: { extension: number.trim() === '' ? null : number.trim(), connectionId: shown } });
      }}
    >
      {take.error !== null && <Alert type="error" showIcon title={take.error.problem.detail} />}
      <label htmlFor="take-extension">{t('desk.phone.extension')}</label>
      <Input
        id="take-extension"
        autoComplete="off"
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      {switches.length === 0 && (
        <p className="soft">
          {t('desk.phone.noSwitch')} {canConnect && <Link to="/connections/new">{t('connections.add')}</Link>}
        </p>
      )}
      {switches.length > 0 && (
        <>
          <label htmlFor="take-switch">{t('desk.phone.switch')}</label>
          <Select
            id="take-switch"
            value={shown}
            onChange={setChosen}
            options={switches.map((one) => ({ value: one.connectionId, label: one.name }))}
          />
        </>
      )}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={take.isPending}>
          {t('desk.phone.take')}
        </Button>
        {onCancel !== undefined && <Button onClick={onCancel}>{t('pieces.cancel')}</Button>}
      </div>
    </form>
  );
}
