import { ArrowDownOutlined, ArrowUpOutlined, SwapOutlined } from '@ant-design/icons';
import type { CallDirection } from '#core/contract/call-events.ts';
import { useTranslation } from 'react-i18next';

const icons = { inbound: ArrowDownOutlined, outbound: ArrowUpOutlined, internal: SwapOutlined };

export function Direction({ direction }: { readonly direction: CallDirection }) {
  const { t } = useTranslation();
  const Icon = icons[direction];
  return (
    <span className="nowrap">
      <Icon aria-hidden /> {t(`call.direction.${direction}`)}
    </span>
  );
}
