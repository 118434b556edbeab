import type { Contact } from '#core/contract/api/directory.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
import { personName } from '../../pieces/format.ts';
import { readableNumber } from '../../pieces/phone-text.ts';
import { Status } from '../../pieces/status.tsx';
import { Ago, NoValue } from '../../pieces/times.tsx';

interface Props {
  readonly items: readonly Contact[];
  readonly isLoading: boolean;
  readonly onChoose: (contact: Contact) => void;
}

export function ContactTable({ items, isLoading, onChoose }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<readonly Column<Contact>[]>(
    () => [
      {
        key: 'name',
        title: t('contact.name'),
        isFixed: true,
        render: (contact) => (
          <button
            type="button"
            className="link-button"
            onClick={(event) => {
              event.stopPropagation();
              onChoose(contact);
            }}
          >
            {personName(contact)}
          </button>
        ),
      },
      { key: 'account', title: t('contact.accountName'), render: (contact) => contact.accountName ?? <NoValue /> },
      {
        key: 'phones',
        title: t('contact.phones'),
        render: (contact) =>
          contact.phones.length === 0 ? (
            <NoValue />
          ) : (
            <span className="figures">
              {contact.phones
                .slice(0, 2)
                .map((phone) => readableNumber(phone.parsed.e164 ?? phone.number))
                .join(', ')}
              {contact.phones.length > 2 && ` +${contact.phones.length - 2}`}
            </span>
          ),
      },
      {
        key: 'status',
        title: t('contact.status'),
        render: (contact) => <Status kind="contact" value={contact.status} />,
      },
      {
        key: 'changed',
        title: t('contact.changed'),
        render: (contact) => <Ago atMs={Date.parse(contact.updatedAt)} />,
      },
    ],
    [t, onChoose],
  );
  return (
    <DataTable
      name="contacts"
      label={t('places.directory')}
      columns={columns}
      rows={items}
      isLoading={isLoading}
      onChoose={onChoose}
    />
  );
}
