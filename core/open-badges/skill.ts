import type { Json, JsonObject } from '../canonical.ts'
import { isObject } from '../i-json.ts'
import { type FrameworkNode, recogniseNode } from './framework.ts'
import { type Member, membersOf } from './member.ts'

/** What an achievement is aligned with, as a person and a program can both use it. */
export interface Skill {
  readonly name: string
  /** As its framework writes it where that is recognised, so that the same skill has the same URL in every badge. */
  readonly url: string
  /** `ESCO`, `CTDL` or `CASE` where the URL is of that framework; else what the issuer calls it, unless that is one of these. */
  readonly framework: string | undefined
  readonly code: string | undefined
}

/** An alignment and where it stands in the credential. */
export interface PlacedAlignment {
  readonly alignment: Json
  readonly pointer: string
}

/** A credential within its size limit can name thousands. */
const maxSkills = 5000

/** Names that only a URL of the framework earns. */
const recognisedNames = /^\s*(?:esco|ctdl|case|credential engine|credential registry)\s*$/i

/** The skills that a badge says were shown: of its achievement and of its results. It may be any JSON; what is odd is passed over. */
export function skillsOf(credential: JsonObject): readonly Skill[] {
  const skills = new Map<string, Skill>()
  for (const { alignment, pointer } of alignmentsOf(credential)) {
    const skill = pointer.includes('/resultDescription/') ? undefined : skillOf(alignment)
    const key = skill && JSON.stringify([skill.url, skill.name])
    if (skill && key && !skills.has(key)) skills.set(key, skill)
    if (skills.size === maxSkills) break
  }
  return [...skills.values()]
}

/** Every alignment of a badge, Open Badges 3.0 `Achievement`, `ResultDescription`, `RubricCriterionLevel` and `Result`. */
export function* alignmentsOf(credential: JsonObject): Generator<PlacedAlignment> {
  for (const subject of membersOf(credential, 'credentialSubject', '')) {
    for (const achievement of membersOf(subject.value, 'achievement', subject.pointer)) {
      yield* alignmentsIn(achievement)
      for (const description of membersOf(
        achievement.value,
        'resultDescription',
        achievement.pointer,
      )) {
        yield* alignmentsIn(description)
        for (const level of membersOf(
          description.value,
          'rubricCriterionLevel',
          description.pointer,
        )) {
          yield* alignmentsIn(level)
        }
      }
    }
    for (const result of membersOf(subject.value, 'result', subject.pointer)) {
      yield* alignmentsIn(result)
    }
  }
}

function skillOf(alignment: Json): Skill | undefined {
  if (!isObject(alignment)) return undefined
  const { targetUrl, targetName, targetFramework, targetCode } = alignment
  if (typeof targetUrl !== 'string' || typeof targetName !== 'string') return undefined
  const node = nodeOf(targetUrl)
  const said = typeof targetFramework === 'string' ? targetFramework : undefined
  return {
    name: targetName,
    url: node?.url ?? targetUrl,
    framework: node?.framework ?? (said && recognisedNames.test(said) ? undefined : said),
    code: typeof targetCode === 'string' ? targetCode : node?.code,
  }
}

/** Credentials of a batch share their skills; strangers choose what is looked up, so the room is bounded. */
const knownNodes = new Map<string, FrameworkNode | undefined>()
const mostNodes = 1000
const longestKnown = 300

function nodeOf(url: string): FrameworkNode | undefined {
  if (knownNodes.has(url)) return knownNodes.get(url)
  const node = recogniseNode(url)
  if (knownNodes.size >= mostNodes) knownNodes.clear()
  if (url.length <= longestKnown) knownNodes.set(url, node)
  return node
}

function* alignmentsIn({ value, pointer }: Member): Generator<PlacedAlignment> {
  for (const member of membersOf(value, 'alignment', pointer)) {
    yield { alignment: member.value, pointer: member.pointer }
  }
}
