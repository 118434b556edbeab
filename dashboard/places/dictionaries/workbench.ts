/** What every part of the editor shares: the document, what it means right now, and where the author is. */
import type { describeObject, DictionarySummary, listSteps } from '#core/contract/api/dictionaries.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { DictionaryOutline, MappingDirection, RuleOutline } from '#core/contract/mapping.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { createContext, useContext } from 'react';
import type { DocumentHandle, DocumentPath } from './use-document.ts';
import type { Preview } from './use-preview.ts';

export const panels = ['rule', 'sample', 'problems', 'tests', 'suggest', 'versions'] as const;
export type Panel = (typeof panels)[number];
export const textFiles = ['text', 'tests'] as const;
export type TextFile = (typeof textFiles)[number];
/** A new object for every wish to see a line, so that the same line can be asked for twice. */
export interface LineMark {
  readonly line: number;
  readonly file: TextFile;
}
export type View = 'lines' | 'table' | 'text';
export type StepInfo = RouteResult<typeof listSteps>['items'][number];
export type Fields = RouteResult<typeof describeObject>;

export interface SampleChoice {
  /** `s-1`, or null for a pasted one. */
  readonly id: string | null;
  readonly direction: MappingDirection;
  readonly text: string;
  /** Null while the text is not a JSON object. */
  readonly input: JsonObject | null;
  /** When writing: the record the system holds already, as JSON; empty for a new one. */
  readonly current: string;
  readonly region: string | null;
  readonly timeZone: string | null;
}

export interface Workbench {
  readonly path: DocumentPath;
  readonly summary: DictionarySummary;
  readonly canWrite: boolean;
  readonly document: DocumentHandle;
  readonly preview: Preview;
  readonly outline: DictionaryOutline | null;
  readonly fields: Fields | null;
  /** Connection whose description is shown; null for the shipped one. */
  readonly describedBy: string | null;
  readonly describeBy: (connectionId: string | null) => void;
  readonly steps: readonly StepInfo[];
  readonly sample: SampleChoice;
  readonly setSample: (sample: SampleChoice) => void;
  /** The rule in the form. */
  readonly chosen: RuleOutline | null;
  /** Takes a `ruleKey`; a rule that is just being added may not be there yet. */
  readonly choose: (key: string | null) => void;
  readonly panel: Panel;
  readonly showPanel: (panel: Panel) => void;
  readonly view: View;
  /** Shows a line in the text of the dictionary or of its tests. */
  readonly goToLine: (line: number, file?: TextFile) => void;
  readonly runTests: () => void;
  readonly isTesting: boolean;
}

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const bench = useContext(WorkbenchContext);
  if (bench === null) throw new Error('useWorkbench outside an editor');
  return bench;
}
