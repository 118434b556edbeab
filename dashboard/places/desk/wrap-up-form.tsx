import { Button, Input, Select } from 'antd';
import type { WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem-error.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useStoredWrapUp, useWrapUp } from '../../desk-session/use-wrap-up.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { useWord } from '../../pieces/use-word.ts';

interface Props {
  readonly interaction: Interaction;
  readonly wrapUp: WrapUp | null;
  readonly dispositions: readonly string[];
}

/** Nothing can be typed before what was written earlier is known, so nothing earlier is ever overwritten unseen. */
export function WrapUpForm({ interaction, wrapUp, dispositions }: Props) {
  const known = useStoredWrapUp(interaction.id, wrapUp);
  if (!known.isReady) {
    return (
      <QueryStates query={known.stored} skeletonRows={2}>
        {() => null}
      </QueryStates>
    );
  }
  return <NotesForm interaction={interaction} wrapUp={known.wrapUp} dispositions={dispositions} />;
}

function NotesForm({ interaction, wrapUp, dispositions }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const id = useId();
  const refuse = useRefusal();
  const form = useWrapUp(interaction.id, wrapUp);
  const finish = () => {
    form.complete().catch((thrown: unknown) => refuse(asProblem(thrown)));
  };
  const options = dispositions.map((value) => ({ value, label: word(`dispositions.${value}`, value) }));
  return (
    <div className="wrap-up">
      <label htmlFor={`${id}-notes`}>{t('desk.wrapUp.notes')}</label>
      <Input.TextArea
        id={`${id}-notes`}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={20_000}
        value={form.draft.notes}
        onChange={(event) => form.change({ notes: event.target.value })}
      />
      <label htmlFor={`${id}-disposition`}>{t('desk.wrapUp.disposition')}</label>
      <div className="wrap-up-end">
        <Select
          id={`${id}-disposition`}
          className="wrap-up-disposition"
          allowClear
          placeholder={t('desk.wrapUp.choose')}
          options={options}
          value={form.draft.disposition}
          onChange={(value: string | null | undefined) => form.change({ disposition: value ?? null })}
        />
        {!interaction.open && (
          <Button type="primary" onClick={finish} loading={form.isFinishing}>
            {t('desk.wrapUp.complete')}
          </Button>
        )}
        <output className="soft">{t(`desk.wrapUp.${form.saveState}`)}</output>
      </div>
    </div>
  );
}
