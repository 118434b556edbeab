/** A status is always an icon, a word and a colour, so it survives grey print and every kind of eye. */
import {
  AuditOutlined,
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  LoadingOutlined,
  LoginOutlined,
  LogoutOutlined,
  MinusCircleOutlined,
  PauseCircleFilled,
  PhoneFilled,
  PhoneOutlined,
  QuestionCircleOutlined,
  SoundOutlined,
  StopOutlined,
  SwapOutlined,
  SyncOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useWord } from './use-word.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet';
type Look = readonly [tone: Tone, icon: ComponentType];

const looks = {
  phase: {
    ringing: ['warn', PhoneOutlined],
    queued: ['accent', ClockCircleOutlined],
    talking: ['good', PhoneFilled],
    held: ['warn', PauseCircleFilled],
    parked: ['warn', PauseCircleFilled],
    ivr: ['accent', SoundOutlined],
    voicemail: ['quiet', AuditOutlined],
    ended: ['quiet', StopOutlined],
  },
  outcome: {
    answered: ['good', CheckCircleFilled],
    missed: ['bad', CloseCircleFilled],
    abandoned: ['warn', ExclamationCircleFilled],
    busy: ['warn', MinusCircleOutlined],
    failed: ['bad', CloseCircleFilled],
    voicemail: ['accent', AuditOutlined],
  },
  agent: {
    loggedOn: ['accent', LoginOutlined],
    ready: ['good', CheckCircleFilled],
    notReady: ['warn', PauseCircleFilled],
    busy: ['accent', PhoneFilled],
    workingAfterCall: ['warn', AuditOutlined],
    loggedOff: ['quiet', LogoutOutlined],
  },
  link: {
    stopped: ['quiet', StopOutlined],
    opening: ['accent', LoadingOutlined],
    up: ['good', CheckCircleFilled],
    waiting: ['warn', ClockCircleOutlined],
    failed: ['bad', CloseCircleFilled],
    standby: ['quiet', PauseCircleFilled],
  },
  write: {
    waiting: ['quiet', ClockCircleOutlined],
    running: ['accent', UploadOutlined],
    retrying: ['warn', SyncOutlined],
    inDoubt: ['warn', QuestionCircleOutlined],
    done: ['good', CheckCircleFilled],
    dead: ['bad', CloseCircleFilled],
    superseded: ['quiet', SwapOutlined],
  },
  import: {
    running: ['accent', LoadingOutlined],
    done: ['good', CheckCircleFilled],
    failed: ['bad', CloseCircleFilled],
    cancelled: ['quiet', StopOutlined],
  },
  contact: {
    active: ['good', CheckCircleFilled],
    inactive: ['quiet', StopOutlined],
    converted: ['accent', SwapOutlined],
  },
} as const satisfies Record<string, Record<string, Look>>;
export type StatusKind = keyof typeof looks;

interface Props {
  readonly kind: StatusKind;
  readonly value: string;
}

export function Status({ kind, value }: Props) {
  const word = useWord();
  const known: Record<string, Look> = looks[kind];
  const [tone, Icon] = known[value] ?? (['quiet', QuestionCircleOutlined] satisfies Look);
  return <StatusMark tone={tone} icon={<Icon />} word={word(`status.${kind}.${value}`, value)} />;
}

interface MarkProps {
  readonly tone: Tone;
  readonly icon: React.ReactNode;
  readonly word: string;
}

export function StatusMark({ tone, icon, word }: MarkProps) {
  return (
    <span className={`status status-${tone}`}>
      <span aria-hidden>{icon}</span> {word}
    </span>
  );
}
