import { FileTextOutlined } from '@ant-design/icons';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly file: File | null;
  readonly onFile: (file: File) => void;
}

export function FileDrop({ file, onFile }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isOver, setOver] = useState(false);
  return (
    <div
      className={isOver ? 'file-drop file-over' : 'file-drop'}
      role="presentation"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [dropped] = event.dataTransfer.files;
        if (dropped !== undefined) onFile(dropped);
      }}
    >
      <FileTextOutlined aria-hidden className="state-icon" />
      {file !== null && <strong>{file.name}</strong>}
      <input
        id={id}
        className="unseen"
        type="file"
        accept=".csv,.txt,.tsv,text/csv"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen !== undefined) onFile(chosen);
        }}
      />
      <label htmlFor={id} className="file-button">
        {t('import.choose')}
      </label>
      <p className="soft">{t('import.chooseHelp')}</p>
    </div>
  );
}
