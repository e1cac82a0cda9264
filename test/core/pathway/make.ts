import type { Component } from '../../../core/pathway/component.ts'
import { unitsOf } from '../../../core/pathway/credits.ts'
import { parseRule, type Rule } from '../../../core/pathway/rule.ts'

export const at = Date.parse('2026-06-01T00:00:00Z')

/** A component that an anchored credential of `did:x:uni` could be. */
export function component(
  id: string,
  { credits, ...members }: Partial<Omit<Component, 'credits'>> & { credits?: number } = {},
): Component {
  const achievement = members.achievement ?? `https://uni.example/${id}`
  const units = unitsOf(credits)
  return {
    id: `urn:uuid:${id}`,
    name: id,
    issuer: { id: 'did:x:uni', name: 'Uni' },
    account: 'did:pkh:eip155:1:0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B',
    achievement,
    key: achievement,
    eqf: undefined,
    facts: { types: [], eqf: [], isced: [], unstated: [] },
    skills: [],
    credits: units === undefined ? { problem: 'it states no credits' } : { units },
    awardedAt: Date.parse('2026-01-01T00:00:00Z'),
    endsAt: undefined,
    hasStatus: true,
    accreditors: undefined,
    ...members,
  }
}

export function rule(value: unknown): Rule {
  return parseRule(value, '/rule', { issuers: 'any' })
}
