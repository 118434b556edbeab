import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly name: string[];
  readonly title: string;
  readonly help: string | null;
}

/** Pairs of short texts, like extension and device. */
export function MapField({ name, title, help }: Props) {
  const { t } = useTranslation();
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <fieldset className="rows">
          <legend>{title}</legend>
          {rows.map((row) => (
            <div key={row.key} className="row">
              <Form.Item name={[row.name, 'key']} className="row-grow">
                <Input aria-label={t('connections.mapKey')} autoComplete="off" />
              </Form.Item>
              <Form.Item name={[row.name, 'value']} className="row-grow">
                <Input aria-label={t('connections.mapValue')} autoComplete="off" />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('connections.mapRemove')}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ key: '', value: '' })}>
            {t('connections.mapAdd')}
          </Button>
          {help !== null && <p className="soft">{help}</p>}
        </fieldset>
      )}
    </Form.List>
  );
}
