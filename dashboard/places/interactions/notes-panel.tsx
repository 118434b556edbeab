import { interactionWrapUp } from '#core/contract/api/interactions.ts';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { useWord } from '../../pieces/use-word.ts';
import { StatusMark } from '../../pieces/status.tsx';
import { CheckCircleFilled, EditOutlined } from '@ant-design/icons';

export function NotesPanel({ interactionId }: { readonly interactionId: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const stored = useRoute(interactionWrapUp, { params: { interactionId } });
  return (
    <section className="panel" aria-label={t('interactions.wrapUp')}>
      <div className="panel-head">
        <h2>{t('interactions.wrapUp')}</h2>
      </div>
      <QueryStates query={stored} skeletonRows={1}>
        {({ wrapUp }) =>
          wrapUp === null ? (
            <p className="soft">{t('interactions.noWrapUp')}</p>
          ) : (
            <>
              <p>
                {wrapUp.completed ? (
                  <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('interactions.wrapUpDone')} />
                ) : (
                  <StatusMark tone="warn" icon={<EditOutlined />} word={t('interactions.wrapUpOpen')} />
                )}
              </p>
              {wrapUp.disposition !== null && <p>{word(`dispositions.${wrapUp.disposition}`, wrapUp.disposition)}</p>}
              {wrapUp.notes !== '' && <p className="notes">{wrapUp.notes}</p>}
            </>
          )
        }
      </QueryStates>
    </section>
  );
}
