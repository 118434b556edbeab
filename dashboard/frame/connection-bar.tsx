import { DisconnectOutlined } from '@ant-design/icons';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isAnyLinkLost, subscribeLinks } from '../api/link-state.ts';

/** Quiet on purpose: what is on screen stays, and the stream goes on by itself from where it broke. */
export function ConnectionBar() {
  const { t } = useTranslation();
  const isLost = useSyncExternalStore(subscribeLinks, isAnyLinkLost);
  return (
    <div aria-live="polite">
      {isLost && (
        <p className="connection-bar">
          <DisconnectOutlined aria-hidden /> {t('frame.connectionLost')}
        </p>
      )}
    </div>
  );
}
