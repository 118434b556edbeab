/** A template that cannot be read. `at` counts characters from 0. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
