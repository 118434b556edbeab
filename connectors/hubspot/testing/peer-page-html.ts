/** The page as one self-contained document. All values are set as text, never as markup. */
type Locale = 'en' | 'zh-CN';

const texts = {
  en: {
    title: 'Fake CRM',
    lead: 'A stand-in for HubSpot on this machine. It shows what the hub wrote; edit a note to see that your edits are kept.',
    calls: 'Call activities',
    contacts: 'Contacts',
    duplicates: 'duplicates',
    noDuplicates: 'no duplicates',
    duplicate: 'Duplicate',
    edited: 'edited here',
    save: 'Save note',
    saved: 'Saved',
    failed: 'Not saved',
    noCalls: 'No calls yet. They appear here as soon as a call has ended.',
    noContacts: 'No contacts.',
    offline: 'Connection lost, trying again…',
    columns: ['Time', 'Direction', 'From', 'To', 'Status', 'Talk', 'Contact', 'Title and note'],
    people: ['Name', 'Phone', 'Mobile', 'Company', 'Email'],
    dispositions: { connected: 'Connected', noAnswer: 'No answer', busy: 'Busy', voicemail: 'Left voicemail' },
    values: {
      INBOUND: 'Inbound',
      OUTBOUND: 'Outbound',
      COMPLETED: 'Completed',
      NO_ANSWER: 'No answer',
      MISSED: 'Missed',
      BUSY: 'Busy',
      FAILED: 'Failed',
      CANCELED: 'Cancelled',
      RINGING: 'Ringing',
      IN_PROGRESS: 'In progress',
      QUEUED: 'Queued',
    },
  },
  'zh-CN': {
    title: '模拟 CRM',
    lead: '本机上的 HubSpot 替身，显示集线器写入的内容；可编辑备注，验证您的修改会被保留。',
    calls: '通话活动',
    contacts: '联系人',
    duplicates: '条重复',
    noDuplicates: '无重复',
    duplicate: '重复',
    edited: '已在此编辑',
    save: '保存备注',
    saved: '已保存',
    failed: '保存失败',
    noCalls: '还没有通话。通话结束后会立即显示在这里。',
    noContacts: '没有联系人。',
    offline: '连接已断开，正在重试…',
    columns: ['时间', '方向', '主叫', '被叫', '状态', '通话时长', '联系人', '标题与备注'],
    people: ['姓名', '电话', '手机', '公司', '邮箱'],
    dispositions: { connected: '已接通', noAnswer: '无人接听', busy: '忙线', voicemail: '已留言' },
    values: {
      INBOUND: '呼入',
      OUTBOUND: '呼出',
      COMPLETED: '已完成',
      NO_ANSWER: '无人接听',
      MISSED: '未接',
      BUSY: '忙线',
      FAILED: '失败',
      CANCELED: '已取消',
      RINGING: '振铃中',
      IN_PROGRESS: '通话中',
      QUEUED: '排队中',
    },
  },
} as const;

const style = `
:root{color-scheme:light dark;--bg:#f5f7fa;--card:#fff;--ink:#1d2733;--soft:#5b6876;--line:#dde3ea;--accent:#c2410c;--bad:#b42318;--badbg:#fef0ee}
@media (prefers-color-scheme:dark){:root{--bg:#12171d;--card:#1b222b;--ink:#e6ebf1;--soft:#9aa7b5;--line:#303a46;--accent:#fb923c;--bad:#ffa198;--badbg:#3b1d1b}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,"Noto Sans SC",sans-serif}
header,main{max-width:1280px;margin:0 auto;padding:16px 20px}header h1{margin:0;font-size:20px}header p{margin:4px 0 0;color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;margin-bottom:20px;overflow-x:auto}
section h2{font-size:15px;margin:0;padding:12px 16px;border-bottom:1px solid var(--line);display:flex;gap:10px;align-items:center}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px 16px;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
th{color:var(--soft);font-weight:600;font-size:12px}td:last-child{white-space:normal;min-width:260px}tr:last-child td{border-bottom:0}
.count{background:var(--bg);border-radius:99px;padding:0 9px;color:var(--soft);font-size:12px}.ok{color:var(--soft);font-size:12px;font-weight:400}
.bad{background:var(--badbg);color:var(--bad);border-radius:4px;padding:1px 7px;font-size:12px;font-weight:600;margin-left:6px}tr.twice{background:var(--badbg)}
textarea{width:100%;min-height:44px;margin-top:4px;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:6px 8px;resize:vertical}
button{font:inherit;font-size:12px;border:1px solid var(--line);background:var(--card);color:var(--accent);border-radius:6px;padding:3px 10px;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}.note{color:var(--soft);font-size:12px;margin-left:8px}.empty{padding:22px 16px;color:var(--soft)}
.here{box-shadow:inset 3px 0 0 var(--accent)}#link{color:var(--bad)}#link:empty{display:none}`;

/** Runs in the browser; `T` is the text table and `L` the locale. */
const script = `
const el=(tag,text,cls)=>{const e=document.createElement(tag);if(text!==undefined)e.textContent=text;if(cls)e.className=cls;return e};
const word=v=>v===undefined?'':(T.values[v]||v);
const when=v=>v?new Date(v).toLocaleString(L,{dateStyle:'short',timeStyle:'medium'}):'';
const talk=v=>{if(!v)return '';const s=Math.round(Number(v)/1000);return Math.floor(s/60)+':'+String(s%60).padStart(2,'0')};
const han=/^[\\u3400-\\u9fff]+$/;
const name=p=>(han.test(p.lastname||'')&&han.test(p.firstname||'')?p.lastname+p.firstname:[p.firstname,p.lastname].filter(Boolean).join(' '))||p.email||'';
const plain=h=>{const d=new DOMParser().parseFromString((h||'').replace(/<br\\s*\\/?>/gi,'\\n'),'text/html');return d.body.textContent||''};
const row=cells=>{const tr=el('tr');for(const c of cells){const td=el('td');td.append(c);tr.append(td)}return tr};
const focusId=location.pathname.split('/').pop();
function noteBox(call){
  const box=el('div');const title=el('strong',call.properties.hs_call_title||'');box.append(title);
  if(call.isDuplicate)box.append(el('span',T.duplicate,'bad'));
  const area=el('textarea');area.value=plain(call.properties.hs_call_body);area.dataset.call=call.id;area.setAttribute('aria-label',T.save);
  const save=el('button',T.save);const said=el('span',call.editedAtMs?T.edited:'','note');
  save.onclick=async()=>{const r=await fetch('/ui/calls/'+encodeURIComponent(call.id)+'/note',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({note:area.value})});said.textContent=r.ok?T.saved:T.failed;if(r.ok){area.dataset.dirty='';}};
  area.oninput=()=>{area.dataset.dirty='1'};
  box.append(area,save,said);return box}
function fill(id,heads,rows,empty){const s=document.getElementById(id);const old=s.querySelector('table,.empty');
  if(!rows.length){const d=el('div',empty,'empty');old?old.replaceWith(d):s.append(d);return}
  const t=el('table'),head=el('tr');for(const h of heads){const th=el('th',h);th.scope='col';head.append(th)}
  const th=el('thead');th.append(head);const b=el('tbody');b.append(...rows);t.append(th,b);old?old.replaceWith(t):s.append(t)}
function show(s){
  const drafts=new Map([...document.querySelectorAll('textarea')].filter(a=>a.dataset.dirty).map(a=>[a.dataset.call,a.value]));
  const active=document.activeElement&&document.activeElement.dataset?document.activeElement.dataset.call:undefined;
  const people=new Map(s.contacts.map(c=>[c.id,name(c.properties)]));
  document.getElementById('ncalls').textContent=s.counts.calls;document.getElementById('ncontacts').textContent=s.counts.contacts;
  const dup=document.getElementById('dups');dup.textContent=s.counts.duplicates?s.counts.duplicates+' '+T.duplicates:T.noDuplicates;dup.className=s.counts.duplicates?'bad':'ok';
  fill('calls',T.columns,s.calls.map(c=>{const p=c.properties;const tr=row([when(p.hs_timestamp),word(p.hs_call_direction),p.hs_call_from_number||'',p.hs_call_to_number||'',word(p.hs_call_status),talk(p.hs_call_duration),c.contacts.map(i=>people.get(i)||i).join(', '),noteBox(c)]);
    tr.className=(c.isDuplicate?'twice ':'')+(c.id===focusId?'here':'');tr.dataset.call=c.id;return tr}),T.noCalls);
  fill('contacts',T.people,s.contacts.map(c=>{const p=c.properties;const tr=row([name(p),p.phone||'',p.mobilephone||'',p.company||'',p.email||'']);if(c.id===focusId)tr.className='here';return tr}),T.noContacts);
  for(const a of document.querySelectorAll('textarea')){if(drafts.has(a.dataset.call)){a.value=drafts.get(a.dataset.call);a.dataset.dirty='1'}if(a.dataset.call===active)a.focus()}}
let busy=false,again=false;
async function load(){if(busy){again=true;return}busy=true;try{const r=await fetch('/ui/state');show(await r.json())}catch{}busy=false;if(again){again=false;load()}}
const source=new EventSource('/ui/events');source.onmessage=()=>{document.getElementById('link').textContent='';load()};
source.onerror=()=>{document.getElementById('link').textContent=T.offline};`;

export function pageHtml(locale: Locale, nonce: string): string {
  const words = texts[locale];
  const heading = (id: string, text: string, extra: string) =>
    `<section id="${id}"><h2>${text} <span class="count" id="n${id}">0</span>${extra}</h2></section>`;
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title}</title>
<style nonce="${nonce}">${style}</style></head>
<body>
<header><h1>${words.title}</h1><p>${words.lead}</p><p id="link" role="status"></p></header>
<main>${heading('calls', words.calls, '<span id="dups" class="ok"></span>')}${heading('contacts', words.contacts, '')}</main>
<script nonce="${nonce}">const T=${JSON.stringify(words)},L=${JSON.stringify(locale)};${script}</script>
</body>
</html>
`;
}
