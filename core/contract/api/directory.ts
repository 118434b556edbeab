import { z } from 'zod';
import { matchPolicy } from '../match-policy.ts';
import { numberRule } from '../number-rule.ts';
import { phoneNumber } from '../phone-number.ts';
import { defineRoute, pageOf, pageQuery } from '../route.ts';

export const contactPhone = z.object({
  number: z.string(),
  label: z.enum(['mobile', 'work', 'home', 'fax', 'other']).default('work'),
});
export const contact = z.object({
  id: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  displayName: z.string(),
  jobTitle: z.string().nullable(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  emails: z.array(z.string()),
  phones: z.array(contactPhone.extend({ parsed: phoneNumber })),
  status: z.enum(['active', 'inactive', 'converted']),
  recordUrl: z.string().nullable(),
  links: z.array(z.object({ connectionId: z.string(), object: z.string(), recordId: z.string() })),
  updatedAt: z.iso.datetime(),
});
export type Contact = z.output<typeof contact>;
const contactFields = {
  firstName: z.string().max(120).nullable(),
  lastName: z.string().max(120).nullable(),
  displayName: z.string().max(240).optional(),
  jobTitle: z.string().max(120).nullable(),
  accountName: z.string().max(240).nullable(),
  emails: z.array(z.string().max(320)).max(20),
  phones: z.array(contactPhone).max(50),
  status: z.enum(['active', 'inactive', 'converted']),
  recordUrl: z.string().max(2000).nullable(),
};
export const contactDraft = z.object({
  ...contactFields,
  firstName: contactFields.firstName.default(null),
  lastName: contactFields.lastName.default(null),
  jobTitle: contactFields.jobTitle.default(null),
  accountName: contactFields.accountName.default(null),
  emails: contactFields.emails.default([]),
  phones: contactFields.phones.default([]),
  status: contactFields.status.default('active'),
  recordUrl: contactFields.recordUrl.default(null),
});
/** Without defaults, which zod would fill into a partial object: a field that is left out stays as it is. */
export const contactPatch = z.object(contactFields).partial();
const contactId = z.object({ contactId: z.string() });

export const listContacts = defineRoute({
  id: 'contacts.list',
  method: 'GET',
  path: '/api/contacts',
  permission: 'directory.read',
  summary: 'Contacts by name, company or number',
  query: pageQuery.extend({ search: z.string().max(200).optional() }),
  response: pageOf(contact),
});
export const getContact = defineRoute({
  id: 'contacts.get',
  method: 'GET',
  path: '/api/contacts/:contactId',
  permission: 'directory.read',
  summary: 'One contact',
  params: contactId,
  response: contact,
});
export const createContact = defineRoute({
  id: 'contacts.create',
  method: 'POST',
  path: '/api/contacts',
  permission: 'desk.use',
  summary: 'Make a contact; the same intent key twice makes one',
  body: contactDraft.extend({ intentKey: z.string().max(200).optional() }),
  response: contact,
  status: 201,
});
export const updateContact = defineRoute({
  id: 'contacts.update',
  method: 'PATCH',
  path: '/api/contacts/:contactId',
  permission: 'directory.write',
  summary: 'Change a contact',
  params: contactId,
  body: contactPatch,
  response: contact,
});
export const deleteContact = defineRoute({
  id: 'contacts.delete',
  method: 'DELETE',
  path: '/api/contacts/:contactId',
  permission: 'directory.write',
  summary: 'Remove a contact from the hub',
  params: contactId,
  response: z.null(),
  status: 204,
});
/** A contact without lists and nulls, for telephone systems whose templates read one value by one name. */
export const flatContact = z.object({
  id: z.string(),
  displayName: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  jobTitle: z.string(),
  email: z.string(),
  /** The first number of each label, in E.164 where it is known; empty where there is none. */
  phoneWork: z.string(),
  phoneWork2: z.string(),
  phoneMobile: z.string(),
  phoneHome: z.string(),
  phoneOther: z.string(),
  fax: z.string(),
  /** Where the contact stands in its CRM; empty for one the hub knows alone. */
  recordUrl: z.string(),
});
export type FlatContact = z.output<typeof flatContact>;
export const lookUpContacts = defineRoute({
  id: 'contacts.lookUp',
  method: 'GET',
  path: '/api/directory/contacts',
  permission: 'directory.read',
  summary: 'Contacts with exactly this number or e-mail address, or found by a text; flat, at most twenty',
  query: z.object({
    number: z.string().max(60).optional(),
    email: z.string().max(320).optional(),
    search: z.string().max(200).optional(),
  }),
  response: z.object({ contacts: z.array(flatContact) }),
});
export const createFlatContact = defineRoute({
  id: 'contacts.createFlat',
  method: 'POST',
  path: '/api/directory/contacts',
  permission: 'directory.write',
  summary: 'Make a contact from flat values; the same number and name twice makes one',
  body: z.object({
    firstName: z.string().max(120).default(''),
    lastName: z.string().max(120).default(''),
    company: z.string().max(240).default(''),
    email: z.string().max(320).default(''),
    number: z.string().max(60).default(''),
  }),
  response: z.object({ contacts: z.array(flatContact) }),
  status: 201,
});
/** What a CSV column may hold. */
export const importFields = [
  'externalId',
  'displayName',
  'firstName',
  'lastName',
  'jobTitle',
  'accountName',
  'email',
  'phone',
  'mobile',
  'home',
  'fax',
  'otherPhone',
  'status',
  'recordUrl',
] as const;
export type ImportField = (typeof importFields)[number];
export const importPreview = defineRoute({
  id: 'contacts.importPreview',
  method: 'POST',
  path: '/api/contacts/import/preview',
  permission: 'directory.write',
  summary: 'Read the head of a CSV: columns, proposed mapping, first rows as they would be stored, problems',
  bodyLimitBytes: 8_000_000,
  body: z.object({
    csv: z.string().max(2_000_000),
    /** `base64`: the bytes of the file, so that the hub finds out the encoding (GBK, UTF-16 …) itself. */
    encoding: z.enum(['text', 'base64']).default('text'),
    mapping: z.record(z.string(), z.string()).optional(),
  }),
  response: z.object({
    columns: z.array(z.string()),
    delimiter: z.string(),
    /** As found from the bytes: `utf-8`, `utf-16le`, `utf-16be`, `gb18030`, `windows-1252`. */
    charset: z.string(),
    /** Column → one of these; columns left out are ignored. */
    fields: z.array(z.enum(importFields)),
    /** About the file as a whole. */
    problems: z.array(z.string()),
    mapping: z.record(z.string(), z.string()),
    rows: z.array(z.object({ line: z.number().int(), contact: contactDraft, problems: z.array(z.string()) })),
  }),
});
export const importStart = defineRoute({
  id: 'contacts.importStart',
  method: 'POST',
  path: '/api/contacts/import',
  permission: 'directory.write',
  summary: 'Import a CSV in the background',
  bodyLimitBytes: 120_000_000,
  body: z.object({
    csv: z.string().max(70_000_000),
    encoding: z.enum(['text', 'base64']).default('text'),
    mapping: z.record(z.string(), z.string()),
    fileName: z.string().max(200),
  }),
  response: z.object({ importId: z.string() }),
  status: 202,
});
/** How far an import is; `problems` holds the first two hundred. */
const importProgress = z.object({
  importId: z.string(),
  fileName: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number().int(),
  total: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  rejected: z.number().int(),
  problems: z.array(z.object({ line: z.number().int(), problem: z.string() })),
});
export const importState = defineRoute({
  id: 'contacts.importState',
  method: 'GET',
  path: '/api/contacts/import/:importId',
  permission: 'directory.write',
  summary: 'Progress of an import',
  params: z.object({ importId: z.string() }),
  response: importProgress,
});
export const importCancel = defineRoute({
  id: 'contacts.importCancel',
  method: 'POST',
  path: '/api/contacts/import/:importId/cancel',
  permission: 'directory.write',
  summary: 'Stop an import; what is stored by then stays',
  params: z.object({ importId: z.string() }),
  response: importProgress,
});

/** How numbers are read and callers identified; `version` guards against two people saving over each other. */
export const directorySettings = z.object({
  numberRules: z.array(numberRule).max(500),
  matchPolicy,
  version: z.number().int(),
});
export type DirectorySettings = z.output<typeof directorySettings>;
export const getDirectorySettings = defineRoute({
  id: 'directory.settings',
  method: 'GET',
  path: '/api/directory/settings',
  permission: 'directory.read',
  summary: 'Number rules and match policy',
  response: directorySettings,
});
export const saveDirectorySettings = defineRoute({
  id: 'directory.saveSettings',
  method: 'PUT',
  path: '/api/directory/settings',
  permission: 'directory.write',
  summary: 'Change number rules and match policy; refused when the version is no longer the stored one',
  body: directorySettings,
  response: directorySettings,
});
