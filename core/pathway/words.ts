import { formatCredits } from './credits.ts'
import { describeDuration } from './duration.ts'
import type { Leaf, Rule } from './rule.ts'
import type { Where } from './where.ts'

/** How many names a sentence lists before it only counts the others. */
const mostNames = 4

/** What a clause asks for, as part of a sentence: `10 ECTS at EQF level 6 or above in data analysis`. */
export function describeRule(rule: Rule): string {
  if (rule.label !== undefined && rule.kind !== 'credits') return rule.label
  if (rule.kind === 'all') return `all of: ${listed(rule.rules.map(describeRule), '; ')}`
  if (rule.kind === 'any') {
    return `${rule.needed} of: ${listed(rule.rules.map(describeRule), '; ')}`
  }
  return rule.kind === 'skills'
    ? `the skills ${listed(rule.skills.map(({ name }) => name))}`
    : describeAmount(rule, rule.needed, '')
}

/** So much of what a clause counts: `2 more ECTS at EQF level 6 or above in data analysis`. */
export function describeAmount(
  leaf: Exclude<Leaf, { kind: 'skills' }>,
  amount: number,
  more: '' | ' more',
): string {
  const where = describeWhere(leaf.where)
  if (leaf.kind === 'credits') return `${formatCredits(amount)}${more} ECTS${where}`
  if (leaf.label !== undefined) {
    return amount === 1 && leaf.needed === 1 ? leaf.label : `${amount}${more} of ${leaf.label}`
  }
  return `${amount}${more} credential${amount === 1 ? '' : 's'}${where}`
}

/** What a component must be, to follow a noun. */
export function describeWhere(where: Where): string {
  const { name, achievements, types, eqf, isced, skills, issuers, accredited, within } = where
  const subject = name ?? (skills ? listed(skills) : isced && `ISCED-F ${listed(isced)}`)
  return [
    types && ` of type ${types.join(' or ')}`,
    eqf !== undefined && ` at EQF level ${eqf}${eqf < 8 ? ' or above' : ''}`,
    subject !== undefined && ` in ${subject}`,
    achievements && name === undefined && ` for ${listed(achievements, ' or ')}`,
    Array.isArray(issuers) &&
      ` by ${issuers.length === 1 ? issuers[0]?.slice(0, 200) : `one of ${issuers.length} issuers`}`,
    accredited && ' under an accreditation',
    within && ` not older than ${describeDuration(within)}`,
  ]
    .filter((part) => typeof part === 'string')
    .join('')
}

export function listed(names: readonly string[], separator = ', '): string {
  const shown = names.slice(0, mostNames).map((name) => name.slice(0, 120))
  const others = names.length - shown.length
  return shown.join(separator) + (others > 0 ? ` and ${others} others` : '')
}
