import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { MappingProblem } from '#core/contract/mapping.ts';
import { useEffect, useRef } from 'react';
import type { LineMark } from './workbench.ts';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly problems: readonly MappingProblem[];
  /** Shown and selected when it changes. */
  readonly mark: LineMark | null;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
}

/** Marks a change that did not come from typing here. */
const fromOutside = Annotation.define<boolean>();

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accentText)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--textSoft)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--textSoft)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--card)', fontSize: '13px', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--accentText)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--page)', color: 'var(--textSoft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accentSoft) 45%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accentSoft)',
  },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-diagnostic': { padding: '4px 8px' },
});

/** Line numbers, colours, search, and the problems where they stand. Escape, then Tab leaves the editor. */
export function CodeEditor({ label, text, problems, mark, isReadOnly, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(onChange);
  const readOnly = useRef(new Compartment());
  useEffect(() => {
    latest.current = onChange;
  });
  const first = useRef({ label, text, isReadOnly });
  useEffect(() => {
    const parent = box.current;
    if (parent === null) return undefined;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.current.text,
        extensions: extensionsFor(first.current.label, {
          readOnly: readOnly.current.of(EditorState.readOnly.of(first.current.isReadOnly)),
          onChange: (typed) => latest.current(typed),
        }),
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, []);
  useEffect(() => {
    const held = view.current;
    if (held === null || held.state.doc.toString() === text) return;
    held.dispatch({ changes: smallestChange(held.state.doc.toString(), text), annotations: fromOutside.of(true) });
  }, [text]);
  useEffect(() => {
    const held = view.current;
    if (held !== null)
      held.dispatch(
        setDiagnostics(
          held.state,
          problems.map((one) => diagnosticOf(one, held.state.doc)),
        ),
      );
  }, [problems]);
  useEffect(() => {
    const held = view.current;
    if (held === null || mark === null) return;
    const at = held.state.doc.line(Math.min(Math.max(1, mark.line), held.state.doc.lines));
    held.dispatch({
      selection: { anchor: at.from, head: at.to },
      effects: EditorView.scrollIntoView(at.from, { y: 'center' }),
    });
    held.focus();
  }, [mark]);
  return <div ref={box} className="code-editor" />;
}

interface Wiring {
  readonly readOnly: Extension;
  readonly onChange: (text: string) => void;
}

function extensionsFor(label: string, { readOnly, onChange }: Wiring): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    yaml(),
    syntaxHighlighting(colours),
    look,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
    readOnly,
    EditorView.updateListener.of((update) => {
      const isOurs = update.transactions.every((one) => one.annotation(fromOutside) === true);
      if (update.docChanged && !isOurs) onChange(update.state.doc.toString());
    }),
  ];
}

/** Only what differs is replaced, so that the cursor stays where it was. */
function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

function diagnosticOf(problem: MappingProblem, text: Text): Diagnostic {
  const line = text.line(Math.min(Math.max(1, problem.line), text.lines));
  const from = Math.min(line.to, line.from + Math.max(0, problem.column - 1));
  const message = `${problem.message} ${problem.mend} (${problem.code})`;
  return { from, to: Math.max(line.to, from), severity: problem.severity, message };
}
