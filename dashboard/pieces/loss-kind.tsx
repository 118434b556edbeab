import {
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  ScissorOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { LossView } from '#core/contract/api/dictionaries.ts';
import { useTranslation } from 'react-i18next';
import { StatusMark } from './status.tsx';

const icons = {
  nulled: MinusCircleOutlined,
  truncated: ScissorOutlined,
  defaulted: SwapOutlined,
  omitted: ExclamationCircleFilled,
  failed: CloseCircleFilled,
};

export function LossKind({ kind }: { readonly kind: LossView['kind'] }) {
  const { t } = useTranslation();
  const Icon = icons[kind];
  return <StatusMark tone={kind === 'failed' ? 'bad' : 'warn'} icon={<Icon />} word={t(`dictionaries.lost.${kind}`)} />;
}
