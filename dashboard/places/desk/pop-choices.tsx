import { ExportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { PopCandidate } from '#core/contract/desk.ts';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../frame/shortcuts.ts';
import { useWord } from '../../pieces/use-word.ts';
import { Keys } from '../../pieces/keys.tsx';

interface Props {
  readonly candidates: readonly PopCandidate[];
  readonly hasKeys: boolean;
  readonly onChoose: (contactId: string | null) => void;
}

/** Several people share the number: one key each. */
export function PopChoices({ candidates, hasKeys, onChoose }: Props) {
  return (
    <ol className="pop-choices">
      {candidates.map((candidate, index) => (
        <Choice
          key={`${candidate.contactId}-${candidate.source}-${candidate.displayName}`}
          candidate={candidate}
          digit={index < 9 ? String(index + 1) : null}
          hasKeys={hasKeys}
          onChoose={onChoose}
        />
      ))}
    </ol>
  );
}

interface ChoiceProps {
  readonly candidate: PopCandidate;
  readonly digit: string | null;
  readonly hasKeys: boolean;
  readonly onChoose: (contactId: string | null) => void;
}

function Choice({ candidate, digit, hasKeys, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const word = useWord();
  const choose = () => onChoose(candidate.contactId);
  useShortcut(digit ?? '', candidate.displayName, hasKeys && digit !== null ? choose : null);
  const source = word(`match.source.${candidate.source}`, candidate.source);
  const facts = [candidate.jobTitle, candidate.accountName, source].filter((fact) => fact !== null);
  return (
    <li>
      <button type="button" className="pop-choice" onClick={choose}>
        {digit !== null && <Keys keys={digit} />}
        <span>
          <strong>{candidate.displayName}</strong>
          <span className="soft">{facts.join(' · ')}</span>
        </span>
      </button>
      {candidate.recordUrl !== null && (
        <Button
          type="text"
          href={candidate.recordUrl}
          target="_blank"
          rel="noreferrer"
          icon={<ExportOutlined />}
          aria-label={t('desk.pop.openRecordOf', { name: candidate.displayName })}
        />
      )}
    </li>
  );
}
