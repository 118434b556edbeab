/** Words of the activities written into CRMs, in the language the connection's policy names. */
import type { InteractionOutcome } from '#core/contract/interaction.ts';

export interface JournalTexts {
  readonly directions: Readonly<Record<'inbound' | 'outbound' | 'internal', string>>;
  readonly outcomes: Readonly<Record<InteractionOutcome | 'inProgress', string>>;
  /** `who` is the other party, `outcome` a word of `outcomes`. */
  readonly subject: (direction: string, who: string, outcome: string) => string;
  readonly labels: Readonly<
    Record<
      'agent' | 'queue' | 'waited' | 'rang' | 'talked' | 'held' | 'transfers' | 'notes' | 'disposition' | 'inferred',
      string
    >
  >;
  readonly unknownCaller: string;
  readonly transferKinds: Readonly<Record<string, string>>;
  readonly duration: (ms: number) => string;
}

const clock = (ms: number): string => {
  const secs = Math.round(ms / 1000);
  return `${Math.floor(secs / 60)}:${String(secs % 60).padStart(2, '0')}`;
};

const en: JournalTexts = {
  directions: { inbound: 'Inbound call', outbound: 'Outbound call', internal: 'Internal call' },
  outcomes: {
    answered: 'answered',
    missed: 'missed',
    abandoned: 'abandoned',
    busy: 'busy',
    failed: 'failed',
    voicemail: 'voicemail',
    inProgress: 'in progress',
  },
  subject: (direction, who, outcome) => `${direction}: ${who} (${outcome})`,
  labels: {
    agent: 'Agent',
    queue: 'Queue',
    waited: 'Waited',
    rang: 'Rang',
    talked: 'Talked',
    held: 'On hold',
    transfers: 'Transfers',
    notes: 'Notes',
    disposition: 'Disposition',
    inferred: 'Some times were reconstructed after the telephone link was lost.',
  },
  unknownCaller: 'unknown caller',
  transferKinds: {
    blind: 'blind transfer',
    attended: 'attended transfer',
    park: 'parked',
    pickup: 'picked up',
    forward: 'forwarded',
    parkTimeout: 'returned from parking',
  },
  duration: clock,
};

const zh: JournalTexts = {
  directions: { inbound: '来电', outbound: '去电', internal: '内部通话' },
  outcomes: {
    answered: '已接听',
    missed: '未接',
    abandoned: '主叫放弃',
    busy: '忙线',
    failed: '失败',
    voicemail: '语音留言',
    inProgress: '进行中',
  },
  subject: (direction, who, outcome) => `${direction}：${who}（${outcome}）`,
  labels: {
    agent: '坐席',
    queue: '队列',
    waited: '等待',
    rang: '振铃',
    talked: '通话',
    held: '保持',
    transfers: '转接',
    notes: '备注',
    disposition: '小结',
    inferred: '电话链路中断过，部分时间为事后推算。',
  },
  unknownCaller: '未知号码',
  transferKinds: {
    blind: '盲转',
    attended: '询问转接',
    park: '驻留',
    pickup: '代接',
    forward: '前转',
    parkTimeout: '驻留超时返回',
  },
  duration: clock,
};

export function journalTexts(language: 'en' | 'zh-CN'): JournalTexts {
  return language === 'zh-CN' ? zh : en;
}
