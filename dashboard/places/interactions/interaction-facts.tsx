import type { Interaction } from '#core/contract/interaction.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyId } from '../../pieces/copy-id.tsx';
import { Direction } from '../../pieces/direction.tsx';
import { readableNumber } from '../../pieces/phone-text.ts';
import { Status } from '../../pieces/status.tsx';
import { Duration, NoValue, When } from '../../pieces/times.tsx';

export function InteractionFacts({ interaction }: { readonly interaction: Interaction }) {
  const { t } = useTranslation();
  const { caller, callee } = interaction;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('interactions.outcome'),
      interaction.outcome === null ? (
        <Status kind="phase" value={interaction.phase} />
      ) : (
        <Status kind="outcome" value={interaction.outcome} />
      ),
    ],
    [t('live.column.direction'), <Direction key="direction" direction={interaction.direction} />],
    [t('interactions.from'), caller.number === null ? <NoValue /> : readableNumber(caller.number)],
    [t('interactions.to'), callee === null ? <NoValue /> : readableNumber(callee)],
    [t('interactions.started'), <When key="started" atMs={interaction.startMs} />],
    [t('live.column.queue'), interaction.queue ?? <NoValue />],
    [t('interactions.agents'), interaction.agents.length === 0 ? <NoValue /> : interaction.agents.join(' → ')],
    [t('interactions.wait'), <Duration key="wait" ms={interaction.waitMs} />],
    [t('interactions.ring'), <Duration key="ring" ms={interaction.ringMs} />],
    [t('interactions.talk'), <Duration key="talk" ms={interaction.talkMs} />],
    [t('interactions.hold'), <Duration key="hold" ms={interaction.holdMs} />],
    [t('interactions.id'), <CopyId key="id" id={interaction.id} />],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
