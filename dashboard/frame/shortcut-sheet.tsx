import { Modal } from 'antd';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Keys } from '../pieces/keys.tsx';
import { useMe } from './me.tsx';
import { places, type Place } from './places.ts';
import { listenForShortcuts, listShortcuts, setSheetOpener, useShortcut, type Shortcut } from './shortcuts.ts';

function GoTo({ place }: { readonly place: Place }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useShortcut(`g ${place.letter}`, t(`places.${place.name}`), () => void navigate(place.path));
  return null;
}

/** What the keyboard can do here and now. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const [shown, setShown] = useState<readonly Shortcut[] | null>(null);
  const open = useCallback(() => setShown(listShortcuts()), []);
  // Before the paint: whoever sees the page may press a key.
  useLayoutEffect(() => listenForShortcuts(), []);
  useEffect(() => {
    setSheetOpener(open);
    return () => setSheetOpener(null);
  }, [open]);
  useShortcut('?', t('shortcuts.title'), open);

  return (
    <>
      {places
        .filter((place) => permissions.includes(place.permission))
        .map((place) => (
          <GoTo key={place.name} place={place} />
        ))}
      <Modal open={shown !== null} onCancel={() => setShown(null)} footer={null} title={t('shortcuts.title')}>
        <dl className="shortcut-list">
          {(shown ?? []).map((shortcut) => (
            <div key={shortcut.keys}>
              <dt>
                <Keys keys={shortcut.keys} />
              </dt>
              <dd>{shortcut.label}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  );
}
