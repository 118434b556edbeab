import { whoAmI } from '#core/contract/api/access.ts';
import type { Pop } from '#core/contract/desk.ts';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useMe } from '../frame/me.tsx';
import { DeskStore, type DeskView } from './desk-store.ts';
import { useReason } from '../pieces/match-words.ts';
import { usePopHeadline } from './pop-words.ts';

const DeskContext = createContext<DeskStore | null>(null);

export function useDeskStore(): DeskStore {
  const store = useContext(DeskContext);
  if (store === null) throw new Error('useDeskStore outside DeskProvider');
  return store;
}

export function useDeskView(): DeskView {
  const store = useDeskStore();
  return useSyncExternalStore(store.subscribe, store.view);
}

export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const { user } = useMe();
  const queries = useQueryClient();
  const store = useMemo(
    () => new DeskStore(user.id, () => void queries.invalidateQueries({ queryKey: [whoAmI.id] })),
    [user.id, queries],
  );
  useEffect(() => store.start(), [store]);
  const phone = `${user.connectionId ?? ''}/${user.extension ?? ''}`;
  const seatedAt = useRef(phone);
  useEffect(() => {
    if (seatedAt.current === phone) return;
    seatedAt.current = phone;
    void store.reload();
  }, [store, phone]);
  return (
    <DeskContext.Provider value={store}>
      <PopNotices store={store} />
      {children}
    </DeskContext.Provider>
  );
}

/** Says on every other page, and outside the browser when the tab is hidden, that a call is there. */
function PopNotices({ store }: { readonly store: DeskStore }) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const headline = usePopHeadline();
  const reasonOf = useReason();
  const navigate = useNavigate();
  const location = useLocation();
  const isOnDesk = location.pathname === '/desk';
  const told = useRef(new Set<string>());

  useEffect(() => {
    store.setOnDesk(isOnDesk);
    if (isOnDesk) for (const id of told.current) notification.destroy(id);
    return store.onPop((pop) => {
      if (pop.state !== 'shown') {
        notification.destroy(pop.id);
        return;
      }
      const isNew = !told.current.has(pop.id);
      told.current.add(pop.id);
      if (document.hidden && isNew) tellSystem(pop, headline(pop), reasonOf(pop));
      if (isOnDesk) return;
      notification.open({
        key: pop.id,
        title: headline(pop),
        description: reasonOf(pop),
        duration: 0,
        actions: (
          <Button
            type="primary"
            onClick={() => {
              notification.destroy(pop.id);
              void navigate('/desk');
            }}
          >
            {t('desk.open')}
          </Button>
        ),
      });
    });
  }, [store, isOnDesk, notification, headline, reasonOf, navigate, t]);
  return null;
}

function tellSystem(pop: Pop, title: string, body: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notice = new Notification(title, { body, tag: pop.id });
  notice.addEventListener('click', () => {
    window.focus();
    notice.close();
  });
}
