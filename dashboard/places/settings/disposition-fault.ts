/** What a list of dispositions may not hold: nothing at all, or one name twice. Null where nothing is wrong. */
export function dispositionFault(dispositions: readonly string[], index: number): 'blank' | 'twice' | null {
  const name = dispositions[index]?.trim() ?? '';
  if (name === '') return 'blank';
  return dispositions.slice(0, index).some((other) => other.trim() === name) ? 'twice' : null;
}
