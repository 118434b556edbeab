/**
 * More of the same, kept apart: their misses were never used to change the list of synonyms or the weights. Whoever does
 * moves the system to other-systems.ts and writes down another one here.
 */
import { describeSystem, type OtherSystem } from './describe-system.ts';

export const unseenSystems: readonly OtherSystem[] = [
  describeSystem(
    'espocrm/Contact',
    'contact',
    `
id | ID | string! |
name | Name | string! |
deleted | Deleted | boolean! |
salutationName | Salutation | picklist | custom.salutation
firstName | First Name | string | firstName
lastName | Last Name | string | lastName
title | Account Title | string | jobTitle
description | Description | string | custom.description
emailAddress | Email | email | emails[0].address
phoneNumber | Phone | phone | phones[label=work].number
doNotCall | Do Not Call | boolean | custom.doNotCall
addressStreet | Street | string | address.street
addressCity | City | string | address.city
addressState | State | string | address.region
addressCountry | Country | string | address.country
addressPostalCode | Postal Code | string | address.postalCode
accountId | Account | reference | accountId
accountName | Account | string! | accountName
accountIsInactive | Account Is Inactive | boolean! |
campaignId | Campaign | reference |
createdAt | Created At | datetime! | custom.createdAt
modifiedAt | Modified At | datetime! | custom.lastModifiedAt
assignedUserId | Assigned User | reference | ownerId
originalLeadId | Original Lead | reference! |
portalUserId | Portal User | reference |`,
  ),
  describeSystem(
    'bitrix24/crm.contact',
    'contact',
    `
ID | ID | number! |
HONORIFIC | Salutation | picklist | custom.salutation
NAME | First name | string | firstName
SECOND_NAME | Second name | string |
LAST_NAME | Last name | string | lastName
PHOTO | Photo | object |
BIRTHDATE | Date of birth | datetime | custom.birthday
TYPE_ID | Contact type | picklist |
SOURCE_ID | Source | picklist | custom.leadSource
SOURCE_DESCRIPTION | Source information | string |
POST | Position | string | jobTitle
ADDRESS | Street address | string | address.street
ADDRESS_2 | Address (line 2) | string |
ADDRESS_CITY | City | string | address.city
ADDRESS_POSTAL_CODE | Zip | string | address.postalCode
ADDRESS_REGION | Region | string |
ADDRESS_PROVINCE | State/Province | string | address.region
ADDRESS_COUNTRY | Country | string | address.country
ADDRESS_COUNTRY_CODE | Country code | string |
COMMENTS | Comment | string | custom.description
OPENED | Available to everyone | boolean |
EXPORT | Include in export | boolean |
ASSIGNED_BY_ID | Responsible person | reference | ownerId
CREATED_BY_ID | Created by | reference! |
MODIFY_BY_ID | Modified by | reference! |
DATE_CREATE | Created on | datetime! | custom.createdAt
DATE_MODIFY | Modified on | datetime! | custom.lastModifiedAt
COMPANY_ID | Company | reference | accountId
LEAD_ID | Lead | reference! |
PHONE | Phone | phone | phones[label=work].number
EMAIL | E-mail | email | emails[0].address
WEB | Website | url | custom.website
IM | Messenger | list |
ORIGIN_ID | Item ID in data source | string |`,
  ),
  describeSystem(
    'vtiger/Contacts',
    'contact',
    `
salutationtype | Salutation | picklist | custom.salutation
firstname | First Name | string | firstName
contact_no | Contact Id | string! |
phone | Office Phone | phone | phones[label=work].number
lastname | Last Name | string | lastName
mobile | Mobile Phone | phone | phones[label=mobile].number
account_id | Organization Name | reference | accountId
homephone | Home Phone | phone | phones[label=home].number
leadsource | Lead Source | picklist | custom.leadSource
otherphone | Secondary Phone | phone | phones[label=other].number
title | Title | string | jobTitle
fax | Fax | phone | phones[label=fax].number
department | Department | string | custom.department
birthday | Date of Birth | datetime | custom.birthday
email | Primary Email | email | emails[0].address
contact_id | Reports To | reference |
assistant | Assistant | string | custom.assistantName
secondaryemail | Secondary Email | email | emails[1].address
assistantphone | Assistant Phone | phone | custom.assistantPhone
donotcall | Do Not Call | boolean | custom.doNotCall
emailoptout | Email Opt Out | boolean | custom.emailOptOut
assigned_user_id | Assigned To | reference | ownerId
reference | Reference | boolean |
notify_owner | Notify Owner | boolean |
createdtime | Created Time | datetime! | custom.createdAt
modifiedtime | Modified Time | datetime! | custom.lastModifiedAt
mailingstreet | Mailing Street | string | address.street
otherstreet | Other Street | string |
mailingcity | Mailing City | string | address.city
othercity | Other City | string |
mailingstate | Mailing State | string | address.region
mailingzip | Mailing Zip | string | address.postalCode
mailingcountry | Mailing Country | string | address.country
mailingpobox | Mailing P.O. Box | string |
description | Description | string | custom.description`,
  ),
  describeSystem(
    'pipedrive/organizations',
    'account',
    `
id | ID | number! |
name | Name | string | name
label | Label | picklist |
owner_id | Owner | reference | ownerId
people_count | People | number! |
open_deals_count | Open deals | number! |
add_time | Organization created | datetime! | custom.createdAt
update_time | Update time | datetime! | custom.lastModifiedAt
visible_to | Visible to | picklist |
next_activity_date | Next activity date | datetime! |
last_activity_date | Last activity date | datetime! |
address | Address | string | address.street
address_locality | City/town/village/locality of Address | string! | address.city
address_admin_area_level_1 | State/county of Address | string! | address.region
address_country | Country of Address | string! | address.country
address_postal_code | ZIP/Postal code of Address | string! | address.postalCode
website | Website | url | custom.website
industry | Industry | picklist | custom.industry
annual_revenue | Annual revenue | number | custom.annualRevenue
employee_count | Number of employees | number | custom.employees`,
  ),
  describeSystem(
    'xiaoshouyi/contact',
    'contact',
    `
id | 联系人ID | string! |
contactName | 姓名 | string | displayName
accountId | 公司名称 | reference | accountId
depart | 部门 | string | custom.department
post | 职务 | string | jobTitle
phone | 电话 | phone | phones[label=work].number
mobile | 手机 | phone | phones[label=mobile].number
email | 电子邮件 | email | emails[0].address
weibo | 新浪微博 | string |
state | 省份 | string | address.region
address | 地址 | string | address.street
zipCode | 邮政编码 | string | address.postalCode
gender | 性别 | picklist |
contactBirthday | 生日 | datetime | custom.birthday
comment | 备注 | string | custom.description
ownerId | 联系人所有人 | reference | ownerId
dimDepart | 所属部门 | reference |
createdAt | 创建日期 | datetime! | custom.createdAt
createdBy | 创建人 | reference! |
updatedAt | 最新修改日 | datetime! | custom.lastModifiedAt
updatedBy | 最新修改人 | reference! |`,
  ),
  describeSystem(
    'aircall/call',
    'activity',
    `
id | Call id | number! |
direct_link | Direct link | url! |
direction | Direction | picklist | direction | inbound, outbound
status | Status | picklist | outcome | initial, answered, done
missed_call_reason | Missed call reason | picklist |
started_at | Started at | datetime | startedAt
answered_at | Answered at | datetime | answeredAt
ended_at | Ended at | datetime | endedAt
duration | Duration | number | talkSecs
voicemail | Voicemail | url |
recording | Recording | url | recordingUrl
raw_digits | Caller number | phone | fromNumber
user | Agent | object | agent
contact | Contact | object |
archived | Archived | boolean |
number | Line | object |
comments | Comments | list | notes
tags | Tags | list |`,
  ),
  describeSystem(
    'freshdesk/ticket',
    'case',
    `
id | Ticket ID | number! |
subject | Subject | string | subject
description | Description | string | description
description_text | Description text | string! |
status | Status | picklist | status | Open, Pending, Resolved, Closed
priority | Priority | picklist | priority | Low, Medium, High, Urgent
source | Source | picklist | | Email, Portal, Phone, Chat
type | Type | picklist |
requester_id | Requester | reference | contactId
company_id | Company | reference | accountId
responder_id | Agent | reference | ownerId
group_id | Group | reference |
due_by | Resolution due by | datetime |
fr_due_by | First response due by | datetime |
is_escalated | Escalated | boolean! |
spam | Spam | boolean! |
created_at | Created at | datetime! | custom.createdAt
updated_at | Updated at | datetime! | custom.lastModifiedAt`,
  ),
];
