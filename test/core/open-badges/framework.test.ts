import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameworkAt, recogniseNode } from '../../../core/open-badges/framework.ts'

const uuid = '2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f'
const skill = `http://data.europa.eu/esco/skill/${uuid}`
const competency = `https://credentialengineregistry.org/resources/ce-${uuid}`

describe('a place in a framework is recognised', () => {
  it.each([
    ['ESCO', skill, skill, uuid],
    ['ESCO', skill.replace('http:', 'https:'), skill, uuid],
    ['ESCO', `${skill}/`, skill, uuid],
    ['ESCO', skill.replace(uuid, uuid.toUpperCase()), skill, uuid],
    ['ESCO', skill.replace('data.europa.eu', 'DATA.europa.EU'), skill, uuid],
    ['ESCO', `https://esco.ec.europa.eu/en/classification/skill?uri=${skill}`, skill, uuid],
    [
      'ESCO',
      `https://esco.ec.europa.eu/de/classification/skills?uri=${encodeURIComponent(skill)}`,
      skill,
      uuid,
    ],
    [
      'ESCO',
      `https://ec.europa.eu/esco/portal/skill?uri=${encodeURIComponent(skill)}&conceptLanguage=en`,
      skill,
      uuid,
    ],
    [
      'ESCO',
      'http://data.europa.eu/esco/skill/S2.7.1',
      'http://data.europa.eu/esco/skill/S2.7.1',
      'S2.7.1',
    ],
    ['ESCO', 'http://data.europa.eu/esco/skill/L1', 'http://data.europa.eu/esco/skill/L1', 'L1'],
    [
      'ESCO',
      `http://data.europa.eu/esco/occupation/${uuid}`,
      `http://data.europa.eu/esco/occupation/${uuid}`,
      uuid,
    ],
    [
      'ESCO',
      'http://data.europa.eu/esco/isco/C7121',
      'http://data.europa.eu/esco/isco/C7121',
      'C7121',
    ],
    [
      'ESCO',
      'http://data.europa.eu/esco/isced-f/0613',
      'http://data.europa.eu/esco/isced-f/0613',
      '0613',
    ],
    ['CTDL', competency, competency, `ce-${uuid}`],
    ['CTDL', competency.replace('resources', 'graph'), competency, `ce-${uuid}`],
    ['CTDL', `https://credentialfinder.org/competency/ce-${uuid}`, competency, `ce-${uuid}`],
    [
      'CTDL',
      `https://www.credentialfinder.org/competency/CE-${uuid}`.replace('CE', 'ce'),
      competency,
      `ce-${uuid}`,
    ],
    [
      'CTDL',
      'https://credentialfinder.org/credential/1234/Welder',
      'https://credentialfinder.org/credential/1234/Welder',
      undefined,
    ],
    [
      'CASE',
      `https://case.example/ims/case/v1p0/CFItems/${uuid}`,
      `https://case.example/ims/case/v1p0/CFItems/${uuid}`,
      uuid,
    ],
    [
      'CASE',
      `http://Case.example/a/ims/case/v1p1/CFRubricCriterionLevels/${uuid.toUpperCase()}/`,
      `https://case.example/a/ims/case/v1p1/CFRubricCriterionLevels/${uuid}`,
      uuid,
    ],
    [
      'CASE',
      `https://caseregistry.imsglobal.org/uri/${uuid}`,
      `https://caseregistry.imsglobal.org/uri/${uuid}`,
      uuid,
    ],
    [
      'CASE',
      `https://casenetwork.1edtech.org/uri/p${uuid}`,
      `https://casenetwork.1edtech.org/uri/p${uuid}`,
      uuid,
    ],
    [
      'CASE',
      `https://opensalt.net/uri/${uuid}.json`,
      `https://opensalt.net/uri/${uuid}.json`,
      uuid,
    ],
  ])('%s: %s', (framework, url, canonical, code) => {
    expect(recogniseNode(url)).toEqual({ framework, url: canonical, code })
    expect(recogniseNode(canonical), 'its own writing is recognised too').toEqual({
      framework,
      url: canonical,
      code,
    })
  })
})

describe('a place in no framework is not', () => {
  it.each([
    '',
    'ESCO',
    `urn:uuid:${uuid}`,
    'http://data.europa.eu/esco/skill/',
    'http://data.europa.eu/esco/skill/...',
    'http://data.europa.eu/esco/skill/2b92a5b2',
    `http://data.europa.eu/esco/skill/${uuid}/extra`,
    `http://data.europa.eu/esco/skills/${uuid}`,
    'http://data.europa.eu/esco/isco/7121',
    `http://data.europa.eu.evil.example/esco/skill/${uuid}`,
    `https://evil.example/esco/skill/${uuid}`,
    `https://evil.example/?uri=${skill}`,
    `https://evil.example#http://data.europa.eu/esco/skill/${uuid}`,
    `https://data.europa.eu@evil.example/esco/skill/${uuid}`,
    'https://esco.ec.europa.eu/en/classification/skill?uri=...',
    'https://esco.ec.europa.eu/en/classification/skill',
    `https://evilcredentialengineregistry.org/resources/ce-${uuid}`,
    `https://credentialengineregistry.org/resources/${uuid}`,
    `https://credentialengineregistry.org/resources/ce-${uuid}0`,
    'https://credentialfinder.org/search',
    `https://evil.example/uri/${uuid}`,
    `https://case.example/ims/case/v1p0/${uuid}`,
    'https://case.example/ims/case/v1p0/CFItems/1',
    `javascript:alert('http://data.europa.eu/esco/skill/${uuid}')`,
    `http://data.europa.eu/esco/skill/${uuid}${'x'.repeat(5_000)}`,
  ])('%s', (url) => {
    expect(recogniseNode(url)).toBe(undefined)
  })

  it('whatever text it is, in little time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        expect(recogniseNode(text)).toBe(undefined)
      }),
    )
    const start = performance.now()
    for (const path of [
      '/a'.repeat(1_000),
      '/ims/case/v1p0/CF'.repeat(100),
      '-'.repeat(2_000),
      'a-'.repeat(1_000),
    ]) {
      for (const host of ['data.europa.eu/esco', 'credentialengineregistry.org', 'case.example']) {
        recogniseNode(`https://${host}${path}`)
      }
    }
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('the web site of a framework', () => {
  it.each([
    ['http://data.europa.eu/esco/skill/...', 'ESCO'],
    ['https://esco.ec.europa.eu/en', 'ESCO'],
    ['https://ec.europa.eu/esco/portal', 'ESCO'],
    ['https://credentialfinder.org/search', 'CTDL'],
    ['https://caseregistry.imsglobal.org/', 'CASE'],
    ['https://data.europa.eu/data/datasets', undefined],
    ['https://ec.europa.eu/info', undefined],
    ['https://uni.example/esco/', undefined],
    ['urn:x:esco', undefined],
  ])('%s is of %s', (url, framework) => expect(frameworkAt(url)).toBe(framework))
})
