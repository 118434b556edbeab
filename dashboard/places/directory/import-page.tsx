import { importPreview, importStart } from '#core/contract/api/directory.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useRouteMutation } from '../../api/use-route.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { PageSkeleton } from '../../pieces/states.tsx';
import { headOf, wholeOf } from './csv-file.ts';
import { FileDrop } from './file-drop.tsx';
import { ImportMapping } from './import-mapping.tsx';
import { ImportProgress } from './import-progress.tsx';
import './import.css';

type Preview = RouteResult<typeof importPreview>;

/** Choose a file, see how it will be read, start; the address keeps a running import across a reload. */
export function ImportPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const importId = address.get('import');
  return (
    <>
      <PageHeader title={t('import.title')} text={t('import.text')} />
      {importId === null ? (
        <ImportSteps onStarted={(id) => setAddress({ import: id })} />
      ) : (
        <ImportProgress importId={importId} onAgain={() => setAddress({})} />
      )}
    </>
  );
}

function ImportSteps({ onStarted }: { readonly onStarted: (importId: string) => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [shown, setShown] = useState<Preview | null>(null);
  const preview = useRouteMutation(importPreview, { onDone: setShown });
  const start = useRouteMutation(importStart, { onDone: ({ importId }) => onStarted(importId) });
  const read = async (chosen: File, mapping?: Record<string, string>) => {
    setFile(chosen);
    const body = {
      csv: await headOf(chosen),
      encoding: 'base64' as const,
      ...(mapping === undefined ? {} : { mapping }),
    };
    preview.mutate({ body });
  };
  const begin = async () => {
    if (file === null || shown === null) return;
    const csv = await wholeOf(file);
    start.mutate({ body: { csv, encoding: 'base64', mapping: shown.mapping, fileName: file.name } });
  };
  const error = preview.error ?? start.error;

  return (
    <>
      {error !== null && <Alert type="error" showIcon className="form-alert" title={error.problem.detail} />}
      <FileDrop file={file} onFile={(chosen) => void read(chosen)} />
      {preview.isPending && shown === null && <PageSkeleton />}
      {file !== null && shown !== null && (
        <>
          <ImportMapping preview={shown} isBusy={preview.isPending} onMapping={(mapping) => void read(file, mapping)} />
          <div className="form-actions">
            <Button type="primary" loading={start.isPending} disabled={preview.isPending} onClick={() => void begin()}>
              {t('import.start')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
