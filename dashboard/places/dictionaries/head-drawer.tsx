import { SettingOutlined } from '@ant-design/icons';
import { listDictionaries } from '#core/contract/api/dictionaries.ts';
import { entityFields } from '#core/contract/entities.ts';
import type { DictionaryOutline } from '#core/contract/mapping.ts';
import { Button, Drawer, Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { useEntityLabel } from '../../pieces/use-entity-label.ts';
import { headDirections, headEdits, readHead, type Head } from './head-shape.ts';
import { useWorkbench } from './workbench.ts';

/** What holds for the whole dictionary: its title, how records are known again, what it builds on. */
export function HeadDrawer() {
  const { t } = useTranslation();
  const { outline, canWrite } = useWorkbench();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  if (!canWrite) return null;
  return (
    <>
      <Button icon={<SettingOutlined />} disabled={outline === null} onClick={() => setOpen(true)}>
        {t('dictionaries.head')}
      </Button>
      <Drawer
        open={isOpen && outline !== null}
        onClose={close}
        size={440}
        title={t('dictionaries.head')}
        destroyOnHidden
      >
        {outline !== null && <HeadForm outline={outline} onClose={close} />}
      </Drawer>
    </>
  );
}

interface Props {
  readonly outline: DictionaryOutline;
  readonly onClose: () => void;
}

function HeadForm({ outline, onClose }: Props) {
  const { t } = useTranslation();
  const { document, summary } = useWorkbench();
  const entityLabel = useEntityLabel();
  const all = useRoute(listDictionaries, {});
  const [before] = useState(() => readHead(outline, document.state.text));
  const bases = (all.data?.items ?? []).filter(
    ({ name, entity }) => name !== summary.name && entity === outline.entity,
  );
  const save = (typed: Head) => {
    const after = { ...typed, extends: typed.extends ?? null, title: { ...before.title, ...typed.title } };
    const edits = headEdits(before, after);
    if (edits.length > 0) void document.applyEdits(edits);
    onClose();
  };
  return (
    <Form<Head> name="head" layout="vertical" initialValues={before} onFinish={save}>
      <Form.Item name={['title', 'en']} label={t('dictionaries.titleEn')}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name={['title', 'zh-CN']} label={t('dictionaries.titleZh')}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="identity" label={t('dictionaries.identity')} extra={t('dictionaries.identityHelp')}>
        <Select
          mode="tags"
          showSearch={{ optionFilterProp: 'label' }}
          options={entityFields[outline.entity].map(({ name }) => ({
            value: name,
            label: `${entityLabel(outline.entity, name)} · ${name}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="extends" label={t('dictionaries.extends')} extra={t('dictionaries.extendsHelp')}>
        <Select allowClear showSearch options={bases.map(({ name }) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item name="direction" label={t('dictionaries.directionHead')} extra={t('dictionaries.wayHelp')}>
        <Segmented block options={headDirections.map((value) => ({ value, label: t(`dictionaries.way.${value}`) }))} />
      </Form.Item>
      <div className="form-actions">
        <Button type="primary" htmlType="submit">
          {t('pieces.save')}
        </Button>
        <Button type="text" onClick={onClose}>
          {t('pieces.cancel')}
        </Button>
      </div>
    </Form>
  );
}
