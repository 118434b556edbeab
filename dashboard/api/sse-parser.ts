/** Server-Sent Events framing as the WHATWG HTML standard, section "Server-sent events", defines it. Pure. */
export interface SseMessage {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

export interface SseParser {
  /** Takes the next piece of text, cut anywhere, and returns the messages it completed. */
  feed(text: string): readonly SseMessage[];
}

export function createSseParser(): SseParser {
  let rest = '';
  let started = false;
  let lastId: string | null = null;
  let event = '';
  let data: string[] = [];

  function line(text: string): SseMessage | null {
    if (text === '') return dispatch();
    if (text.startsWith(':')) return null;
    const colon = text.indexOf(':');
    const name = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /u, '');
    if (name === 'data') data.push(value);
    if (name === 'event') event = value;
    if (name === 'id' && !value.includes('\0')) lastId = value;
    return null;
  }

  function dispatch(): SseMessage | null {
    const message = data.length === 0 ? null : { id: lastId, event: event || 'message', data: data.join('\n') };
    data = [];
    event = '';
    return message;
  }

  return {
    feed(text) {
      rest += text;
      if (!started && rest !== '') {
        started = true;
        rest = rest.replace(/^\uFEFF/u, '');
      }
      const messages: SseMessage[] = [];
      for (;;) {
        const end = /\r\n|\n|\r(?!$)/u.exec(rest);
        if (end === null) return messages;
        const message = line(rest.slice(0, end.index));
        rest = rest.slice(end.index + end[0].length);
        if (message !== null) messages.push(message);
      }
    },
  };
}
