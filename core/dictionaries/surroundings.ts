/** Where numbers and times belong that do not say so themselves. */
export interface Surroundings {
  readonly region?: string | undefined;
  readonly timeZone?: string | undefined;
}
