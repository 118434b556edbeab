import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy-text.ts';

/** An id to be pasted elsewhere: monospace, shortened in the middle if asked, one click copies all of it. */
export function CopyId({ id, short = false }: { readonly id: string; readonly short?: boolean }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const shown = short && id.length > 14 ? `${id.slice(0, 6)}…${id.slice(-5)}` : id;
  const copy = async () => {
    await copyText(id);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span className="copy-id">
      <code title={id}>{shown}</code>
      <Button
        type="text"
        size="small"
        icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
        aria-label={t(isCopied ? 'pieces.copied' : 'pieces.copy', { id })}
        onClick={(event) => {
          event.stopPropagation();
          void copy();
        }}
      />
    </span>
  );
}
