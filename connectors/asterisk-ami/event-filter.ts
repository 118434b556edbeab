/**
 * What the switch is asked to tell. Filters are regular expressions over the whole event, so they are tied to its
 * beginning: else a caller could write `Event: CEL` into a number and have the call left out.
 */

/** `dialplan` for marks and recordings, `dtmf` for digits collected by a menu. */
export const eventMask = 'system,call,agent,dialplan,dtmf';

/** Nine tenths of a busy switch's events: nobody here reads them (counted over the recordings). */
export const filters = [
  '!^Event: (CEL|RTCPSent|RTCPReceived|NewConnectedLine|NewAccountCode|SoftHangupRequest|ExtensionStatus|PresenceStateChange|ContactStatus|PeerStatus|Registry)',
  '!^Event: VarSet.*Variable: (BRIDGE|DIAL|RTP|RING|PROGRESS|ANSWERED|QUEUE|MEMBER|QE|SIP|STASIS)',
  // Of the steps of the dialplan only VoiceMail matters.
  '!^Event: Newexten.*Application: ([^Vv]|[Vv][^Oo])',
] as const;
