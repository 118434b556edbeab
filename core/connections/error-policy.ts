import type { HubErrorCode } from '#core/contract/errors.ts';
import type { LocaleText } from '#core/contract/locale-text.ts';

/**
 * What the engine does when a call to an external system failed.
 * `retryNow`: repeat once at once. `backOff`: repeat with growing pauses. `refresh`: renew credentials, then repeat.
 * `adopt`: take the id the other side named and go on. `resolveInDoubt`: read before repeating.
 * `stopAndAlert`: nothing helps until a person acts. `review`: set this record aside for a person, go on with the rest.
 */
export type EngineAction = 'retryNow' | 'backOff' | 'refresh' | 'adopt' | 'resolveInDoubt' | 'stopAndAlert' | 'review';

export interface ErrorRow {
  readonly action: EngineAction;
  /** The sentence ops reads beside the failure's own message. */
  readonly ops: LocaleText;
}

const row = (action: EngineAction, en: string, zh: string): ErrorRow => ({ action, ops: { en, 'zh-CN': zh } });

export const errorPolicy: Readonly<Record<HubErrorCode, ErrorRow>> = {
  'config.invalid': row(
    'stopAndAlert',
    'A setting of this connection is wrong. Correct the marked field and save.',
    '此连接的某项设置有误。请更正标出的字段并保存。',
  ),
  'auth.rejected': row(
    'stopAndAlert',
    'The other side refused the credentials. Enter valid ones and save; the hub does not try again by itself so that the account is not locked.',
    '对方拒绝了登录凭据。请填写有效凭据并保存；为避免账号被锁定，系统不会自动重试。',
  ),
  'auth.expired': row(
    'refresh',
    'The sign-in to the other side ran out. The hub renews it and repeats the work.',
    '与对方的登录已过期。系统会自动续期并重做。',
  ),
  'auth.required': row(
    'stopAndAlert',
    'This connection has not been authorised yet, or the authorisation was withdrawn. Authorise it again.',
    '此连接尚未授权或授权已被撤销。请重新授权。',
  ),
  'permission.denied': row(
    'stopAndAlert',
    'The account of this connection lacks a privilege. Grant it on the other side, then save the connection again.',
    '此连接使用的账号缺少权限。请在对方系统授予权限，然后重新保存此连接。',
  ),
  'link.lost': row(
    'backOff',
    'The link broke. The hub reconnects by itself and checks what was missed.',
    '连接已断开。系统会自动重连并核对遗漏的内容。',
  ),
  'remote.timeout': row(
    'backOff',
    'The other side did not answer in time. The hub tries again with growing pauses.',
    '对方未在时限内应答。系统会以递增的间隔重试。',
  ),
  'remote.rateLimited': row(
    'backOff',
    'The other side asked for fewer requests. The hub waits as long as it was told.',
    '对方要求降低请求频率。系统会按要求等待后继续。',
  ),
  'remote.unavailable': row(
    'backOff',
    'The other side is down or unreachable. The hub tries again with growing pauses; nothing is lost meanwhile.',
    '对方不可用或无法访问。系统会以递增的间隔重试，期间数据不会丢失。',
  ),
  'remote.rejected': row(
    'review',
    'The other side refused this request. Read its reason, mend the cause, then send it again.',
    '对方拒绝了此请求。请查看原因，处理后重新发送。',
  ),
  'remote.garbled': row(
    'backOff',
    'The answer could not be read. The hub tries again; if it stays, compare the version of the other side with the supported ones.',
    '无法解读对方的应答。系统会重试；若持续出现，请核对对方版本是否受支持。',
  ),
  'record.invalid': row(
    'review',
    'A field of this record was not accepted. Correct the record or its dictionary, then send it again.',
    '此记录的某个字段未被接受。请更正记录或字段映射字典后重新发送。',
  ),
  'record.conflict': row(
    'retryNow',
    'The record was changed on the other side at the same moment. The hub reads it again and repeats the write.',
    '此记录同时在对方被修改。系统会重新读取并再次写入。',
  ),
  'record.gone': row(
    'review',
    'The record was deleted on the other side. Decide whether to make it anew or to let it go.',
    '此记录已在对方删除。请决定重新创建还是放弃。',
  ),
  'record.duplicate': row(
    'adopt',
    'The record exists already on the other side. The hub takes that one over.',
    '此记录在对方已存在。系统会直接采用该记录。',
  ),
  'write.inDoubt': row(
    'resolveInDoubt',
    'The answer to a write was lost. The hub looks it up by its key before it writes again.',
    '一次写入的应答丢失。系统会先按键值查询，再决定是否重写。',
  ),
  'webhook.unverified': row(
    'review',
    'A message did not prove where it came from and was refused. Check the webhook secret on both sides.',
    '收到的消息无法证明来源，已拒绝。请检查双方的 webhook 密钥。',
  ),
  'facet.unsupported': row(
    'review',
    'This connector cannot do what was asked. Choose another connection or another action.',
    '此连接器不支持该操作。请改用其他连接或其他操作。',
  ),
  'input.invalid': row(
    'review',
    'The request was malformed. Correct it and send it again.',
    '请求格式有误。请更正后重新发送。',
  ),
  'input.tooLarge': row('review', 'The request was too large. Send it in smaller parts.', '请求过大。请拆分后发送。'),
  'resource.missing': row(
    'review',
    'What was asked for does not exist (any more). Reload and choose again.',
    '请求的对象不存在或已被删除。请刷新后重新选择。',
  ),
  'resource.conflict': row(
    'review',
    'It was changed by someone else, or exists already. Reload and repeat the change.',
    '对象已被他人修改或已存在。请刷新后重做更改。',
  ),
  'dictionary.invalid': row(
    'stopAndAlert',
    'A dictionary of this route does not compile. Correct it; the work waits.',
    '此路由的字段映射字典无法编译。请更正；相关工作会等待。',
  ),
  'storage.unavailable': row(
    'backOff',
    "The hub's own database did not answer. The hub tries again; look at the disk and the database if it lasts.",
    '系统自身的数据库没有应答。系统会重试；若持续出现，请检查磁盘和数据库。',
  ),
  'shutdown.draining': row(
    'backOff',
    'This hub process is stopping. Another process, or the next start, takes the work over.',
    '此进程正在停止。其他进程或下次启动时会接手。',
  ),
  bug: row(
    'review',
    'The hub failed where it should not. Send it again; if it repeats, report it with the log line.',
    '系统出现了不应有的故障。请重新发送；若再次出现，请附上日志反馈。',
  ),
};
