import { createContact } from '#core/contract/api/directory.ts';
import type { Pop } from '#core/contract/desk.ts';
import { useRouteMutation } from '../../api/use-route.ts';
import { ContactForm } from '../../contact-form/contact-form.tsx';
import { draftFromDefaults } from '../../contact-form/contact-draft.ts';

interface Props {
  readonly pop: Pop;
  readonly onMade: (contactId: string) => void;
  readonly onCancel: () => void;
}

/** A new record, begun with what the call already told. Pressing twice makes one: the pop is the intent. */
export function NewContact({ pop, onMade, onCancel }: Props) {
  const create = useRouteMutation(createContact, { onDone: (contact) => onMade(contact.id) });
  const number = pop.number.e164 ?? pop.number.raw;
  return (
    <ContactForm
      name={`new-${pop.id}`}
      initial={draftFromDefaults(pop.defaults, number)}
      error={create.error}
      isSaving={create.isPending}
      onSave={(draft) => create.mutate({ body: { ...draft, intentKey: `pop:${pop.id}` } })}
      onCancel={onCancel}
      takesFocus
    />
  );
}
