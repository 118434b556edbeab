import { ExportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { PopCandidate } from '#core/contract/desk.ts';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../frame/shortcuts.ts';
import { useWord } from '../../pieces/use-word.ts';
import { Keys } from '../../pieces/keys.tsx';

interface Props {
  readonly candidate: PopCandidate;
  readonly hasKeys: boolean;
  readonly onAccept: (contactId: string | null) => void;
}

export function PopRecord({ candidate, hasKeys, onAccept }: Props) {
  const { t } = useTranslation();
  const { contactId, recordUrl } = candidate;
  const accept = () => onAccept(contactId);
  const open = () => {
    if (recordUrl !== null) window.open(recordUrl, '_blank', 'noopener');
    accept();
  };
  useShortcut('Enter', t('desk.pop.accept'), hasKeys ? accept : null);
  useShortcut('o', t('desk.pop.openRecord'), hasKeys && recordUrl !== null ? open : null);
  return (
    <>
      <CandidateLine candidate={candidate} />
      <div className="pop-actions">
        <Button type="primary" size="large" onClick={accept}>
          {t('desk.pop.accept')} {hasKeys && <Keys keys="Enter" />}
        </Button>
        {recordUrl !== null && (
          <Button
            size="large"
            href={recordUrl}
            target="_blank"
            rel="noreferrer"
            icon={<ExportOutlined aria-hidden />}
            onClick={accept}
          >
            {t('desk.pop.openRecord')} {hasKeys && <Keys keys="o" />}
          </Button>
        )}
      </div>
    </>
  );
}

/** Job and company, and which system says so. */
export function CandidateLine({ candidate }: { readonly candidate: PopCandidate }) {
  const { t } = useTranslation();
  const word = useWord();
  const facts = [candidate.jobTitle, candidate.accountName].filter((fact) => fact !== null && fact !== '');
  return (
    <p className="pop-facts">
      {facts.length > 0 && <span>{facts.join(' · ')}</span>}
      <span className="soft">
        {t('desk.pop.source', { source: word(`match.source.${candidate.source}`, candidate.source) })}
      </span>
    </p>
  );
}
