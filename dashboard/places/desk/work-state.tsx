import type { Interaction } from '#core/contract/interaction.ts';
import { Status } from '../../pieces/status.tsx';
import { Ago, Duration, RunningTime } from '../../pieces/times.tsx';

/** What the call does now and for how long, or how it ended. */
export function WorkState({ interaction }: { readonly interaction: Interaction }) {
  if (interaction.open) {
    return (
      <>
        <Status kind="phase" value={interaction.phase} />
        <RunningTime sinceMs={interaction.answerMs ?? interaction.startMs} />
      </>
    );
  }
  return (
    <>
      <Status kind="outcome" value={interaction.outcome ?? 'failed'} />
      <Duration ms={interaction.talkMs} />
      <span className="soft">
        <Ago atMs={interaction.endMs ?? interaction.startMs} />
      </span>
    </>
  );
}
