import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { realmLimits, type Task } from './protocol.ts';
import {
  boundAllocations,
  boundJson,
  createCompiler,
  createPlain,
  freezeTheRealm,
  offerBase64,
  openDesk,
  type RealmGlobal,
  stopTheClock,
} from './realm-parts.ts';

/** A place of its own for JSONata: one task at a time, its answer as JSON text. */
export interface Realm {
  answer(task: Task): string;
}

/**
 * A context with globals of its own: no `process`, no `require`, no timers, and no text that becomes code. Only texts
 * pass in and out, so an expression that found its way out of JSONata would find nothing to hold on to. Promises are run
 * to their end before a call returns (`afterEvaluate`), which makes JSONata synchronous.
 */
export function openRealm(): Realm {
  const realm = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  }) as unknown as RealmGlobal & vm.Context;
  const limits = JSON.stringify(realmLimits);
  const run = (code: string, filename: string): unknown => vm.runInContext(code, realm, { filename });
  for (const part of [boundAllocations, boundJson]) run(`(${part.toString()})(${limits})`, `${part.name}.js`);
  for (const part of [stopTheClock, offerBase64]) run(`(${part.toString()})()`, `${part.name}.js`);
  run(
    `{
      const module = { exports: {} };
      ((module, exports) => {${librarySource()}\n})(module, module.exports);
      const compiled = (${createCompiler.toString()})(module.exports, ${limits});
      const plain = (${createPlain.toString()})(${limits});
      (${openDesk.toString()})({ compiled, plain });
      (${freezeTheRealm.toString()})();
    }`,
    'jsonata.js',
  );
  const begin = new vm.Script('begin()', { filename: 'begin.js' });
  return {
    answer: (task) => {
      realm.task = JSON.stringify({ ...task, input: '' });
      realm.input = task.input;
      begin.runInContext(realm);
      const { answer } = realm;
      realm.input = '';
      realm.answer = '';
      return answer;
    },
  };
}

function librarySource(): string {
  return readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
}
