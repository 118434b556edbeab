/**
 * A connector may offer a part of the demo in `connectors/<id>/demo.ts`: a fake system on this machine, or a recording to
 * play. The registry finds it; the hub starts it, makes a connection to it, and takes both away again.
 */
import type { JsonObject } from './json.ts';

export interface DemoPart {
  /** Name of the connection that is made to it. */
  readonly connectionName: string;
  /**
   * Called when the demo is started and again after every start of the hub while the demo is on: what it kept in
   * `dataDir` must still be there. Listens on loopback only.
   */
  start(options: { readonly dataDir: string }): Promise<RunningDemoPart>;
}

export interface RunningDemoPart {
  /** Configuration of the connection, as a user would have typed it. */
  readonly config: JsonObject;
  /** A page where a person can watch this part. */
  readonly pageUrl: string | null;
  /** The extension whose desk the demo's calls reach. */
  readonly extension: string | null;
  /** Contacts the demo's callers belong to. */
  readonly contacts: readonly DemoContact[];
  close(): Promise<void>;
}

export interface DemoContact {
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string | null;
  readonly accountName: string | null;
  readonly email: string | null;
  readonly phone: string;
}
