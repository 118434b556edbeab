import { createReplay } from '#connectors/asterisk-ami/replay.ts';
import { loadRecording, replay } from '#core/tools/replay-engine.ts';
import { replayLine } from '#core/tools/replay.ts';
const [file, flag] = process.argv.slice(2);
const isJson = file!.endsWith('.json');
const r = replay(createReplay({ settings: { trunks: isJson ? 'SIP/voipgrid-siproute-*' : 'PJSIP/trunk', correlationVariables: 'CRM_*' }, onNotice: (m) => flag && console.log('NOTICE', m) }), loadRecording(file!, isJson ? null : file!.replace('.ami', '.timeline.json')));
if (flag === '-e') for (const e of r.events) { const { eventId, kind, ...x } = e as any; console.log(Math.round(x.atMs - r.zeroMs), x.type ?? x.state, x.leg ? x.leg.legId.split('.').pop() + '=' + x.leg.device.id : x.agent, x.peer ? 'peer ' + x.peer.legId.split('.').pop() + '=' + x.peer.device.id : '', JSON.stringify({ ...x, atMs: undefined, type: undefined, leg: undefined, peer: undefined })); }
for (const i of r.interactions) { console.log(JSON.stringify(replayLine(i, r.zeroMs))); if (flag === '-l') for (const l of i.legs) console.log('   ', l.role, l.device, l.result, l.cause, l.clearedBy, l.spans.map((s) => `${s.state} ${Math.round(s.fromMs - r.zeroMs)}-${s.toMs === null ? '' : Math.round(s.toMs - r.zeroMs)}`).join(', ')); }
