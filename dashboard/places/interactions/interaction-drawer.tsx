import { Drawer } from 'antd';
import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCallerName } from '../../pieces/caller.tsx';
import { InteractionFacts } from './interaction-facts.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  readonly interaction: Interaction | null;
  readonly onClose: () => void;
}

/** The row first in a drawer; the whole page is one click further. */
export function InteractionDrawer({ interaction, onClose }: Props) {
  return interaction === null ? null : <OpenDrawer interaction={interaction} onClose={onClose} />;
}

function OpenDrawer({ interaction, onClose }: { readonly interaction: Interaction; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const name = useCallerName(interaction);
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={name}
      extra={<Link to={`/interactions/${interaction.id}`}>{t('interactions.openPage')}</Link>}
    >
      <InteractionFacts interaction={interaction} />
      <Timeline interaction={interaction} />
    </Drawer>
  );
}
