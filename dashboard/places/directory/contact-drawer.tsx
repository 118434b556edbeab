import { getContact, listContacts, updateContact, type Contact } from '#core/contract/api/directory.ts';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { ContactForm } from '../../contact-form/contact-form.tsx';
import { draftOf } from '../../contact-form/contact-draft.ts';
import { useCan } from '../../frame/me.tsx';
import { personName } from '../../pieces/format.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { useLeaveGuard } from '../../pieces/use-leave-guard.ts';
import { ContactFacts } from './contact-facts.tsx';

interface Props {
  readonly contactId: string;
  readonly onClose: () => void;
  readonly onRemove: (contact: Contact) => void;
}

export function ContactDrawer({ contactId, onClose, onRemove }: Props) {
  const { t } = useTranslation();
  const canWrite = useCan('directory.write');
  const [isEditing, setEditing] = useState(false);
  const guard = useLeaveGuard();
  const contact = useRoute(getContact, { params: { contactId } });
  const known = contact.data;
  return (
    <Drawer
      open
      onClose={() => guard.leave(onClose)}
      size={480}
      title={known === undefined ? t('match.contact') : personName(known)}
      extra={
        known !== undefined &&
        canWrite &&
        !isEditing && (
          <span className="panel-actions">
            <Button onClick={() => setEditing(true)}>{t('pieces.edit')}</Button>
            <Button danger onClick={() => onRemove(known)}>
              {t('pieces.delete')}
            </Button>
          </span>
        )
      }
    >
      <QueryStates query={contact}>
        {(data) =>
          isEditing ? (
            <EditContact
              contact={data}
              onDirty={guard.touch}
              onDone={() => guard.clear(() => setEditing(false))}
              onCancel={() => guard.leave(() => setEditing(false))}
            />
          ) : (
            <ContactFacts contact={data} />
          )
        }
      </QueryStates>
    </Drawer>
  );
}

interface EditProps {
  readonly contact: Contact;
  readonly onDirty: () => void;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function EditContact({ contact, onDirty, onDone, onCancel }: EditProps) {
  const save = useRouteMutation(updateContact, { refresh: [getContact, listContacts], onDone });
  return (
    <ContactForm
      name="edit-contact"
      initial={draftOf(contact)}
      error={save.error}
      isSaving={save.isPending}
      onDirty={onDirty}
      onSave={(body) => save.mutate({ params: { contactId: contact.id }, body })}
      onCancel={onCancel}
    />
  );
}
