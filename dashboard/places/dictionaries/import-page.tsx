import { DownloadOutlined } from '@ant-design/icons';
import { importTemplate, listDictionaries, saveDraft } from '#core/contract/api/dictionaries.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { downloadText } from '../../pieces/csv.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { JsonView } from '../../pieces/json-view.tsx';
import { ImportedDocument } from './imported-document.tsx';
import './dictionaries.css';

type Imported = RouteResult<typeof importTemplate>;

/** A 3CX or Yeastar template becomes a connection and dictionaries; what could not come along is said, one by one. */
export function ImportTemplatePage() {
  const { t } = useTranslation();
  const [template, setTemplate] = useState('');
  const [shown, setShown] = useState<Imported | null>(null);
  const translate = useRouteMutation(importTemplate, { onDone: setShown });
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file !== undefined) setTemplate(await file.text());
  };
  return (
    <>
      <PageHeader title={t('dictionaries.importTitle')} text={t('dictionaries.importText')} />
      <section className="panel" aria-label={t('dictionaries.template')}>
        <label className="panel-head" htmlFor={id}>
          <strong>{t('dictionaries.template')}</strong>
        </label>
        <Input.TextArea
          id={id}
          className="mono"
          rows={8}
          spellCheck={false}
          placeholder={t('dictionaries.templateHint')}
          value={template}
          onChange={(event) => setTemplate(event.target.value)}
        />
        <div className="form-actions import-actions">
          <Button
            type="primary"
            disabled={template.trim() === ''}
            loading={translate.isPending}
            onClick={() => translate.mutate({ body: { template } })}
          >
            {t('dictionaries.translate')}
          </Button>
          <label className="file-button">
            {t('dictionaries.chooseTemplate')}
            <input
              className="unseen"
              type="file"
              accept=".xml,.json,.txt"
              onChange={(event) => void read(event.target.files?.[0])}
            />
          </label>
        </div>
        {translate.error !== null && (
          <Alert type="error" showIcon className="form-alert" title={translate.error.problem.detail} />
        )}
      </section>
      {shown !== null && <ImportedTemplate imported={shown} />}
    </>
  );
}

function ImportedTemplate({ imported }: { readonly imported: Imported }) {
  const { t } = useTranslation();
  const list = useRoute(listDictionaries, {});
  const save = useRouteMutation(saveDraft, { refresh: [listDictionaries] });
  const known = new Map((list.data?.items ?? []).map((one) => [one.name, one]));
  const saveConnection = () =>
    downloadText('connection.json', JSON.stringify(imported.connection, null, 2), 'application/json');
  return (
    <>
      <section className="panel" aria-label={t('dictionaries.notCarried')}>
        <div className="panel-head">
          <h2>{t('dictionaries.notCarried')}</h2>
          <span className="soft">{t(`dictionaries.format.${imported.format}`)}</span>
        </div>
        {imported.notCarried.length === 0 ? (
          <p className="soft">{t('dictionaries.allCarried')}</p>
        ) : (
          <ul className="problem-list">
            {imported.notCarried.map((one) => (
              <li key={`${one.where} ${one.what}`}>
                <p>
                  <strong>{one.where}</strong> <code className="soft">{one.code}</code>
                </p>
                <p>
                  <code className="wrap">{one.what}</code>
                </p>
                <p>{one.why}</p>
                <p className="soft">{one.mend}</p>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="panel" aria-label={t('dictionaries.importedDocuments')}>
        <h2>{t('dictionaries.importedDocuments')}</h2>
        <ul className="problem-list">
          {imported.documents.map((one) => (
            <ImportedDocument key={one.name} document={one} known={known.get(one.name) ?? null} save={save} />
          ))}
        </ul>
      </section>
      <section className="panel" aria-label={t('dictionaries.importedConnection')}>
        <div className="panel-head">
          <h2>{t('dictionaries.importedConnection')}</h2>
          <Button size="small" icon={<DownloadOutlined />} onClick={saveConnection}>
            {t('dictionaries.downloadConnection')}
          </Button>
        </div>
        <p className="soft">
          {t('dictionaries.importedConnectionText')} <Link to="/connections/new">{t('connections.add')}</Link>
        </p>
        <JsonView label={t('dictionaries.connectionData')} value={imported.connection} />
      </section>
    </>
  );
}
