import { MailOutlined, PhoneOutlined } from '@ant-design/icons';
import type { Contact } from '#core/contract/api/directory.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CopyId } from '../../pieces/copy-id.tsx';
import { readableNumber } from '../../pieces/phone-text.ts';
import { Status } from '../../pieces/status.tsx';
import { Ago } from '../../pieces/times.tsx';
import { CallContact } from './call-contact.tsx';

export function ContactFacts({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="drawer-line">
        {[contact.jobTitle, contact.accountName].filter((fact) => fact !== null).join(' · ')}
      </p>
      <p className="drawer-line">
        <Status kind="contact" value={contact.status} />
      </p>
      <ul className="lines">
        {contact.phones.map((phone) => (
          <li key={`${phone.label}-${phone.number}`}>
            <span className="line-middle">
              <PhoneOutlined aria-hidden />{' '}
              <span className="figures">{readableNumber(phone.parsed.e164 ?? phone.number)}</span>{' '}
              <span className="soft">{t(`contact.phoneLabel.${phone.label}`)}</span>
            </span>
            <CallContact number={phone.parsed.e164 ?? phone.number} contactId={contact.id} />
          </li>
        ))}
        {contact.emails.map((email) => (
          <li key={email}>
            <a href={`mailto:${email}`}>
              <MailOutlined aria-hidden /> {email}
            </a>
          </li>
        ))}
      </ul>
      {contact.recordUrl !== null && (
        <p className="drawer-line">
          <a href={contact.recordUrl} target="_blank" rel="noreferrer">
            {t('desk.pop.openRecord')}
          </a>
        </p>
      )}
      {contact.phones[0] !== undefined && (
        <p className="drawer-line">
          <Link
            to={`/interactions?number=${encodeURIComponent(contact.phones[0].parsed.e164 ?? contact.phones[0].number)}`}
          >
            {t('contact.calls')}
          </Link>
        </p>
      )}
      {contact.links.length > 0 && (
        <>
          <h2 className="drawer-line">{t('contact.links')}</h2>
          <ul className="lines">
            {contact.links.map((link) => (
              <li key={`${link.connectionId}-${link.object}-${link.recordId}`}>
                <span>{link.object}</span>
                <CopyId id={link.recordId} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="soft drawer-line">
        {t('contact.changed')} <Ago atMs={Date.parse(contact.updatedAt)} />
      </p>
    </>
  );
}
