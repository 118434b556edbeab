import type { FindingCode } from './findings.ts';

/** An expression that has no counterpart; whoever asked for it names the place. */
export class TranslationFault extends Error {
  override readonly name = 'TranslationFault';
  readonly code: FindingCode;
  readonly mend: string;

  constructor(code: FindingCode, why: string, mend: string) {
    super(why);
    this.code = code;
    this.mend = mend;
  }
}
