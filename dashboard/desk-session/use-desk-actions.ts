import { acknowledgePop, callCommand, dismissPop, makeCall, setAgentState } from '#core/contract/api/desk.ts';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem-error.ts';
import { useRouteMutation } from '../api/use-route.ts';
import { useDeskStore } from './desk-provider.tsx';

/** Shows why the hub refused, in its own sentence. */
export function useRefusal(): (error: ProblemError) => void {
  const { notification } = App.useApp();
  const { t } = useTranslation();
  return (error) => notification.error({ title: t('errors.refused'), description: error.problem.detail });
}

export function useAcknowledge() {
  const store = useDeskStore();
  return useRouteMutation(acknowledgePop, { onDone: (pop) => store.applyHere({ type: 'pop', pop }) });
}

export function useDismiss() {
  const store = useDeskStore();
  return useRouteMutation(dismissPop, { onDone: (pop) => store.applyHere({ type: 'pop', pop }) });
}

export function useAgentState() {
  const store = useDeskStore();
  return useRouteMutation(setAgentState, { onDone: (state) => store.applyHere({ type: 'agent', ...state }) });
}

export function useCallCommand() {
  return useRouteMutation(callCommand);
}

export function useMakeCall() {
  return useRouteMutation(makeCall);
}
