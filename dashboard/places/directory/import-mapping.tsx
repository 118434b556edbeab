import { Alert, Select } from 'antd';
import type { importPreview } from '#core/contract/api/directory.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../pieces/scroll-table.tsx';
import { personName } from '../../pieces/format.ts';

type Preview = RouteResult<typeof importPreview>;

interface Props {
  readonly preview: Preview;
  readonly isBusy: boolean;
  readonly onMapping: (mapping: Record<string, string>) => void;
}

/** Which column is what, and the first rows as they would be stored. */
export function ImportMapping({ preview, isBusy, onMapping }: Props) {
  const { t } = useTranslation();
  const fields = preview.fields.map((field) => ({ value: field, label: t(`import.field.${field}`) }));
  const change = (column: string, field: string | undefined) => {
    const { [column]: _, ...others } = preview.mapping;
    onMapping(field === undefined ? others : { ...others, [column]: field });
  };
  return (
    <>
      {preview.problems.map((problem) => (
        <Alert key={problem} type="warning" showIcon className="form-alert" title={problem} />
      ))}
      <section className="panel" aria-label={t('import.mapping')} aria-busy={isBusy}>
        <div className="panel-head">
          <h2>{t('import.mapping')}</h2>
          <span className="soft">
            {t('import.read', { charset: preview.charset, delimiter: delimiterWord(preview.delimiter) })}
          </span>
        </div>
        <div className="mapping">
          {preview.columns.map((column) => (
            <div key={column} className="mapping-row">
              <span id={`column-${column}`}>{column}</span>
              <Select
                allowClear
                disabled={isBusy}
                aria-labelledby={`column-${column}`}
                aria-label={column}
                placeholder={t('import.ignored')}
                options={fields}
                value={preview.mapping[column] ?? null}
                onChange={(field: string | null | undefined) => change(column, field ?? undefined)}
              />
            </div>
          ))}
        </div>
      </section>
      <PreviewRows rows={preview.rows} />
    </>
  );
}

function delimiterWord(delimiter: string): string {
  return delimiter === '\t' ? 'TAB' : delimiter;
}

function PreviewRows({ rows }: { readonly rows: Preview['rows'] }) {
  const { t } = useTranslation();
  return (
    <div className="panel">
      <div className="panel-head">
        <h2>{t('import.preview')}</h2>
      </div>
      <ScrollTable label={t('import.preview')}>
        <thead>
          <tr>
            <th scope="col" className="number">
              {t('import.line')}
            </th>
            <th scope="col">{t('contact.name')}</th>
            <th scope="col">{t('contact.accountName')}</th>
            <th scope="col">{t('contact.phones')}</th>
            <th scope="col">{t('contact.emails')}</th>
            <th scope="col">{t('import.problems')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, contact, problems }) => (
            <tr key={line}>
              <td className="number">{line}</td>
              <td>{contact.displayName ?? personName(contact)}</td>
              <td>{contact.accountName}</td>
              <td className="figures">{contact.phones.map((phone) => phone.number).join(', ')}</td>
              <td>{contact.emails.join(', ')}</td>
              <td className="write-error">{problems.join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </div>
  );
}
