import {
  listSamples,
  listSteps,
  describeConnectionObject,
  describeObject,
  type DictionaryDetail,
} from '#core/contract/api/dictionaries.ts';
import type { RuleOutline } from '#core/contract/mapping.ts';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';
import { parseObject } from './json-text.ts';
import { ruleKey } from './rule-shape.ts';
import { useDocument, type DocumentPath } from './use-document.ts';
import { usePreview, type PreviewBody } from './use-preview.ts';
import {
  panels,
  type Fields,
  type LineMark,
  type Panel,
  type SampleChoice,
  type TextFile,
  type View,
  type Workbench,
} from './workbench.ts';

const here = { current: '', region: null, timeZone: null };
const noSample: SampleChoice = { id: null, direction: 'read', text: '', input: null, ...here };

export interface Bench {
  readonly bench: Workbench;
  readonly view: View;
  readonly setView: (view: View) => void;
  readonly line: LineMark | null;
}

export function useBench(path: DocumentPath, detail: DictionaryDetail): Bench {
  const canWrite = useCan('dictionaries.write');
  const [address] = useSearchParams();
  const document = useDocument(path, detail, canWrite);
  const [view, setView] = useState<View>('lines');
  const [panel, showPanel] = useState<Panel>(() => firstPanel(address));
  const [line, setLine] = useState<LineMark | null>(null);
  const [isTesting, setTesting] = useState(false);
  const { sample, setSample, isSampleKnown } = useSample(path);
  const described = useFields(path, detail);
  const steps = useRoute(listSteps, {});

  const body: PreviewBody = {
    name: detail.summary.name,
    text: document.state.text,
    tests: document.state.tests,
    sample: sentSample(sample),
    runTests: isTesting,
    fields: described.describedBy === null || described.fields === null ? null : described.sent,
    region: sample.region,
    timeZone: sample.timeZone,
  };
  const preview = usePreview(body, isSampleKnown);
  const { chosen, choose } = useChosen(preview.outline?.rules ?? [], showPanel);
  const goToLine = useCallback((wanted: number, file: TextFile = 'text') => {
    setView('text');
    setLine({ line: wanted, file });
  }, []);
  const bench: Workbench = {
    path,
    summary: detail.summary,
    canWrite,
    document,
    preview,
    outline: preview.outline,
    ...described,
    steps: steps.data?.items ?? [],
    sample,
    setSample,
    chosen,
    choose,
    panel,
    showPanel,
    view,
    goToLine,
    runTests: () => setTesting(true),
    isTesting,
  };
  const change = useCallback((next: View) => {
    setLine(null);
    setView(next);
  }, []);
  return { bench, view, setView: change, line };
}

function firstPanel(address: URLSearchParams): Panel {
  if (address.has('rule')) return 'rule';
  return panels.find((one) => one === address.get('panel')) ?? 'sample';
}

function sentSample({ direction, input, current }: SampleChoice): PreviewBody['sample'] {
  if (input === null) return null;
  const held = direction === 'write' ? parseObject(current) : null;
  return { direction, input, ...(held !== null && { current: held }) };
}

/** The first sample is taken by itself, so that values are on screen at once. */
function useSample(path: DocumentPath) {
  const canSample = useCan('dictionaries.samples');
  const samples = useRoute(listSamples, { params: { ...path } }, { enabled: canSample });
  const [own, setSample] = useState<SampleChoice | null>(null);
  const first = samples.data?.items[0];
  const given = useMemo<SampleChoice>(() => {
    if (first === undefined) return noSample;
    const { id, direction, input } = first;
    const text = JSON.stringify(input, null, 2);
    return { id, direction, text, input: parseObject(text), ...here };
  }, [first]);
  // The first question waits for the first sample, so that it need not be asked twice.
  return { sample: own ?? given, setSample, isSampleKnown: !samples.isLoading };
}

/** The shipped description, or the one a connection gives. */
function useFields(path: DocumentPath, detail: DictionaryDetail) {
  const [describedBy, describeBy] = useState<string | null>(null);
  const { object } = detail.summary;
  const shipped = useRoute(describeObject, { params: { ...path } });
  const asked = useRoute(
    describeConnectionObject,
    { params: { connectionId: describedBy ?? '', object: object ?? '' } },
    { enabled: describedBy !== null && object !== null },
  );
  const sent = asked.data ?? null;
  const fields: Fields | null =
    describedBy === null ? (shipped.data ?? null) : sent === null ? null : { source: 'shipped', ...sent };
  return { fields, sent, describedBy, describeBy };
}

/** A rule named in the address is shown until another one is chosen. */
function useChosen(rules: readonly RuleOutline[], showPanel: (panel: Panel) => void) {
  const [address, setAddress] = useSearchParams();
  const named = address.get('rule');
  const [key, setKey] = useState<string | null>(null);
  const choose = useCallback(
    (next: string | null) => {
      setKey(next);
      if (named !== null) setAddress(withoutRule, { replace: true });
      if (next !== null) showPanel('rule');
    },
    [named, setAddress, showPanel],
  );
  const found = named === null ? undefined : rules.find((rule) => rule.id === named);
  return { chosen: found ?? rules.find((rule) => ruleKey(rule) === key) ?? null, choose };
}

function withoutRule(address: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(address);
  rest.delete('rule');
  return rest;
}
