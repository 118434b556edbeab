import { deleteContact, listContacts, type Contact } from '#core/contract/api/directory.ts';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { createElement, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { asProblem } from '../../api/problem-error.ts';
import { requestPath } from '../../api/request.ts';
import { personName } from '../../pieces/format.ts';

const undoMs = 8_000;

/** Undo instead of a question: the row goes at once, the hub is told when the chance to undo has passed. */
export function useRemoveContact() {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const restore = useCallback((id: string) => {
    clearTimeout(pending.current.get(id));
    pending.current.delete(id);
    setRemoved((held) => new Set([...held].filter((one) => one !== id)));
  }, []);

  const remove = useCallback(
    (contact: Contact) => {
      const key = `removed-${contact.id}`;
      const commit = async () => {
        pending.current.delete(contact.id);
        notification.destroy(key);
        try {
          await call(deleteContact, { params: { contactId: contact.id } });
          await queries.invalidateQueries({ queryKey: [listContacts.id] });
        } catch (thrown) {
          restore(contact.id);
          notification.error({ title: t('errors.refused'), description: asProblem(thrown).problem.detail });
        }
      };
      setRemoved((held) => new Set([...held, contact.id]));
      pending.current.set(
        contact.id,
        setTimeout(() => void commit(), undoMs),
      );
      notification.info({
        key,
        title: t('directory.removed', { name: personName(contact) }),
        duration: undoMs / 1000,
        actions: createElement(
          Button,
          {
            onClick: () => {
              restore(contact.id);
              notification.destroy(key);
            },
          },
          t('pieces.undo'),
        ),
      });
    },
    [notification, queries, restore, t],
  );

  /** Leaving the page takes the removals along; the browser sends them even while the tab closes. */
  useEffect(() => {
    const held = pending.current;
    const flush = () => {
      for (const [contactId, timer] of held) {
        clearTimeout(timer);
        const path = requestPath(deleteContact, { params: { contactId } });
        void fetch(path, { method: 'DELETE', credentials: 'same-origin', keepalive: true });
      }
      held.clear();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);
  return { removed, remove };
}
