import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, type ProblemError } from '../../api/problem-error.ts';
import { useLeaveGuard } from '../use-leave-guard.ts';
import { faultAt, withoutFaults, type Faults } from './faults.ts';

export interface Draft<T> {
  readonly value: T;
  readonly isChanged: boolean;
  readonly problem: ProblemError | null;
  /** What the hub said of the field at this path, or of anything under it. */
  readonly faultAt: (path: string) => string | undefined;
  /** `mended` names the field that was changed: what was said of it no longer counts. */
  readonly set: (next: T, mended: string) => void;
  readonly discard: () => void;
  readonly saved: () => void;
  readonly refused: (problem: ProblemError) => void;
}

/** A copy of what is stored, changed in the page and saved as a whole. Leaving with changes asks first. */
export function useDraft<T>(stored: T): Draft<T> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const guard = useLeaveGuard();
  const [changed, setChanged] = useState<{ readonly value: T } | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [faults, setFaults] = useState<Faults>({});
  const discard = () =>
    guard.clear(() => {
      setChanged(null);
      setProblem(null);
      setFaults({});
    });
  return {
    value: changed === null ? stored : changed.value,
    isChanged: changed !== null,
    problem,
    faultAt: (path) => faultAt(faults, path),
    set: (value, mended) => {
      guard.touch();
      setChanged({ value });
      const left = withoutFaults(faults, mended);
      setFaults(left);
      if (Object.keys(left).length === 0) setProblem(null);
    },
    discard,
    saved: () => {
      discard();
      void message.success(t('policy.saved'));
    },
    refused: (error) => {
      setProblem(error);
      setFaults(fieldErrors(error));
    },
  };
}
