import { describe, expect, it } from 'vitest'
import { parseAchievement, parseIssuer } from '../../core/achievement.ts'
import { refuseHeavyImage } from '../../core/image-weight.ts'
import { fullAchievement, issuer } from './cohort.ts'
import { codeOf, refusalOf } from './thrown.ts'

const plain = { name: 'A', description: 'B', criteria: { narrative: 'C' } }

describe('an achievement', () => {
  it('is taken as it is, with every field or with the least', () => {
    expect(parseAchievement(fullAchievement)).toEqual(fullAchievement)
    expect(parseAchievement(plain)).toEqual(plain)
  })

  it.each([
    [{ criteria: {} }, 'criteria_missing', '/a/criteria'],
    [{ criteria: { narrative: '' } }, 'achievement_malformed', '/a/criteria/narrative'],
    [{ criteria: { id: 'page' } }, 'uri_malformed', '/a/criteria/id'],
    [{ name: '' }, 'achievement_malformed', '/a/name'],
    [{ name: 7 }, 'achievement_malformed', '/a/name'],
    [{ colour: 'red' }, 'achievement_malformed', '/a/colour'],
    [{ type: ['Achievement'] }, 'achievement_malformed', '/a/type'],
    [{ id: 'x y' }, 'uri_malformed', '/a/id'],
    [{ id: 'http://' }, 'uri_malformed', '/a/id'],
    [{ achievementType: 'Medal' }, 'achievement_malformed', '/a/achievementType'],
    [{ creditsAvailable: -1 }, 'achievement_malformed', '/a/creditsAvailable'],
    [{ creditsAvailable: Number.NaN }, 'achievement_malformed', '/a/creditsAvailable'],
    [{ inLanguage: 'german' }, 'achievement_malformed', '/a/inLanguage'],
    [{ tag: ['x', ''] }, 'achievement_malformed', '/a/tag/1'],
    [{ tag: 'x' }, 'achievement_malformed', '/a/tag'],
    [{ image: 'https://x.example/a.png' }, 'achievement_malformed', '/a/image'],
    [{ image: { id: 'a.png' } }, 'uri_malformed', '/a/image/id'],
    [{ alignment: [{ targetName: 'x' }] }, 'achievement_malformed', '/a/alignment/0'],
    [
      { alignment: [{ targetName: 'x', targetUrl: 'esco' }] },
      'uri_malformed',
      '/a/alignment/0/targetUrl',
    ],
    [
      { resultDescription: [{ id: 'x', name: 'y', resultType: 'Result' }] },
      'achievement_malformed',
      '/a/resultDescription/0/id',
    ],
    [
      { resultDescription: [{ id: 'r-1', name: 'y', resultType: 'Result' }] },
      'uri_malformed',
      '/a/resultDescription/0/id',
    ],
  ])('is refused with its place: %j', (change, code, pointer) => {
    const refusal = refusalOf(() => parseAchievement({ ...plain, ...change }, '/a'))
    expect(refusal).toMatchObject({ code, pointer })
    expect(refusal.message).not.toMatch(/undefined|\[object/)
  })

  it('may bring an image along that is longer than any address', () => {
    const image = (start: string, length: number) => ({
      ...plain,
      image: { id: start + 'A'.repeat(length - start.length) },
    })
    const data = 'data:image/png;base64,'
    expect(parseAchievement(image(data, 32_768)).image?.id).toHaveLength(32_768)
    expect(codeOf(() => parseAchievement(image(data, 32_769)))).toBe('achievement_malformed')
    for (const start of ['https://x.example/', 'data:text/html,', 'data:image/ png,']) {
      expect(codeOf(() => parseAchievement(image(start, 2_049)))).toBe('image_url_too_long')
    }
    expect(codeOf(() => parseAchievement(image('https://x.example/', 2_048)))).toBeUndefined()
  })

  it('has an image that is light enough for its batch', () => {
    const withImage = (length: number) => ({ image: { id: 'x'.repeat(length) } })
    expect(codeOf(() => refuseHeavyImage(withImage(2_048), 1_000_000))).toBeUndefined()
    expect(codeOf(() => refuseHeavyImage(withImage(32_768), 65_536))).toBeUndefined()
    expect(codeOf(() => refuseHeavyImage({}, 1e9))).toBeUndefined()
    const refusal = refusalOf(() => refuseHeavyImage(withImage(32_768), 65_537))
    expect(refusal).toMatchObject({ code: 'image_too_heavy', pointer: '/achievement/image/id' })
    expect(refusal.message).toContain('at most 32767')
  })

  it.each(['name', 'description', 'criteria'])('is refused without its %s', (name) => {
    const { [name]: _, ...rest } = plain as Record<string, unknown>
    expect(refusalOf(() => parseAchievement(rest)).code).toBe('achievement_malformed')
  })

  it.each([null, undefined, 'x', 7, [], [plain]])('is refused as %j', (value) => {
    expect(codeOf(() => parseAchievement(value))).toBe('achievement_malformed')
  })
})

describe('an issuer', () => {
  it('is taken as it is', () => {
    expect(parseIssuer(issuer)).toEqual(issuer)
    expect(parseIssuer({ ...issuer, id: 'did:web:uni.example' }).id).toBe('did:web:uni.example')
  })

  it.each([
    [{ name: undefined }, 'issuer_malformed', ''],
    [{ url: 'uni.example' }, 'uri_malformed', '/url'],
    [{ url: undefined }, 'issuer_malformed', ''],
    [{ id: 'university' }, 'uri_malformed', '/id'],
    [{ email: 'nobody' }, 'issuer_malformed', '/email'],
    [{ type: ['Profile'] }, 'issuer_malformed', '/type'],
  ])('is refused with its place: %j', (change, code, pointer) => {
    const value = JSON.parse(JSON.stringify({ ...issuer, ...change }))
    expect(refusalOf(() => parseIssuer(value))).toMatchObject({ code, pointer })
  })
})
