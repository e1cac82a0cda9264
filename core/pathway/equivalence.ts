/** A verified statement that one achievement counts as another, and whose word that is. */
export interface Equivalence {
  /** Id of the credential that states it. */
  readonly id: string
  /** Id of the achievement that counts. */
  readonly from: string
  /** Id of the achievement that it counts as. */
  readonly to: string
  readonly by: {
    readonly id: string
    readonly name: string | undefined
    readonly account: string | undefined
    readonly accreditors: readonly string[] | undefined
  }
}
