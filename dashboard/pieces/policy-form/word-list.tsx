import { Select } from 'antd';
import type { FieldIds } from './field.tsx';

interface Props {
  readonly ids: FieldIds;
  readonly words: readonly string[];
  readonly most: number;
  readonly longest: number;
  readonly onChange: (words: string[]) => void;
}

/** Short texts one beside the other, each ended with Enter or a comma; several can be pasted at once. */
export function WordList({ ids, words, most, longest, onChange }: Props) {
  return (
    <Select
      {...ids}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', ';', '\n']}
      maxCount={most}
      value={[...words]}
      onChange={(next: string[]) =>
        onChange([...new Set(next.map((word) => word.trim().slice(0, longest)).filter((word) => word !== ''))])
      }
    />
  );
}
