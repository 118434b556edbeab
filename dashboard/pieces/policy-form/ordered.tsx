import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moved } from './move.ts';

type Way = 'up' | 'down';
interface Props<T> {
  readonly items: readonly T[];
  /** What the buttons and the notices call an element. */
  readonly nameOf: (item: T, index: number) => string;
  /** Null: only to be read. */
  readonly onChange: ((items: T[]) => void) | null;
  readonly onEdit?: (index: number) => void;
  /** As few elements as there must be. */
  readonly minimum?: number;
  /** The list or table; each row ends in its actions. */
  readonly children: (actionsOf: (index: number) => ReactNode) => ReactNode;
}
type Notice<T> =
  | { readonly kind: 'moved'; readonly text: string }
  | { readonly kind: 'removed'; readonly text: string; readonly undo: readonly T[]; readonly after: readonly T[] };

/** A list whose order counts: moved by buttons or with Alt and an arrow, the focus goes along; what is removed comes back on undo. */
export function Ordered<T>({ items, nameOf, onChange, onEdit, minimum = 0, children }: Props<T>) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState<Notice<T> | null>(null);
  const { box, focusNext } = useFocusAfterMove();
  const undoable = notice?.kind === 'removed' && notice.after === items ? notice : null;

  const move = (index: number, way: Way) => {
    const to = way === 'up' ? index - 1 : index + 1;
    const item = items[index];
    if (onChange === null || item === undefined || to < 0 || to >= items.length) return;
    focusNext(to, way);
    setNotice({
      kind: 'moved',
      text: t('policy.moved', { name: nameOf(item, index), place: to + 1, count: items.length }),
    });
    onChange(moved(items, index, to));
  };
  const remove = (index: number) => {
    const item = items[index];
    if (onChange === null || item === undefined) return;
    const after = items.toSpliced(index, 1);
    setNotice({ kind: 'removed', text: t('policy.removed', { name: nameOf(item, index) }), undo: items, after });
    onChange(after);
  };
  const actionsOf = (index: number) => {
    const item = items[index];
    if (onChange === null || item === undefined) return null;
    return (
      <RowActions
        index={index}
        count={items.length}
        name={nameOf(item, index)}
        canRemove={items.length > minimum}
        onMove={move}
        onRemove={remove}
        onEdit={onEdit}
      />
    );
  };
  return (
    <div ref={box}>
      {children(actionsOf)}
      <output className="ordered-notice">
        {notice?.kind === 'moved' && <span className="unseen">{notice.text}</span>}
        {undoable !== null && (
          <Undo key={undoable.after.length} text={undoable.text} onUndo={() => onChange?.([...undoable.undo])} />
        )}
      </output>
    </div>
  );
}

/** Takes the focus the removed row has lost. */
function Undo({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <>
      <span>{text}</span>
      <Button ref={button} size="small" onClick={onUndo}>
        {t('pieces.undo')}
      </Button>
    </>
  );
}

/** The moved row keeps the focus, on the same button where that still does something. */
function useFocusAfterMove() {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<{ readonly index: number; readonly way: Way } | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const { index, way } = wanted.current;
    wanted.current = null;
    const row = box.current?.querySelector(`[data-actions="${index}"]`);
    const same = row?.querySelector<HTMLButtonElement>(`[data-way="${way}"]:not(:disabled)`);
    (same ?? row?.querySelector<HTMLButtonElement>('[data-way]:not(:disabled)'))?.focus();
  });
  const focusNext = (index: number, way: Way) => {
    wanted.current = { index, way };
  };
  return { box, focusNext };
}

interface ActionsProps {
  readonly index: number;
  readonly count: number;
  readonly name: string;
  readonly canRemove: boolean;
  readonly onMove: (index: number, way: Way) => void;
  readonly onRemove: (index: number) => void;
  readonly onEdit: ((index: number) => void) | undefined;
}

const ways: Readonly<Record<string, Way>> = { ArrowUp: 'up', ArrowDown: 'down' };

function RowActions({ index, count, name, canRemove, onMove, onRemove, onEdit }: ActionsProps) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent) => {
    const way = ways[event.key];
    if (way === undefined || !event.altKey) return;
    event.preventDefault();
    onMove(index, way);
  };
  const plain = { type: 'text', size: 'small', onKeyDown } as const;
  return (
    <span className="row-actions" data-actions={index}>
      {onEdit !== undefined && (
        <Button
          {...plain}
          icon={<EditOutlined />}
          aria-label={t('policy.edit', { name })}
          onClick={() => onEdit(index)}
        />
      )}
      <Button
        {...plain}
        icon={<ArrowUpOutlined />}
        data-way="up"
        disabled={index === 0}
        aria-label={t('policy.moveUp', { name })}
        onClick={() => onMove(index, 'up')}
      />
      <Button
        {...plain}
        icon={<ArrowDownOutlined />}
        data-way="down"
        disabled={index === count - 1}
        aria-label={t('policy.moveDown', { name })}
        onClick={() => onMove(index, 'down')}
      />
      <Button
        {...plain}
        icon={<DeleteOutlined />}
        disabled={!canRemove}
        aria-label={t('policy.remove', { name })}
        onClick={() => onRemove(index)}
      />
    </span>
  );
}
