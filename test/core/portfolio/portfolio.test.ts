import { describe, expect, it } from 'vitest'
import {
  emptyPortfolio,
  formatPortfolio,
  joinPortfolios,
  type Portfolio,
  parsePortfolio,
  withoutText,
  withTexts,
} from '../../../core/portfolio/portfolio.ts'
import { refusalOf } from '../thrown.ts'

const addedAt = '2026-06-01T00:00:00Z'
const held = (text: string, from?: string) => ({ text, addedAt, ...(from && { from }) })
const full: Portfolio = {
  seed: new Uint8Array(32).fill(7),
  email: 'ada@example.org',
  credentials: [held('{"b":1,"a":2}', 'https://uni.example/c/x'), held('eyJh.eyJi.c2ln')],
  pathways: [held('{"format":"rootmark-pathway-1"}')],
}
const codeOf = (portfolio: object) => {
  const text = JSON.stringify({
    format: 'rootmark-portfolio-1',
    credentials: [],
    pathways: [],
    ...portfolio,
  })
  const { code, pointer } = refusalOf(() => parsePortfolio(text))
  return `${code} ${pointer}`
}

describe('a portfolio', () => {
  it('comes back as it was written', () => {
    expect(parsePortfolio(formatPortfolio(full))).toEqual(full)
    expect(parsePortfolio(formatPortfolio(emptyPortfolio))).toEqual(emptyPortfolio)
  })

  it('holds each credential once, however it is written', () => {
    const { portfolio, added } = withTexts(full, 'credentials', [
      held(' { "a": 2, "b": 1 } '),
      held(' eyJh.eyJi.c2ln\n'),
      held('{"a":3}'),
      held('{"a": 3}'),
    ])
    expect(added.map(({ text }) => text)).toEqual(['{"a":3}'])
    expect(portfolio.credentials).toHaveLength(3)
    const [first] = portfolio.credentials
    expect(withoutText(portfolio, 'credentials', first as never).credentials).toHaveLength(2)
  })

  it('takes in another one, and keeps its own key and address', () => {
    const other = {
      ...full,
      seed: new Uint8Array(32).fill(9),
      email: 'else@example.org',
      credentials: [held('{"a":2,"b":1}'), held('{"c":1}')],
    }
    const joined = joinPortfolios(full, other)
    expect([joined.seed, joined.email]).toEqual([full.seed, full.email])
    expect(joined.credentials).toHaveLength(3)
    expect(joinPortfolios(emptyPortfolio, other).seed).toEqual(other.seed)
  })

  it('holds ten thousand credentials and no more, in a second or so', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => held(`{"id":${i}}`))
    const { portfolio } = withTexts(emptyPortfolio, 'credentials', many)
    expect(parsePortfolio(formatPortfolio(portfolio)).credentials).toHaveLength(10_000)
    const over = () => withTexts(portfolio, 'credentials', [held('{"one":"more"}')])
    expect(refusalOf(over).code).toBe('portfolio_full')
    expect(withTexts(portfolio, 'credentials', [held('{ "id":5 }')]).added).toEqual([])
    const text = formatPortfolio({ ...portfolio, credentials: [...many, held('{}')] })
    expect(refusalOf(() => parsePortfolio(text)).code).toBe('portfolio_full')
  })

  it('refuses what is too large, and what is none, with the place', () => {
    const large = () => withTexts(full, 'credentials', [held(`"${'x'.repeat(1_048_576)}"`)])
    expect(refusalOf(large).code).toBe('too_large')
    expect(refusalOf(() => parsePortfolio('[]')).code).toBe('portfolio_malformed')
    expect(codeOf({ format: 'rootmark-portfolio-2' })).toBe('portfolio_malformed /format')
    expect(codeOf({ seed: 'uAAAA' })).toBe('portfolio_malformed /seed')
    expect(codeOf({ email: 7 })).toBe('portfolio_malformed /email')
    expect(codeOf({ credentials: {} })).toBe('portfolio_malformed /credentials')
    expect(codeOf({ credentials: ['x'] })).toBe('portfolio_malformed /credentials/0')
    expect(codeOf({ credentials: [{ text: '{}' }] })).toBe('time_malformed /credentials/0/addedAt')
    expect(codeOf({ pathways: [{ text: 1, addedAt }] })).toBe(
      'portfolio_malformed /pathways/0/text',
    )
  })
})
