import { App } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** Unsaved changes are never lost by a stray click: leaving asks first, inside the page and at the browser's edge. */
export function useLeaveGuard() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const isDirty = useRef(false);

  const ask = useCallback(
    (go: () => void, stay?: () => void) => {
      modal.confirm({
        title: t('pieces.leave.title'),
        content: t('pieces.leave.text'),
        okText: t('pieces.leave.go'),
        cancelText: t('pieces.leave.stay'),
        onOk: () => {
          isDirty.current = false;
          go();
        },
        ...(stay === undefined ? {} : { onCancel: stay }),
      });
    },
    [modal, t],
  );
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state === 'blocked') ask(blocker.proceed, blocker.reset);
  }, [blocker, ask]);
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isDirty.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', onUnload);
    return () => window.removeEventListener('beforeunload', onUnload);
  }, []);

  return {
    touch: () => {
      isDirty.current = true;
    },
    /** Everything is saved: go on without a question. */
    clear: (then: () => void) => {
      isDirty.current = false;
      then();
    },
    leave: (go: () => void) => {
      if (isDirty.current) ask(go);
      else go();
    },
  };
}
