import {
  booleanField,
  choiceField,
  hostField,
  integerField,
  listField,
  portField,
  secondsField,
  secretField,
  textField,
} from '#core/kit/config-fields.ts';
import { z } from 'zod';

const loginModes = ['md5', 'plain'] as const;

export const config = z.strictObject({
  host: hostField({
    title: { en: 'PBX address', 'zh-CN': 'PBX 地址' },
    help: {
      en: 'Host name or IP address of the Asterisk server.',
      'zh-CN': 'Asterisk 服务器的主机名或 IP 地址。',
    },
    placeholder: 'pbx.example.com',
    order: 1,
  }),
  port: portField({
    title: { en: 'AMI port', 'zh-CN': 'AMI 端口' },
    help: {
      en: '`port` in manager.conf; 5038, or 5039 with TLS.',
      'zh-CN': 'manager.conf 中的 `port`；默认 5038，TLS 为 5039。',
    },
    order: 2,
  }).default(5038),
  username: textField({
    title: { en: 'AMI user', 'zh-CN': 'AMI 用户' },
    help: {
      en: 'The name in square brackets in manager.conf.',
      'zh-CN': 'manager.conf 中方括号里的名称。',
    },
    order: 3,
  }),
  secret: secretField({
    title: { en: 'AMI secret', 'zh-CN': 'AMI 密钥' },
    help: { en: '`secret` of that user in manager.conf.', 'zh-CN': 'manager.conf 中该用户的 `secret`。' },
    order: 4,
  }),
  trunks: listField({
    title: { en: 'Trunks', 'zh-CN': '中继' },
    help: {
      en: 'Channels that lead to the outside, without their number, one per line: `PJSIP/trunk`, `SIP/carrier-*`. Tells inbound from internal calls.',
      'zh-CN': '通向外线的通道（不含编号），每行一个：`PJSIP/trunk`、`SIP/carrier-*`。用于区分呼入与内部通话。',
    },
    placeholder: 'PJSIP/trunk',
    order: 5,
  }).default([]),
  context: textField({
    title: { en: 'Dialling context', 'zh-CN': '拨号上下文' },
    help: {
      en: 'Dialplan context in which agents dial; used for click-to-dial and transfers. FreePBX: from-internal.',
      'zh-CN': '坐席拨号所用的拨号方案上下文，用于点击拨号和转接。FreePBX 为 from-internal。',
    },
    order: 6,
  }).default('from-internal'),
  agentChannel: textField({
    title: { en: 'Agent channel', 'zh-CN': '坐席通道' },
    help: {
      en: 'How an agent’s phone is called; `{agent}` stands for the extension.',
      'zh-CN': '呼叫坐席话机的方式；`{agent}` 代表分机号。',
    },
    order: 7,
  })
    .default('PJSIP/{agent}')
    .refine((channel) => channel.includes('{agent}'), { message: 'must contain {agent}' }),
  dialPrefix: textField(
    {
      title: { en: 'Outside line prefix', 'zh-CN': '外线前缀' },
      help: {
        en: 'Digits put before outside numbers, like 9 or 0. Empty for none.',
        'zh-CN': '拨打外线时加在号码前的数字，例如 9 或 0。留空则不加。',
      },
      advanced: true,
    },
    { min: 0, max: 8 },
  )
    .regex(/^[0-9*#]*$/u, 'may hold digits, * and # only')
    .default(''),
  plusPrefix: textField(
    {
      title: { en: 'International prefix', 'zh-CN': '国际前缀' },
      help: {
        en: 'What replaces a leading +: `+` keeps it, `00` or `011` where the dialplan wants digits.',
        'zh-CN': '用来替换号码开头的 +：`+` 表示保留，若拨号方案需要数字则填 `00` 或 `011`。',
      },
      advanced: true,
    },
    { max: 6 },
  )
    .regex(/^\+?[0-9]*$/u, 'may hold + and digits only')
    .default('+'),
  internalDigits: integerField(
    {
      title: { en: 'Longest extension', 'zh-CN': '最长分机号位数' },
      help: {
        en: 'Numbers with at most this many digits are dialled as they are, without prefix.',
        'zh-CN': '不超过此位数的号码按内部分机直接拨打，不加前缀。',
      },
      advanced: true,
    },
    { min: 0, max: 12 },
  ).default(5),
  ringSecs: secondsField(
    {
      title: { en: 'Agent ring time', 'zh-CN': '坐席振铃时长' },
      help: {
        en: 'How long the agent’s phone rings on click-to-dial before it is given up.',
        'zh-CN': '点击拨号时坐席话机的最长振铃时间。',
      },
      advanced: true,
    },
    { min: 5, max: 120 },
  ).default(25),
  tls: booleanField({
    title: { en: 'Use TLS', 'zh-CN': '使用 TLS' },
    help: {
      en: 'Encrypts the link; needs `tlsenable` in manager.conf. Without it the link is readable on the way.',
      'zh-CN': '加密连接；需要在 manager.conf 中启用 `tlsenable`。不启用时链路内容可被窃听。',
    },
    advanced: true,
  }).default(false),
  verifyTls: booleanField({
    title: { en: 'Check the certificate', 'zh-CN': '校验证书' },
    help: {
      en: 'Turn off only for a self-signed certificate on a network you trust.',
      'zh-CN': '仅在可信网络中使用自签名证书时关闭。',
    },
    advanced: true,
  }).default(true),
  login: choiceField(
    {
      title: { en: 'Login', 'zh-CN': '登录方式' },
      help: {
        en: 'MD5 challenge keeps the secret off the wire; plain sends it, for switches without MD5.',
        'zh-CN': 'MD5 质询不在链路上发送密钥；明文方式会发送密钥，用于不支持 MD5 的交换机。',
      },
      advanced: true,
      choices: {
        md5: { en: 'MD5 challenge', 'zh-CN': 'MD5 质询' },
        plain: { en: 'Plain', 'zh-CN': '明文' },
      },
    },
    loginModes,
  ).default('md5'),
  pingIntervalSecs: secondsField(
    {
      title: { en: 'Keepalive interval', 'zh-CN': '保活间隔' },
      help: {
        en: 'A ping is sent this often; a link that leaves two unanswered is opened anew.',
        'zh-CN': '发送 ping 的间隔；连续未得到应答时将重新建立连接。',
      },
      advanced: true,
    },
    { min: 1, max: 300 },
  ).default(15),
  responseTimeoutSecs: secondsField(
    {
      title: { en: 'Response time limit', 'zh-CN': '应答时限' },
      help: {
        en: 'How long the PBX may take to answer one action.',
        'zh-CN': 'PBX 应答单个操作的最长时间。',
      },
      advanced: true,
    },
    { min: 0.5, max: 60 },
  ).default(10),
});

export type AmiConfig = z.output<typeof config>;
