import type { JsonObject } from '../canonical.ts'
import { type Problems, problem, shown } from '../data-model/problem.ts'
import { pointerTo } from '../error.ts'
import { isObject } from '../i-json.ts'
import { type FrameworkName, frameworkAt, recogniseNode } from './framework.ts'
import { alignmentsOf } from './skill.ts'

const examples: Readonly<Record<FrameworkName, string>> = {
  ESCO: 'expected the URI of a concept: http://data.europa.eu/esco/skill/ and its UUID',
  CTDL: 'expected https://credentialengineregistry.org/resources/ce- and its UUID',
  CASE: 'expected the URI of an item, such as https://…/ims/case/v1p0/CFItems/ and its UUID',
}

/** What is called a skill of ESCO, CTDL or CASE, or is at the web site of one of them, has a URL that names something there. */
export function* checkFrameworks(credential: JsonObject): Problems {
  for (const { alignment, pointer } of alignmentsOf(credential)) {
    if (isObject(alignment)) yield* checkFramework(alignment, pointer)
  }
}

function* checkFramework(alignment: JsonObject, pointer: string): Problems {
  const { targetUrl, targetFramework } = alignment
  if (typeof targetUrl !== 'string' || recogniseNode(targetUrl)) return
  const framework = frameworkAt(targetUrl) ?? labelOf(targetFramework)
  if (framework === undefined) return
  yield problem(
    'skill_unrecognised',
    `${shown(targetUrl)} names nothing in ${framework}; ${examples[framework]}`,
    pointerTo(pointer, 'targetUrl'),
  )
}

function labelOf(text: unknown): FrameworkName | undefined {
  const label = typeof text === 'string' ? text.trim().toUpperCase() : ''
  return Object.hasOwn(examples, label) ? (label as FrameworkName) : undefined
}
