import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { absoluteTime, clockDuration, dayAndTime, relativeTime } from './format.ts';
import { useNow } from './now.ts';

/** Time since a moment, counting. */
export function RunningTime({ sinceMs }: { readonly sinceMs: number }) {
  const now = useNow();
  return (
    <span className="figures" role="timer">
      {clockDuration(now - sinceMs)}
    </span>
  );
}

/** How long ago, with the exact time and zone on hover. */
export function Ago({ atMs }: { readonly atMs: number }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <Tooltip title={absoluteTime(atMs, i18n.language)}>
      <time dateTime={new Date(atMs).toISOString()}>{relativeTime(atMs, now, i18n.language)}</time>
    </Tooltip>
  );
}

/** Day and minute, with seconds and zone on hover. */
export function When({ atMs }: { readonly atMs: number }) {
  const { i18n } = useTranslation();
  return (
    <Tooltip title={absoluteTime(atMs, i18n.language)}>
      <time className="figures" dateTime={new Date(atMs).toISOString()}>
        {dayAndTime(atMs, i18n.language)}
      </time>
    </Tooltip>
  );
}

export function Duration({ ms }: { readonly ms: number | null }) {
  return ms === null ? <NoValue /> : <span className="figures">{clockDuration(ms)}</span>;
}

export function NoValue() {
  const { t } = useTranslation();
  return (
    <span className="soft">
      <span aria-hidden>–</span>
      <span className="unseen">{t('pieces.none')}</span>
    </span>
  );
}
