import { httpUrlField, listField, secondsField, secretField, textField } from '#core/kit/config-fields.ts';
import { z } from 'zod';

export const config = z.strictObject({
  accessToken: secretField({
    title: { en: 'Access token', 'zh-CN': '访问令牌' },
    help: {
      en: 'Token of a private app or service key of the HubSpot account (Settings → Integrations). The README lists the scopes it needs.',
      'zh-CN': 'HubSpot 账户中私有应用或服务密钥的令牌（设置 → 集成）。所需权限范围见 README。',
    },
    placeholder: 'pat-eu1-…',
    order: 1,
  }),
  baseUrl: httpUrlField({
    title: { en: 'API address', 'zh-CN': 'API 地址' },
    help: {
      en: 'Root of the HubSpot API. Change it only for a proxy or a test account on this machine.',
      'zh-CN': 'HubSpot API 的根地址。仅在使用代理或本机测试账户时修改。',
    },
    advanced: true,
    order: 2,
  }).default('https://api.hubapi.com'),
  appUrl: httpUrlField({
    title: { en: 'HubSpot address for people', 'zh-CN': 'HubSpot 网页地址' },
    help: {
      en: 'Where users open records, like https://app-eu1.hubspot.com. Empty: as the account says.',
      'zh-CN': '用户打开记录的地址，例如 https://app-eu1.hubspot.com。留空则使用账户自身的地址。',
    },
    advanced: true,
    order: 3,
  }).optional(),
  portalId: textField(
    {
      title: { en: 'Hub ID', 'zh-CN': 'Hub ID' },
      help: {
        en: 'Number of the HubSpot account, used in record links. Empty: as the account says.',
        'zh-CN': 'HubSpot 账户编号，用于记录链接。留空则自动读取。',
      },
      advanced: true,
      order: 4,
    },
    { max: 20 },
  )
    .regex(/^\d+$/, 'must be a number')
    .optional(),
  keyProperty: textField(
    {
      title: { en: 'Key property', 'zh-CN': '键属性' },
      help: {
        en: 'Internal name of the unique property that marks records written by this hub. Made when missing; keep it for ever, or calls may be logged twice.',
        'zh-CN': '标记由本集线器写入的记录的唯一属性的内部名称。缺失时自动创建；请勿更改，否则通话可能重复记录。',
      },
      advanced: true,
      order: 5,
    },
    { max: 100 },
  )
    .regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and _')
    .default('tieline_key'),
  contactProperties: listField({
    title: { en: 'More contact properties', 'zh-CN': '附加联系人属性' },
    help: {
      en: 'Internal names of further properties to fetch when a caller is looked up.',
      'zh-CN': '来电查询时额外获取的属性的内部名称。',
    },
    advanced: true,
    order: 6,
  }).default([]),
  requestTimeoutSecs: secondsField(
    {
      title: { en: 'Request time-out', 'zh-CN': '请求超时' },
      help: {
        en: 'How long to wait for one answer of HubSpot.',
        'zh-CN': '等待 HubSpot 单次响应的最长时间。',
      },
      advanced: true,
      order: 7,
    },
    { min: 0.05, max: 120 },
  ).default(20),
});
export type HubSpotConfig = z.output<typeof config>;
