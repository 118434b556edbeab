import { interactionEvents } from '#core/contract/api/interactions.ts';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { absoluteTime } from '../../pieces/format.ts';
import { JsonView } from '../../pieces/json-view.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';

interface Props {
  readonly interactionId: string;
  readonly onClose: () => void;
}

/** The stored events behind the call, in the order they came. */
export function EventsDrawer({ interactionId, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const events = useRoute(interactionEvents, { params: { interactionId } });
  return (
    <Drawer open onClose={onClose} size={640} title={t('interactions.events')}>
      <QueryStates
        query={events}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyState title={t('interactions.noEvents')} text={t('interactions.noEventsText')} />}
      >
        {({ items }) => (
          <ol className="events">
            {items.map((event) => (
              <li key={event.eventId}>
                <details>
                  <summary>
                    <code>{event.type}</code>{' '}
                    <span className="soft figures">{absoluteTime(event.atMs, i18n.language)}</span>
                  </summary>
                  <JsonView label={event.eventId} value={event} />
                </details>
              </li>
            ))}
          </ol>
        )}
      </QueryStates>
    </Drawer>
  );
}
