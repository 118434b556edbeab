/**
 * Words that stand where a number should be. `restricted`: the caller withheld it; `unavailable`: nobody knows it
 * (Q.931 octet 3a has the same two). Neither ever matches a record.
 */
import type { PhoneNumber } from '#core/contract/phone-number.ts';

type Absence = Exclude<PhoneNumber['presentation'], 'allowed'>;

/** Compared after lower-casing and removing everything but letters and digits. */
const words: Readonly<Record<Absence, string>> = {
  restricted: `
    p anonymous anon anonymousinvalid anonymouscaller private privatenumber privatecaller restricted restrictednumber
    withheld numberwithheld withheldnumber callerwithheldnumber blocked blockednumber blockedcaller nocallerid
    hidden hiddennumber secret presprohibited callerididblocked calleridblocked idwithheld clir confidential
    unlistednumber 匿名 匿名来电 匿名號碼 匿名号码 隐藏号码 隱藏號碼 号码隐藏 私人号码
    私人號碼 保密 保密号码 未显示号码 未顯示號碼 无来电显示 無來電顯示 非通知
    非通知設定 番号非通知 발신번호표시제한 익명 anonym unterdruckt unterdrückt
    nummerunterdrückt rufnummerunterdrückt privat anonimo anónimo anônimo anonyme masque masqué numeromasque
    numéromasqué prive privé numeroprive oculto numerooculto númerooculto privado numeroprivado númeroprivado
    riservato privato numeroprivato afgeschermd geheim anoniem скрыт скрытыйномер
    номерскрыт анонимный аноним ukryty zastrzeżony skryté gizlinumara gizli dolttnummer
    skjultnummer رقمخاص`,
  unavailable: `
    o unknown unknownnumber unknowncaller unavailable numberunavailable notavailable unavail outofarea
    interactionwithotherservice coinlinepayphone payphone none na null undefined nonumber nophone nan nil tbd tba
    empty missing notprovided notapplicable asterisk invalid nocid nocallid cidunavailable ipcall 未知
    未知号码 未知號碼 未知来电 未知來電 无号码 無號碼 不明 号码不可用 无法显示
    表示圏外 公衆電話 通知不可能 알수없음 unbekannt unbekanntenummer unbekannternummer
    nichtverfügbar desconocido númerodesconocido numerodesconocido desconhecido inconnu numeroinconnu
    numéroinconnu indisponible sconosciuto nondisponibile onbekend неизвестен неизвестный
    неизвестныйномер nieznany neznámé bilinmeyen bilinmeyennumara okändtnummer ukendtnummer`,
};

const absences = new Map<string, Absence>(
  (['restricted', 'unavailable'] as const).flatMap((kind) =>
    words[kind]
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => [squeezed(word), kind] as [string, Absence]),
  ),
);

/** Digits some gateways send when a caller is hidden: ANONYMOUS and UNAVAILABLE spelled on a keypad. */
const spelledOut: Readonly<Record<string, Absence>> = { '266696687': 'restricted', '86282452253': 'unavailable' };

/**
 * Says whether text stands for an absent number; null when it may be one. Called by the number engine on every number,
 * with plain text (see `plainText`). Empty text and rows of six or more zeros count as unavailable.
 */
export function absenceOf(text: string): Absence | null {
  const key = squeezed(text);
  if (key === '') return /[*#]/.test(text) ? null : 'unavailable';
  const named = absences.get(key) ?? spelledOut[key];
  if (named) return named;
  return key.length >= 6 && /^1?0+$/.test(key) ? 'unavailable' : null;
}

function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '');
}
