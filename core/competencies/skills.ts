import type { FrameworkName } from '../open-badges/framework.ts'
import type { ReadClaim } from './claim.ts'

/** A skill, and which credentials show it. */
export interface ShownSkill {
  readonly name: string
  /** As its framework writes it, where that is recognised. */
  readonly url: string
  readonly code: string | undefined
  /** Places of the credentials that show it. */
  readonly by: readonly number[]
  /** The highest EQF level among them, where one states a level. */
  readonly eqf: number | undefined
}

/** Skills of one framework. `recognised` says that its URLs are of that framework; else the name is the issuers' word, or none. */
export interface FrameworkSkills {
  readonly framework: string | undefined
  readonly recognised: FrameworkName | undefined
  readonly skills: readonly ShownSkill[]
}

/** Skills of one summary. A credential within its limits can name thousands. */
export const maxShownSkills = 5000

const recognisedFrameworks: readonly FrameworkName[] = ['ESCO', 'CTDL', 'CASE']

interface Gathered extends Omit<ShownSkill, 'by' | 'eqf'> {
  readonly by: Set<number>
  eqf: number | undefined
}

/** The skills that these credentials show, recognised frameworks first, those that most of them show first. */
export function skillsByFramework(counting: readonly ReadClaim[]): readonly FrameworkSkills[] {
  const frameworks = new Map<string | undefined, Map<string, Gathered>>()
  let found = 0
  for (const { claim, report, component } of counting) {
    for (const { name, url, framework, code } of report.credential?.skills ?? []) {
      const skills = frameworks.get(framework) ?? new Map<string, Gathered>()
      frameworks.set(framework, skills)
      const known = skills.get(url)
      if (!known && found === maxShownSkills) continue
      if (!known) found += 1
      const skill: Gathered = known ?? { name, url, code, by: new Set(), eqf: undefined }
      skill.by.add(claim.at)
      skill.eqf = higher(skill.eqf, component?.eqf)
      skills.set(url, skill)
    }
  }
  return [...frameworks]
    .filter(([, skills]) => skills.size > 0)
    .map(([framework, skills]) => ({
      framework,
      recognised: recognisedFrameworks.find((name) => name === framework),
      skills: [...skills.values()]
        .map((skill) => ({ ...skill, by: [...skill.by] }))
        .toSorted((a, b) => b.by.length - a.by.length),
    }))
    .toSorted((a, b) => rankOf(a) - rankOf(b))
}

function higher(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}

/** Recognised ones in their order, then named ones as they came, then those without a name. */
function rankOf({ framework, recognised }: FrameworkSkills): number {
  if (recognised) return recognisedFrameworks.indexOf(recognised)
  const last = recognisedFrameworks.length
  return framework === undefined ? last + 1 : last
}
