/** What a handler may know and do of the HTTP exchange beyond its checked input. Most handlers ignore it. */
export interface Exchange {
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string;
  /** Aborts when the client goes away or the hub drains. */
  readonly signal: AbortSignal;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** Always HttpOnly, SameSite=Lax, Path=/, and Secure when the browser came over TLS. */
  setCookie(name: string, value: string, options: { maxAgeSecs: number }): void;
  clearCookie(name: string): void;
}
