import type { Leaf, Rule } from './rule.ts'

/** What the components at hand mean to one clause: by component, whether it fits, or how many credits it brings. */
export type Worth = readonly number[]

/** A rule without what is settled already: clauses that every component counts for anew are true or false by themselves. */
export type Open =
  | { readonly kind: 'leaf'; readonly leaf: Leaf; readonly worth: Worth }
  | { readonly kind: 'all'; readonly children: readonly Open[] }
  | {
      readonly kind: 'any'
      readonly needed: number
      readonly children: readonly Open[]
      readonly rule: Rule
    }

/** Whether a rule can hold at all if no component is ever used up; a rule that cannot is not searched. */
export function openPart(rule: Rule, worthOf: (leaf: Leaf) => Worth): Open | boolean {
  if (rule.kind === 'all') {
    const parts = rule.rules.map((child) => openPart(child, worthOf))
    if (parts.includes(false)) return false
    const children = parts.filter((part) => typeof part !== 'boolean')
    return children.length === 0 ? true : { kind: 'all', children }
  }
  if (rule.kind === 'any') {
    const parts = rule.rules.map((child) => openPart(child, worthOf))
    const needed = rule.needed - parts.filter((part) => part === true).length
    const children = parts.filter((part) => typeof part !== 'boolean')
    if (needed <= 0) return true
    if (children.length < needed) return false
    return { kind: 'any', needed, children, rule }
  }
  const worth = worthOf(rule)
  if (!holdsAlone(rule, worth)) return false
  return rule.shared ? true : { kind: 'leaf', leaf: rule, worth }
}

/** Whether a clause holds with every component at its disposal. */
export function holdsAlone(leaf: Leaf, worth: Worth): boolean {
  return shortfall(leaf, worth) === 0
}

/** How much a clause lacks with every component at its disposal, in its own unit. */
export function shortfall(leaf: Leaf, worth: Worth): number {
  const needed = leaf.kind === 'skills' ? leaf.skills.length : leaf.needed
  return Math.max(0, needed - worth.reduce((sum, each) => sum + each, 0))
}
