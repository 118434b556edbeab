import {
  CheckCircleFilled,
  CloseCircleFilled,
  EditOutlined,
  ExclamationCircleFilled,
  InfoCircleOutlined,
} from '@ant-design/icons';
import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAppearance } from '../../frame/appearance.tsx';
import { wholeNumber } from '../../pieces/format.ts';
import { StatusMark } from '../../pieces/status.tsx';
import { NoValue } from '../../pieces/times.tsx';
import { titleOf } from './words.ts';

export function DocumentRow({ document: one }: { readonly document: DictionarySummary }) {
  const { t, i18n } = useTranslation();
  const { language } = useAppearance();
  return (
    <tr>
      <th scope="row">
        <Link to={`/dictionaries/${one.name}`}>{titleOf(one, language)}</Link>
        <code className="soft block">{one.name}</code>
      </th>
      <td>{one.entity === null ? t('dictionaries.kinds.values') : t(`entity.${one.entity}.kind`)}</td>
      <td>
        <LiveVersion document={one} />
      </td>
      <td>
        <ul className="document-marks">
          <DocumentMarks document={one} />
        </ul>
      </td>
      <td className="number">{one.kind === 'values' ? <NoValue /> : wholeNumber(one.rules, i18n.language)}</td>
      <td className="number">
        {one.tests === 0 ? (
          <NoValue />
        ) : (
          t('dictionaries.testRatio', { passed: one.tests - one.failedTests, all: one.tests })
        )}
      </td>
      <td className="number">
        {one.losses === 0 ? (
          0
        ) : (
          <Link to={`/dictionaries?view=losses&dictionary=${encodeURIComponent(one.name)}`}>
            {wholeNumber(one.losses, i18n.language)}
          </Link>
        )}
      </td>
    </tr>
  );
}

export function LiveVersion({ document: one }: { readonly document: DictionarySummary }) {
  const { t } = useTranslation();
  if (one.liveVersion === null) return <span className="soft">{t('dictionaries.neverPublished')}</span>;
  return (
    <>
      {t('dictionaries.version', { version: one.liveVersion })}
      {one.origin !== null && <span className="soft"> · {t(`dictionaries.origin.${one.origin}`)}</span>}
    </>
  );
}

/** What needs an eye: always icon and word. */
function DocumentMarks({ document: one }: { readonly document: DictionarySummary }) {
  const { t } = useTranslation();
  const marks = [
    one.draft !== null && <StatusMark tone="accent" icon={<EditOutlined />} word={t('dictionaries.draft')} />,
    one.errors > 0 && (
      <StatusMark tone="bad" icon={<CloseCircleFilled />} word={t('dictionaries.errors', { count: one.errors })} />
    ),
    one.failedTests > 0 && (
      <StatusMark
        tone="bad"
        icon={<CloseCircleFilled />}
        word={t('dictionaries.failedTests', { count: one.failedTests })}
      />
    ),
    one.warnings > 0 && (
      <StatusMark
        tone="warn"
        icon={<ExclamationCircleFilled />}
        word={t('dictionaries.warnings', { count: one.warnings })}
      />
    ),
    one.shippedIsNewer && (
      <StatusMark tone="quiet" icon={<InfoCircleOutlined />} word={t('dictionaries.shippedIsNewer')} />
    ),
  ].filter((mark) => mark !== false);
  if (marks.length === 0) {
    return (
      <li>
        <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('dictionaries.allGood')} />
      </li>
    );
  }
  // oxlint-disable-next-line react/no-array-index-key -- marks have a fixed order
  return marks.map((mark, index) => <li key={index}>{mark}</li>);
}
