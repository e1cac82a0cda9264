import { site } from '../words/site.ts'

/** Wei as coins of the chain, with the digits that matter. `wei` is decimal digits. */
export function coins(wei: string): string {
  const amount = Number(wei) / 1e18
  return amount.toLocaleString(site().locale, { maximumSignificantDigits: 3 })
}
