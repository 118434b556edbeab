import { ConfigProvider, Form } from 'antd';
import type { ReactNode } from 'react';
import { useAppearance } from '../../frame/appearance.tsx';

interface Props {
  readonly canEdit: boolean;
  readonly children: ReactNode;
}

/** The fields of a draft. Who may not change them still has to be able to read them, so they are not greyed out. */
export function PolicyForm({ canEdit, children }: Props) {
  const { palette } = useAppearance();
  const form = (
    <Form layout="vertical" component="div" disabled={!canEdit}>
      {children}
    </Form>
  );
  if (canEdit) return form;
  return <ConfigProvider theme={{ token: { colorTextDisabled: palette.text } }}>{form}</ConfigProvider>;
}
