/** How much of a rule is read, and how much is spent on one evaluation. Pathways and what is presented are untrusted. */
export const pathwayBounds = {
  /** UTF-8 bytes of a pathway or requirement. */
  bytes: 262_144,
  /** Clauses of a rule, those that hold others included. */
  clauses: 500,
  /** How deep clauses lie within one another. */
  depth: 12,
  /** Items of one list: of achievements, issuers, skills. */
  items: 200,
  /** Components of one evaluation. */
  components: 200,
  /** Steps of one evaluation: half a second or so. Pathways of real life take some ten thousand. */
  steps: 5_000_000,
} as const
