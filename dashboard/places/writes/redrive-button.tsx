import { RedoOutlined } from '@ant-design/icons';
import { deadLetterGroups, listWrites, redrive, writeSummary } from '#core/contract/api/writes.ts';
import { App, Button, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useCan } from '../../frame/me.tsx';

interface Props extends Pick<ButtonProps, 'type'> {
  readonly body: z.input<typeof redrive.body>;
  readonly label: string;
  readonly onDone?: () => void;
}

/** Repeating a write cannot double it, so there is nothing to confirm. */
export function RedriveButton({ body, label, onDone, type = 'default' }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refuse = useRefusal();
  const canRedrive = useCan('writes.redrive');
  const again = useRouteMutation(redrive, {
    refresh: [listWrites, writeSummary, deadLetterGroups],
    onDone: ({ redriven }) => {
      void message.success(t('writes.redriven', { count: redriven }));
      onDone?.();
    },
  });
  if (!canRedrive) return null;
  return (
    <Button
      type={type}
      icon={<RedoOutlined />}
      loading={again.isPending}
      onClick={() => again.mutate({ body }, { onError: refuse })}
    >
      {label}
    </Button>
  );
}
