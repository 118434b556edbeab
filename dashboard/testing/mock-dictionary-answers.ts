/** Dictionaries as the mock hub keeps them: drafts with revisions, versions that never change, texts that are checked. */
import * as dictionaries from '#core/contract/api/dictionaries.ts';
import { explainWrite } from '#core/contract/api/writes.ts';
import type { DictionaryDiff, RuleOutline } from '#core/contract/mapping.ts';
import type { RouteOutput } from '#core/contract/route.ts';
import { parseDocument } from 'yaml';
import type { MockHub } from './mock-hub.ts';
import { edited, outlineOf, problemsOf, runTests, testsIn, traceOf } from './mock-mapping.ts';
import { missing, on, page, type MockAnswer, type MockProblem } from './mock-route.ts';
import { sampleSteps } from './mock-steps.ts';
import {
  sampleFields,
  sampleImport,
  sampleLosses,
  sampleRecords,
  sampleSuggestions,
  type MockDocument,
} from './sample-dictionaries.ts';

interface Path {
  readonly connector: string;
  readonly document: string;
}
const nameOf = ({ connector, document }: Path) => `${connector}/${document}`;
const find = (hub: MockHub, path: Path) => hub.documents.find((one) => one.name === nameOf(path));
const isTable = (name: string) => name.startsWith('shared/');
const known = (name: string) => new Set(name === 'hubspot/contact' ? sampleFields.map((field) => field.name) : []);

const conflict: MockProblem = {
  problemStatus: 409,
  code: 'resource.conflict',
  detail: 'Someone saved this draft after you began. Look at theirs, then keep yours or take theirs.',
};

type Summary = RouteOutput<typeof dictionaries.getDictionary>['summary'];

function summaryOf(hub: MockHub, one: MockDocument): Summary {
  const live = one.versions.at(-1) ?? null;
  const { text, tests } = one.draft ?? live ?? { text: '', tests: null };
  return {
    name: one.name,
    kind: isTable(one.name) ? 'values' : 'dictionary',
    connector: one.name.split('/')[0] ?? '',
    liveVersion: live === null ? null : live.version,
    origin: live === null ? null : live.origin,
    shippedIsNewer: one.name === 'hubspot/contact',
    draft: one.draft,
    losses: sampleLosses(hub.startedAt).filter((loss) => loss.dictionary === one.name).length,
    ...headOf(text),
    ...stateOf(one.name, text, tests),
  };
}

function headOf(text: string): Pick<Summary, 'object' | 'entity' | 'title' | 'rules'> {
  const head = parseDocument(text).toJS() as { object?: string; title?: Record<string, string> } | null;
  const outline = outlineOf(text);
  return {
    object: head?.object ?? null,
    title: head?.title ?? {},
    entity: outline?.entity ?? null,
    rules: outline?.rules.length ?? 0,
  };
}

function stateOf(name: string, text: string, tests: string | null) {
  const outline = outlineOf(text);
  const problems = problemsOf(name, text, known(name));
  const outcomes = outline === null ? [] : runTests(outline, tests).outcomes;
  return {
    errors: problems.filter((problem) => problem.severity === 'error').length,
    warnings: problems.filter((problem) => problem.severity === 'warning').length,
    tests: testsIn(tests).length,
    failedTests: outcomes.filter((outcome) => !outcome.passed).length,
  };
}

function publish(one: MockDocument, part: Partial<MockDocument['versions'][number]> & { text: string }): number {
  const version = (one.versions.at(-1)?.version ?? 0) + 1;
  const publishedAt = new Date().toISOString();
  const made = { version, origin: 'published' as const, tests: null, note: '', publishedAt, publishedBy: 'Ada Byron' };
  one.versions = [...one.versions, { ...made, ...part }];
  return version;
}

const draftAnswers = [
  on(dictionaries.saveDraft, (hub, { params, body }) => {
    let one = find(hub, params);
    if (one === undefined) hub.documents.push((one = { name: nameOf(params), versions: [], draft: null }));
    if ((one.draft?.revision ?? null) !== body.revision) return conflict;
    one.draft = {
      text: body.text,
      tests: body.tests,
      revision: (body.revision ?? 0) + 1,
      baseVersion: one.draft?.baseVersion ?? one.versions.at(-1)?.version ?? null,
      updatedAt: new Date().toISOString(),
      updatedBy: hub.me.user.displayName,
    };
    return one.draft;
  }),
  on(dictionaries.discardDraft, (hub, { params }) => {
    const one = find(hub, params);
    const draft = one?.draft ?? null;
    if (one === undefined || draft === null) return missing('draft');
    one.draft = null;
    if (one.versions.length === 0) hub.documents = hub.documents.filter((other) => other !== one);
    return draft;
  }),
  on(dictionaries.publishDraft, (hub, { params, body }) => {
    const one = find(hub, params);
    if (one?.draft == null) return missing('draft');
    if (one.draft.revision !== body.revision) return conflict;
    const version = publish(one, { text: one.draft.text, tests: one.draft.tests, note: body.note });
    one.draft = null;
    return { version, alsoPublished: isTable(one.name) ? [{ name: 'hubspot/contact', version: 3 }] : [] };
  }),
  on(dictionaries.rollBack, (hub, { params, body }) => {
    const one = find(hub, params);
    const earlier = one?.versions.find((version) => version.version === body.version);
    if (one === undefined || earlier === undefined) return missing('version');
    const { text, tests } = earlier;
    return { version: publish(one, { text, tests, note: body.note, origin: 'rolledBack' }) };
  }),
];

const versionAnswers = [
  on(dictionaries.listVersions, (hub, { params }) => {
    const versions = find(hub, params)?.versions ?? [];
    return {
      items: versions
        .map((version, index) => ({
          ...version,
          isLive: index === versions.length - 1,
          changedRules: index === 0 ? 0 : rulesChanged(versions[index - 1]?.text ?? '', version.text).length,
        }))
        .toReversed(),
    };
  }),
  on(dictionaries.getVersion, (hub, { params }) => {
    const found = find(hub, params)?.versions.find((version) => version.version === params.version);
    return found ?? missing('version');
  }),
  on(dictionaries.diffVersions, (hub, { params, query }) => {
    const one = find(hub, params);
    if (one === undefined) return missing('dictionary');
    const { from, to } = query;
    return diffOf(textOf(one, from), textOf(one, to), { from, to });
  }),
];

function textOf(one: MockDocument, side: string): string {
  if (side === 'draft') return one.draft?.text ?? '';
  const found = side === 'live' ? one.versions.at(-1) : one.versions.find(({ version }) => version === Number(side));
  return found?.text ?? '';
}

function rulesChanged(before: string, after: string): DictionaryDiff['rules'] {
  const byId = (text: string) => new Map<string, RuleOutline>(outlineOf(text)?.rules.map((rule) => [rule.id, rule]));
  const [old, young] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((id): DictionaryDiff['rules'] => {
    const [was, is] = [old.get(id)?.written ?? null, young.get(id)?.written ?? null];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ id, change: was === null ? 'added' : is === null ? 'removed' : 'changed', before: was, after: is }];
  });
}

function diffOf(before: string, after: string, sides: { from: string; to: string }): DictionaryDiff {
  const [old, young] = [outlineOf(before), outlineOf(after)];
  const shown = sampleRecords.flatMap(({ label, input }): DictionaryDiff['outputs']['shown'] => {
    if (old === null || young === null) return [];
    const [was, is] = [old, young].map((outline) => traceOf(outline, { direction: 'read', input }).result);
    const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
    const fields = names.flatMap((field) => {
      const [one, other] = [was?.[field], is?.[field]];
      if (JSON.stringify(one) === JSON.stringify(other)) return [];
      return [
        {
          field,
          rule: field,
          ...(one === undefined ? {} : { before: one }),
          ...(other === undefined ? {} : { after: other }),
        },
      ];
    });
    return fields.length === 0 ? [] : [{ sample: label, direction: 'read' as const, fields }];
  });
  const outputs = { samples: sampleRecords.length, changed: shown.length, shown };
  return { ...sides, head: [], rules: rulesChanged(before, after), rows: [], outputs };
}

const readAnswers = [
  on(dictionaries.listDictionaries, (hub) => ({ items: hub.documents.map((one) => summaryOf(hub, one)) })),
  on(dictionaries.getDictionary, (hub, { params }) => {
    const one = find(hub, params);
    if (one === undefined) return missing('dictionary');
    const live = one.versions.at(-1) ?? null;
    return { summary: summaryOf(hub, one), live, draft: one.draft };
  }),
  on(dictionaries.listSamples, (_, { params }) => ({
    items:
      nameOf(params) === 'hubspot/contact'
        ? sampleRecords.map(({ label, input }, index) => ({
            id: `s-${index}`,
            direction: 'read' as const,
            label,
            source: 'recorded' as const,
            input,
            seenAt: '2026-11-25T09:00:00Z',
          }))
        : [],
  })),
  on(dictionaries.describeObject, (_, { params }) =>
    nameOf(params) === 'hubspot/contact'
      ? { source: 'shipped' as const, name: 'contacts', fields: sampleFields }
      : { source: 'none' as const, name: params.document, fields: [] },
  ),
  on(dictionaries.describeConnectionObject, (_, { params }) => ({ name: params.object, fields: sampleFields })),
  on(dictionaries.listSteps, () => ({ items: sampleSteps })),
  on(dictionaries.listLosses, (hub, { query }) =>
    page(
      sampleLosses(hub.startedAt).filter(
        (loss) =>
          (query?.dictionary ?? loss.dictionary) === loss.dictionary &&
          (query?.kind ?? loss.kind) === loss.kind &&
          (query?.rule ?? loss.rule) === loss.rule,
      ),
    ),
  ),
];

const workAnswers = [
  on(dictionaries.previewDictionary, (_, { body }) => {
    const outline = isTable(body.name) ? null : outlineOf(body.text);
    const problems = problemsOf(body.name, body.text, known(body.name));
    const runs = outline !== null && problems.every((problem) => problem.severity !== 'error');
    return {
      outline,
      problems,
      trace: runs && body.sample !== null ? traceOf(outline, body.sample) : null,
      tests: body.runTests && runs ? runTests(outline, body.tests) : null,
    };
  }),
  on(dictionaries.editDocument, (_, { body }) => ({ text: edited(body.text, body.edits) })),
  on(dictionaries.suggestRules, (_, { body }) => {
    const used = new Set(outlineOf(body.text ?? '')?.rules.flatMap((rule) => rule.to));
    return { items: sampleSuggestions.filter((one) => !one.to.some((to) => used.has(to))) };
  }),
  on(dictionaries.importTemplate, (_, { body }) =>
    body.template.includes('<')
      ? sampleImport
      : { problemStatus: 422, code: 'input.invalid', detail: 'This is neither a 3CX nor a Yeastar template.' },
  ),
  on(explainWrite, (hub, { params }) => {
    const write = hub.writes.find((one) => one.id === params.writeId);
    if (write === undefined) return missing('write');
    const fields = Object.entries(write.sent ?? {}).map(([field, value]) => ({
      field,
      rule: whyRule[field] ?? null,
      value,
    }));
    return {
      dictionary: { name: 'hubspot/call', version: 1 },
      input: write.values,
      fields,
      trace: writeTrace(write.sent ?? {}),
    };
  }),
];

const whyRule: Record<string, string> = {
  hs_call_title: 'subject',
  hs_call_status: 'outcome',
  hs_call_duration: 'talkMs',
};
function writeTrace(sent: RouteOutput<typeof explainWrite>['input']) {
  return {
    direction: 'write' as const,
    result: sent,
    rows: [
      { rule: 'subject', from: 'Call with Jan de Vries', steps: [], to: 'Call with Jan de Vries' },
      {
        rule: 'outcome',
        from: 'answered',
        steps: [{ name: 'values', value: 'COMPLETED', fault: null }],
        to: 'COMPLETED',
      },
      { rule: 'talkMs', from: 124_000, steps: [{ name: 'number', value: '124000', fault: null }], to: '124000' },
    ],
    events: [],
  };
}

export const mockDictionaryAnswers: readonly MockAnswer[] = [
  ...readAnswers,
  ...draftAnswers,
  ...versionAnswers,
  ...workAnswers,
];
