/**
 * Objects of systems the hub has no dictionary for, with the rules a person would write. Composites (a whole name put
 * together of its parts) are not counted. Names and labels follow the products' public documentation and, for SuiteCRM
 * and Tryton, what their own interfaces answered. The rules were written down before the first run, which found 148 of
 * 156; what it missed has since been looked at.
 */
import { describeSystem, type OtherSystem } from './describe-system.ts';

export const otherSystems: readonly OtherSystem[] = [
  describeSystem(
    'suitecrm/Contacts',
    'contact',
    `
id | ID | string! |
name | Name | string! |
date_entered | Date Created | datetime! |
date_modified | Date Modified | datetime! |
modified_user_id | Modified By | reference! |
modified_by_name | Modified By Name | string! |
created_by | Created By | reference! |
description | Description | string |
deleted | Deleted | boolean |
assigned_user_id | Assigned User | reference | ownerId
assigned_user_name | Assigned to | string! |
salutation | Salutation | picklist |
first_name | First Name | string | firstName
last_name | Last Name | string | lastName
full_name | Full Name | string! |
title | Job Title | string | jobTitle
photo | Photo | string |
department | Department | string |
do_not_call | Do Not Call | boolean |
phone_home | Home | phone | phones[label=home].number
phone_mobile | Mobile | phone | phones[label=mobile].number
phone_work | Office Phone | phone | phones[label=work].number
phone_other | Other Phone | phone | phones[label=other].number
phone_fax | Fax | phone | phones[label=fax].number
email1 | Email Address | email | emails[0].address
email2 | Other Email | email | emails[1].address
invalid_email | Invalid Email | boolean |
email_opt_out | Email Opt Out | boolean |
lawful_basis | Lawful Basis | list |
date_reviewed | Lawful Basis Date Reviewed | datetime |
primary_address_street | Primary Address Street | string | address.street
primary_address_street_2 | Primary Address Street 2 | string |
primary_address_street_3 | Primary Address Street 3 | string |
primary_address_city | Primary Address City | string | address.city
primary_address_state | Primary Address State | string | address.region
primary_address_postalcode | Primary Address Postal Code | string | address.postalCode
primary_address_country | Primary Address Country | string | address.country
alt_address_street | Alternate Address Street | string |
alt_address_city | Alternate Address City | string |
alt_address_state | Alternate Address State | string |
alt_address_postalcode | Alternate Address Postal Code | string |
alt_address_country | Alternate Address Country | string |
assistant | Assistant | string |
assistant_phone | Assistant Phone | phone |
email_and_name1 | Name | string! |
lead_source | Lead Source | picklist |
account_name | Account Name | string! | accountName
account_id | Account ID | reference | accountId
opportunity_role | Opportunity Role | string |
reports_to_id | Reports To ID | reference |
report_to_name | Reports To | string |
birthdate | Birthdate | datetime |
campaign_id | Campaign ID | reference |
campaign_name | Campaign | string |
joomla_account_id | Joomla Account ID | string |
portal_user_type | Portal User Type | picklist |
jjwg_maps_address_c | Address | string |
jjwg_maps_lat_c | Latitude | number |
jjwg_maps_lng_c | Longitude | number |`,
  ),
  describeSystem(
    'suitecrm/Calls',
    'activity',
    `
id | ID | string! |
name | Subject | string | subject
date_entered | Date Created | datetime! |
date_modified | Date Modified | datetime! |
modified_user_id | Modified By | reference! |
created_by | Created By | reference! |
description | Description | string | body
deleted | Deleted | boolean |
assigned_user_id | Assigned User | reference | ownerId
assigned_user_name | Assigned to | string! |
duration_hours | Duration Hours | number |
duration_minutes | Duration Minutes | number | talkSecs
date_start | Start Date & Time | datetime | startedAt
date_end | End Date & Time | datetime | endedAt
parent_type | Parent Type | picklist |
parent_name | Related to | string! |
status | Status | picklist | outcome | Planned, Held, Not Held
direction | Direction | picklist | direction | Inbound, Outbound
parent_id | Related to ID | reference |
reminder_checked | Reminder | boolean |
reminder_time | Reminder Time | number |
email_reminder_time | Email Reminder Time | number |
outlook_id | Outlook ID | string |
accept_status | Accept Status | string! |
contact_name | Contact Name | string! |
contact_id | Contact ID | reference | contactId
repeat_type | Repeat Type | picklist |
repeat_interval | Repeat Interval | number |
repeat_until | Repeat Until | datetime |
recurring_source | Recurring Source | string |`,
  ),
  describeSystem(
    'tryton/party',
    'account',
    `
id | ID | number! |
active | Active | boolean | status
rec_name | Record Name | string! |
name | Name | string | name
code | Code | string |
lang | Language | reference |
tax_identifier | Tax Identifier | string! |
identifiers | Identifiers | list |
addresses | Addresses | list |
contact_mechanisms | Contact Mechanisms | list |
categories | Categories | list |
full_name | Full Name | string! |
phone | Phone | phone! | phones[label=work].number
mobile | Mobile | phone! | phones[label=mobile].number
fax | Fax | phone! | phones[label=fax].number
email | E-Mail | email! |
website | Website | url! | domain
create_date | Create Date | datetime! |
create_uid | Create User | reference! |
write_date | Write Date | datetime! |
write_uid | Write User | reference! |
replaced_by | Replaced By | reference! |
distance | Distance | number! |`,
  ),
  describeSystem(
    'kingdee/BD_Customer',
    'account',
    `
FCUSTID | 实体主键 | string! |
FDocumentStatus | 数据状态 | picklist! | | Z, A, B, C, D
FForbidStatus | 禁用状态 | picklist! | | A, B
FName | 客户名称 | string | name
FNumber | 客户编码 | string |
FDescription | 描述 | string |
FCreateOrgId | 创建组织 | reference |
FUseOrgId | 使用组织 | reference |
FCreatorId | 创建人 | reference! |
FModifierId | 修改人 | reference! |
FCreateDate | 创建日期 | datetime! |
FFModifyDate | 修改日期 | datetime! |
FShortName | 简称 | string |
FCOUNTRY | 国家 | reference | address.country
FPROVINCIAL | 地区 | reference | address.region
FADDRESS | 通讯地址 | string | address.street
FZIP | 邮政编码 | string | address.postalCode
FWEBSITE | 公司网址 | url | domain
FTEL | 联系电话 | phone | phones[label=work].number
FFAX | 传真 | phone | phones[label=fax].number
FCompanyClassify | 公司类别 | reference |
FCompanyNature | 公司性质 | reference |
FCompanyScale | 公司规模 | reference |
FINVOICETITLE | 发票抬头 | string |
FTAXREGISTERCODE | 纳税登记号 | string |
FSELLER | 销售员 | reference | ownerId
FSALDEPTID | 销售部门 | reference |
FTRADINGCURRID | 结算币别 | reference |
FRECCONDITIONID | 收款条件 | reference |
FPRICELISTID | 价目表 | reference |`,
  ),
  describeSystem(
    'dynamics/contact',
    'contact',
    `
contactid | Contact | string! |
firstname | First Name | string | firstName
lastname | Last Name | string | lastName
fullname | Full Name | string! |
salutation | Salutation | string |
jobtitle | Job Title | string | jobTitle
parentcustomerid | Company Name | reference | accountId
emailaddress1 | Email | email | emails[0].address
emailaddress2 | Email Address 2 | email | emails[1].address
telephone1 | Business Phone | phone | phones[label=work].number
telephone2 | Home Phone | phone | phones[label=home].number
mobilephone | Mobile Phone | phone | phones[label=mobile].number
fax | Fax | phone | phones[label=fax].number
assistantphone | Assistant Phone | phone |
managername | Manager | string |
address1_line1 | Address 1: Street 1 | string | address.street
address1_line2 | Address 1: Street 2 | string |
address1_city | Address 1: City | string | address.city
address1_stateorprovince | Address 1: State/Province | string | address.region
address1_postalcode | Address 1: ZIP/Postal Code | string | address.postalCode
address1_country | Address 1: Country/Region | string | address.country
address2_city | Address 2: City | string |
address2_line1 | Address 2: Street 1 | string |
ownerid | Owner | reference | ownerId
statecode | Status | picklist | status | Active, Inactive
statuscode | Status Reason | picklist | | Active, Inactive
websiteurl | Website | url | custom.website
donotphone | Do not allow Phone Calls | boolean |
birthdate | Birthday | datetime | custom.birthday
createdon | Created On | datetime! |
modifiedon | Modified On | datetime! |
lastonholdtime | Last On Hold Time | datetime! |`,
  ),
  describeSystem(
    'dynamics/phonecall',
    'activity',
    `
activityid | Phone Call | string! |
subject | Subject | string | subject
description | Description | string | body
directioncode | Direction | boolean | direction | Incoming, Outgoing
phonenumber | Phone Number | phone |
scheduledstart | Start Date | datetime! |
scheduledend | Due Date | datetime |
actualstart | Actual Start | datetime | startedAt
actualend | Actual End | datetime | endedAt
actualdurationminutes | Duration | number | talkSecs
from | Call From | list |
to | Call To | list |
regardingobjectid | Regarding | reference |
ownerid | Owner | reference | ownerId
prioritycode | Priority | picklist | | Low, Normal, High
createdon | Created On | datetime! |`,
  ),
  describeSystem(
    'zoho/Contacts',
    'contact',
    `
First_Name | First Name | string | firstName
Last_Name | Last Name | string | lastName
Full_Name | Full Name | string! |
Account_Name | Account Name | reference | accountId
Vendor_Name | Vendor Name | reference |
Title | Title | string | jobTitle
Department | Department | string | custom.department
Email | Email | email | emails[0].address
Secondary_Email | Secondary Email | email | emails[1].address
Phone | Phone | phone | phones[label=work].number
Home_Phone | Home Phone | phone | phones[label=home].number
Other_Phone | Other Phone | phone | phones[label=other].number
Mobile | Mobile | phone | phones[label=mobile].number
Fax | Fax | phone | phones[label=fax].number
Asst_Phone | Asst Phone | phone |
Assistant | Assistant | string |
Owner | Contact Owner | reference | ownerId
Lead_Source | Lead Source | picklist | custom.leadSource
Mailing_Street | Mailing Street | string | address.street
Mailing_City | Mailing City | string | address.city
Mailing_State | Mailing State | string | address.region
Mailing_Zip | Mailing Zip | string | address.postalCode
Mailing_Country | Mailing Country | string | address.country
Other_Street | Other Street | string |
Other_City | Other City | string |
Other_Zip | Other Zip | string |
Email_Opt_Out | Email Opt Out | boolean |
Date_of_Birth | Date of Birth | datetime | custom.birthday
Created_Time | Created Time | datetime! |
Modified_Time | Modified Time | datetime! |
Last_Activity_Time | Last Activity Time | datetime! |`,
  ),
  describeSystem(
    'zoho/Calls',
    'activity',
    `
Subject | Subject | string | subject
Call_Type | Call Type | picklist | direction | Outbound, Inbound, Missed
Call_Start_Time | Call Start Time | datetime | startedAt
Call_Duration | Call Duration | string |
Call_Duration_in_seconds | Call Duration (in seconds) | number | talkSecs
Call_Result | Call Result | picklist | disposition | Interested, Not interested, No response/Busy
Call_Purpose | Call Purpose | picklist |
Who_Id | Contact Name | reference | contactId
What_Id | Related To | reference | accountId
Owner | Call Owner | reference | ownerId
Description | Description | string | body
Caller_ID | Caller ID | string | fromNumber
Dialled_Number | Dialled Number | string | toNumber
Voice_Recording__s | Voice Recording | url | recordingUrl
Created_Time | Created Time | datetime! |`,
  ),
  describeSystem(
    'odoo/res.partner',
    'contact',
    `
id | ID | number! |
name | Name | string | displayName
display_name | Display Name | string! |
function | Job Position | string | jobTitle
phone | Phone | phone | phones[label=work].number
mobile | Mobile | phone | phones[label=mobile].number
email | Email | email | emails[0].address
website | Website Link | url | custom.website
street | Street | string | address.street
street2 | Street2 | string |
city | City | string | address.city
state_id | State | reference | address.region
zip | Zip | string | address.postalCode
country_id | Country | reference | address.country
parent_id | Related Company | reference | accountId
user_id | Salesperson | reference | ownerId
lang | Language | picklist | language
active | Active | boolean | status
vat | Tax ID | string |
comment | Notes | string |
title | Title | reference |
create_date | Created on | datetime! |
write_date | Last Updated on | datetime! |`,
  ),
  describeSystem(
    'fxiaoke/ContactObj',
    'contact',
    `
name | 姓名 | string | displayName
account_id | 客户名称 | reference | accountId
department | 部门 | string | custom.department
job_title | 职务 | string | jobTitle
mobile1 | 手机1 | phone | phones[label=mobile].number
mobile2 | 手机2 | phone |
tel1 | 电话1 | phone | phones[label=work].number
email | 邮件 | email | emails[0].address
add | 地址 | string | address.street
owner | 负责人 | reference | ownerId
remark | 备注 | string |
life_status | 生命状态 | picklist! | | ineffective, under_review, normal, in_change, invalid
create_time | 创建时间 | datetime! |
last_modified_time | 最后修改时间 | datetime! |
created_by | 创建人 | reference! |
field_1aB2c__c | 微信号 | string | custom.wechat
field_9xY8z__c | 传真 | string | phones[label=fax].number`,
  ),
  describeSystem(
    'yonyou/customer',
    'account',
    `
cCusCode | 客户编码 | string |
cCusName | 客户名称 | string | name
cCusAbbName | 客户简称 | string |
cCusPhone | 电话 | phone | phones[label=work].number
cCusHand | 手机 | phone | phones[label=mobile].number
cCusFax | 传真 | phone | phones[label=fax].number
cCusAddress | 地址 | string | address.street
cCusPostCode | 邮政编码 | string | address.postalCode
cProvince | 省份 | string | address.region
cCity | 城市 | string | address.city
cCusPPerson | 专管业务员 | reference | ownerId
cTrade | 所属行业 | string | custom.industry
cCusRegCode | 纳税人识别号 | string | custom.vatId
cCusWebSite | 公司网址 | url | domain
dCusDevDate | 发展日期 | datetime |
dEndDate | 停用日期 | datetime |
cCreatePerson | 建档人 | string! |
cModifyPerson | 变更人 | string! |`,
  ),
  describeSystem(
    'callcentre/通话记录',
    'activity',
    `
通话ID | 通话ID | string | interactionId
主叫号码 | 主叫号码 | string | fromNumber
被叫号码 | 被叫号码 | string | toNumber
呼叫类型 | 呼叫类型 | picklist | direction | 呼入, 呼出
通话状态 | 通话状态 | picklist | outcome | 已接听, 未接听, 忙线
开始时间 | 开始时间 | datetime | startedAt
接听时间 | 接听时间 | datetime | answeredAt
结束时间 | 结束时间 | datetime | endedAt
振铃时长 | 振铃时长(秒) | number | ringSecs
等待时长 | 等待时长(秒) | number | waitSecs
通话时长 | 通话时长(秒) | number | talkSecs
坐席 | 坐席工号 | string | agent
队列 | 技能组 | string | queue
录音 | 录音地址 | string | recordingUrl
备注 | 备注 | string | notes
创建时间 | 创建时间 | datetime! |`,
  ),
];
