import { contactDraft, createContact, listContacts } from '#core/contract/api/directory.ts';
import { Drawer } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { randomId } from '../../api/random-id.ts';
import { useRouteMutation } from '../../api/use-route.ts';
import { ContactForm } from '../../contact-form/contact-form.tsx';
import { useLeaveGuard } from '../../pieces/use-leave-guard.ts';

export function NewContactDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const guard = useLeaveGuard();
  const intentKey = useRef(`new:${randomId()}`);
  const create = useRouteMutation(createContact, {
    refresh: [listContacts],
    onDone: () => guard.clear(onClose),
  });
  return (
    <Drawer open onClose={() => guard.leave(onClose)} size={480} title={t('directory.add')}>
      <ContactForm
        name="new-contact"
        initial={contactDraft.parse({})}
        error={create.error}
        isSaving={create.isPending}
        onDirty={guard.touch}
        onSave={(body) => create.mutate({ body: { ...body, intentKey: intentKey.current } })}
        onCancel={() => guard.leave(onClose)}
      />
    </Drawer>
  );
}
