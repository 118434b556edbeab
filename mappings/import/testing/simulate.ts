import { extract, outputsOf } from '../extract.ts';
import { isSkipped, type RenderedRequest, renderRequest } from '../render-request.ts';
import type { OperationName, RestConnection } from '../rest-connection.ts';
import type { Scalar } from '../template/ast.ts';
import type { Values } from '../template/render.ts';
import { derive, valuesFor, withValues } from '../values.ts';

/** Answers a request with a recorded body. */
export type FakeHttp = (request: RenderedRequest) => string;

export interface Simulation {
  readonly requests: readonly RenderedRequest[];
  readonly records: readonly Readonly<Record<string, string>>[];
  readonly faults: readonly string[];
}

export interface SimulatedCall {
  readonly config?: Readonly<Record<string, Scalar>>;
  readonly values: Readonly<Record<string, Scalar>>;
  readonly timeZone?: string;
}

/** Runs an operation as a connector would, without a network: proof of what an imported connection means. */
export function simulate(
  connection: RestConnection,
  name: OperationName,
  call: SimulatedCall,
  http: FakeHttp,
): Simulation {
  const run = new Run(connection, http);
  const operation = connection.operations[name];
  if (operation === undefined) throw new Error(`The connection has no operation ${name}.`);
  const known = valuesFor(connection, {
    config: call.config ?? {},
    values: call.values,
    timeZone: call.timeZone ?? 'utc',
  });
  const values = run.signIn(derive(operation.derive, known));
  const records: Readonly<Record<string, string>>[] = [];
  for (const first of operation.first) {
    records.push(...run.chain(first, withValues(values, [['FoundRecordCount', records.length]])));
    if (operation.run === 'firstHit' && records.length > 0) break;
  }
  return { requests: run.requests, records, faults: run.faults };
}

class Run {
  readonly requests: RenderedRequest[] = [];
  readonly faults: string[] = [];
  private readonly connection: RestConnection;
  private readonly http: FakeHttp;

  constructor(connection: RestConnection, http: FakeHttp) {
    this.connection = connection;
    this.http = http;
  }

  signIn(values: Values): Values {
    const { auth } = this.connection;
    if (auth.kind !== 'step') return values;
    let known = values;
    for (let at: string | undefined = auth.step; at !== undefined; at = this.connection.steps[at]?.next) {
      known = this.answersOf(at, known)[0] ?? known;
    }
    return known;
  }

  chain(name: string, values: Values): Readonly<Record<string, string>>[] {
    const step = this.connection.steps[name];
    if (step === undefined) return [];
    const { next } = step;
    if (next !== undefined) return this.answersOf(name, values).flatMap((known) => this.chain(next, known));
    return this.answersOf(name, values)
      .map((known) => outputsOf(step, known))
      .filter((record) => Object.keys(record).length > 0);
  }

  /** What is known after the step, once for each record it found; once as before when it was skipped. */
  private answersOf(name: string, values: Values): Values[] {
    const step = this.connection.steps[name];
    if (step === undefined) return [];
    if (isSkipped(step, values)) return step.next === undefined || !step.allowEmpty ? [] : [values];
    const rendered = renderRequest(this.connection, step, values);
    if (!rendered.ok) {
      this.faults.push(rendered.fault.code);
      return [];
    }
    this.requests.push(rendered.request);
    const { records, fault } = extract(step, this.http(rendered.request), values);
    if (fault !== null) this.faults.push(fault);
    if (records.length === 0) return step.allowEmpty ? [values] : [];
    return records.map((known) => withValues(known, Object.entries(outputsOf(step, known))));
  }
}
