import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice } from './choice-field.tsx';
import { Fault } from './field.tsx';
import { Ordered } from './ordered.tsx';

interface Props<T extends string> {
  readonly label: string;
  readonly help: string;
  readonly fault: string | undefined;
  readonly choices: readonly Choice<T>[];
  readonly chosen: readonly T[];
  readonly onChange: ((chosen: T[]) => void) | null;
  readonly minimum?: number;
}

/** Some of a few, in an order that counts; those that are not in use stand below. */
export function OrderedChoice<T extends string>({ label, help, fault, choices, chosen, onChange, minimum }: Props<T>) {
  const { t } = useTranslation();
  const id = useId();
  const choiceOf = (value: T) => choices.find((choice) => choice.value === value);
  const unused = choices.filter((choice) => !chosen.includes(choice.value));
  return (
    <section className="ordered-choice" aria-labelledby={id}>
      <h3 id={id}>{label}</h3>
      <p className="soft">{help}</p>
      <Ordered
        items={chosen}
        nameOf={(value) => choiceOf(value)?.title ?? value}
        onChange={onChange}
        {...(minimum === undefined ? {} : { minimum })}
      >
        {(actionsOf) => (
          <ol className="ordered" aria-label={label}>
            {chosen.map((value, index) => (
              <li key={value}>
                <span className="ordered-main">
                  <strong>{choiceOf(value)?.title ?? value}</strong>
                  <span className="soft">{choiceOf(value)?.text}</span>
                </span>
                {actionsOf(index)}
              </li>
            ))}
          </ol>
        )}
      </Ordered>
      <Fault text={fault} />
      {unused.length > 0 && (
        <ul className="ordered-unused" aria-label={t('policy.unused', { label })}>
          {unused.map((choice) => (
            <li key={choice.value}>
              {onChange === null ? (
                <span className="soft">{t('policy.notUsed', { name: choice.title })}</span>
              ) : (
                <Button
                  size="small"
                  icon={<PlusOutlined />}
                  aria-label={t('policy.use', { name: choice.title })}
                  onClick={() => onChange([...chosen, choice.value])}
                >
                  {choice.title}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
