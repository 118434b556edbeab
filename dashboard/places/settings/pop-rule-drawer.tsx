import type { PopRule } from '#core/contract/pop-rule.ts';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField } from '../../pieces/policy-form/choice-field.tsx';
import { Field } from '../../pieces/policy-form/field.tsx';
import { popRuleOf } from './pop-rules.ts';
import { useRuleWords } from './use-rule-words.ts';

interface Props {
  /** Null: a new one. */
  readonly rule: PopRule | null;
  readonly faultAt: (name: keyof PopRule) => string | undefined;
  readonly onStore: (rule: PopRule) => void;
  readonly onClose: () => void;
}
const directions = ['any', 'inbound', 'outbound', 'internal'] as const;
const triggers = ['offer', 'ring', 'answer', 'never'] as const;

export function PopRuleDrawer({ rule, faultAt, onStore, onClose }: Props) {
  const { t } = useTranslation();
  const say = useRuleWords();
  const [direction, setDirection] = useState<(typeof directions)[number]>(rule?.direction ?? 'any');
  const [queue, setQueue] = useState(rule?.queue ?? '');
  const [trigger, setTrigger] = useState<PopRule['trigger']>(rule?.trigger ?? 'ring');
  const made = popRuleOf({ direction, queue, trigger });
  const title = t(rule === null ? 'settings.desk.new' : 'settings.desk.change');
  return (
    <Drawer open onClose={onClose} size={440} title={title}>
      <Form layout="vertical" name="pop-rule" onFinish={() => onStore(made)}>
        <Field label={t('settings.desk.direction')} fault={faultAt('direction')}>
          {(ids) => (
            <Select
              {...ids}
              value={direction}
              onChange={setDirection}
              options={directions.map((value) => ({ value, label: t(`settings.desk.calls.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('settings.desk.queue')} help={t('settings.desk.queueHelp')} fault={faultAt('queue')}>
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              maxLength={80}
              value={queue}
              onChange={(event) => setQueue(event.target.value)}
            />
          )}
        </Field>
        <ChoiceField
          label={t('settings.desk.trigger')}
          fault={faultAt('trigger')}
          value={trigger}
          onChange={setTrigger}
          choices={triggers.map((value) => ({
            value,
            title: t(`settings.desk.triggers.${value}`),
            text: t(`settings.desk.triggerText.${value}`),
          }))}
        />
        <output className="block drawer-sentence">{say(made)}</output>
        <div className="form-actions">
          <Button type="primary" htmlType="submit">
            {t('policy.apply')}
          </Button>
          <Button onClick={onClose}>{t('pieces.cancel')}</Button>
        </div>
      </Form>
    </Drawer>
  );
}
