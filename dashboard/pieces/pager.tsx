import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { wholeNumber } from './format.ts';

interface Props {
  readonly page: number;
  readonly total: number | null;
  readonly nextCursor: string | null;
  readonly onNext: (cursor: string) => void;
  readonly onPrevious: () => void;
}

export function Pager({ page, total, nextCursor, onNext, onPrevious }: Props) {
  const { t, i18n } = useTranslation();
  if (page === 1 && nextCursor === null && total === null) return null;
  return (
    <nav className="pager" aria-label={t('pieces.pager.label')}>
      {total !== null && (
        <span className="soft">
          {t('pieces.pager.total', { count: total, shown: wholeNumber(total, i18n.language) })}
        </span>
      )}
      <Button
        icon={<LeftOutlined />}
        disabled={page === 1}
        onClick={onPrevious}
        aria-label={t('pieces.pager.previous')}
      />
      <span className="figures">{t('pieces.pager.page', { page })}</span>
      <Button
        icon={<RightOutlined />}
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && onNext(nextCursor)}
        aria-label={t('pieces.pager.next')}
      />
    </nav>
  );
}
