import { deleteContact, listContacts, type Contact } from '#core/contract/api/directory.ts';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { createElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { asProblem } from '../../api/problem-error.ts';
import { requestPath } from '../../api/request.ts';
import { personName } from '../../pieces/format.ts';

const undoMs = 8_000;
type Pending = Map<string, ReturnType<typeof setTimeout>>;

/** Undo instead of a question: the row goes at once, the hub is told when the chance to undo has passed. */
export function useRemoveContact() {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef<Pending>(new Map());
  useFlush(pending);

  const restore = (id: string) => {
    clearTimeout(pending.current.get(id));
    pending.current.delete(id);
    notification.destroy(id);
    setRemoved((held) => new Set([...held].filter((one) => one !== id)));
  };
  const commit = async (id: string) => {
    pending.current.delete(id);
    notification.destroy(id);
    try {
      await call(deleteContact, { params: { contactId: id } });
      await queries.invalidateQueries({ queryKey: [listContacts.id] });
    } catch (thrown) {
      restore(id);
      notification.error({ title: t('errors.refused'), description: asProblem(thrown).problem.detail });
    }
  };
  const remove = (contact: Contact) => {
    const { id } = contact;
    setRemoved((held) => new Set([...held, id]));
    pending.current.set(
      id,
      setTimeout(() => void commit(id), undoMs),
    );
    notification.info({
      key: id,
      title: t('directory.removed', { name: personName(contact) }),
      duration: undoMs / 1000,
      actions: createElement(Button, { onClick: () => restore(id) }, t('pieces.undo')),
    });
  };
  return { removed, remove };
}

/** Leaving the page carries the removals out; the browser sends them even while the tab closes. */
function useFlush(pending: { readonly current: Pending }): void {
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
  }, [pending]);
}
