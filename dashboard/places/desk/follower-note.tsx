import { Button } from 'antd';
import { BlockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useDeskStore } from '../../desk-session/desk-provider.tsx';

/** Only one tab pops; the others say so and keep up silently. */
export function FollowerNote() {
  const { t } = useTranslation();
  const store = useDeskStore();
  return (
    <p className="follower-note">
      <span>
        <BlockOutlined aria-hidden /> {t('desk.follower.text')}
      </span>
      <Button size="small" onClick={() => store.takeOver()}>
        {t('desk.follower.takeOver')}
      </Button>
    </p>
  );
}
