import type { DictionarySummary, saveDraft } from '#core/contract/api/dictionaries.ts';
import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { StatusMark } from '../../pieces/status.tsx';

interface Props {
  readonly document: { readonly name: string; readonly text: string; readonly tests: string | null };
  readonly known: DictionarySummary | null;
  readonly save: ReturnType<typeof useRouteMutation<typeof saveDraft>>;
}

/** One translated dictionary. A draft that someone works on is never overwritten from here. */
export function ImportedDocument({ document: one, known, save }: Props) {
  const { t } = useTranslation();
  const refuse = useRefusal();
  const [isSaved, setSaved] = useState(false);
  const [connector = '', document = ''] = one.name.split('/');
  const hasDraft = known !== null && known.draft !== null;
  const keep = () => {
    const { text, tests } = one;
    save.mutate(
      { params: { connector, document }, body: { text, tests, revision: null } },
      { onSuccess: () => setSaved(true), onError: refuse },
    );
  };
  return (
    <li>
      <div className="panel-head">
        <code>{one.name}</code>
        {isSaved ? (
          <span className="panel-actions">
            <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('dictionaries.savedAsDraft')} />
            <Link to={`/dictionaries/${one.name}`}>{t('dictionaries.open')}</Link>
          </span>
        ) : (
          <Button type="primary" disabled={hasDraft} loading={save.isPending} onClick={keep}>
            {t('dictionaries.saveAsDraft')}
          </Button>
        )}
      </div>
      {!isSaved && hasDraft && <p className="soft">{t('dictionaries.hasDraft')}</p>}
      {!isSaved && known !== null && !hasDraft && <p className="soft">{t('dictionaries.becomesDraft')}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre className="source" tabIndex={0}>
        {one.text}
      </pre>
    </li>
  );
}
