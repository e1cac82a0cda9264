/** What the service says of its work, as pino takes it. Facts carry ids of batches and transactions, and no personal data. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
}
