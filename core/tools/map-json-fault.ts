const blanks = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Thrown where reading stops. */
class Stop {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}

/** The position where a text stops being JSON; engines tell it for some mistakes only. Its length when it ends too early. */
export function jsonFaultAt(text: string): number {
  const scanner = new Scanner(text);
  try {
    scanner.value();
    return scanner.skip();
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.at;
    // Nested too deeply to be walked: then the beginning must do.
    if (thrown instanceof RangeError) return 0;
    throw thrown;
  }
}

class Scanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  skip(): number {
    this.take(blanks);
    return this.at;
  }

  value(): void {
    this.skip();
    if (this.mark('{')) this.items('}', () => this.member());
    else if (this.mark('[')) this.items(']', () => this.value());
    else if (!this.take(string) && !this.take(scalar)) throw new Stop(this.at);
  }

  private items(closing: string, item: () => void): void {
    if (this.mark(closing)) return;
    do item();
    while (this.mark(','));
    if (!this.mark(closing)) throw new Stop(this.at);
  }

  private member(): void {
    this.skip();
    if (!this.take(string) || !this.mark(':')) throw new Stop(this.at);
    this.value();
  }

  private mark(character: string): boolean {
    this.skip();
    const isThere = this.text[this.at] === character;
    if (isThere) this.at += 1;
    return isThere;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const isThere = pattern.test(this.text);
    if (isThere) this.at = pattern.lastIndex;
    return isThere;
  }
}
