import { readAward } from './award-terms.ts'
import type { JsonObject } from './canonical.ts'
import { InvalidInputError } from './error.ts'
import type { JudgedCredential, Presented } from './presented.ts'
import { type StackOptions, type StackReport, verifyStack } from './stack.ts'

/** An award of a presentation with those of its parts that came along. */
export interface PresentedStack {
  /** Which of the credentials is the award, from 0. */
  readonly at: number
  /** Which of the credentials came along as its parts, by their ids. */
  readonly parts: ReadonlyMap<string, number>
  readonly report: StackReport
}

/** Awards that are looked into in one presentation: each has all of its parts verified. */
export const maxPresentedStacks = 6

/** Verifies the awards of a presentation as stacks, with what else is in it for their parts. Never throws for a bad presentation. */
export async function verifyPresentedStacks(
  { credentials, person }: Presented,
  options: Omit<StackOptions, 'person'>,
): Promise<readonly PresentedStack[]> {
  const documents = credentials.map(({ document }) => document)
  const partsOf = documents.map(boundIds)
  const stacks: PresentedStack[] = []
  const isKnown = person.did !== undefined || person.email !== undefined
  for (const [at, ids] of partsOf.entries()) {
    const award = credentials[at]
    if (!ids || !award || stacks.length === maxPresentedStacks) continue
    const came = closure(at, documents, partsOf)
    const report = await verifyStack(
      {
        award: award.credential,
        components: [...came].map((i) => (credentials[i] as JudgedCredential).credential),
      },
      { ...options, ...(isKnown && { person }) },
    )
    // Of several under one id, a genuine one is the part.
    const isValid = (i: number) => Number(credentials[i]?.told.verdict === 'valid')
    const ordered = [...came].toSorted((a, b) => isValid(a) - isValid(b))
    const parts = new Map(ordered.map((i) => [documents[i]?.['id'] as string, i]))
    stacks.push({ at, parts, report })
  }
  return stacks
}

/** Ids of the parts of an award; `undefined` for what is none that can be read. */
function boundIds(document: JsonObject | undefined): readonly string[] | undefined {
  try {
    return document && readAward(document)?.parts.map(({ id }) => id)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}

/** What came along of an award, of the awards among that, and so on; each once. */
function closure(
  award: number,
  documents: readonly (JsonObject | undefined)[],
  partsOf: readonly (readonly string[] | undefined)[],
): ReadonlySet<number> {
  const found = new Set<number>()
  const open = [award]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const ids = new Set(partsOf[at])
    for (const [i, document] of documents.entries()) {
      const id = document?.['id']
      if (i === award || found.has(i) || typeof id !== 'string' || !ids.has(id)) continue
      found.add(i)
      open.push(i)
    }
  }
  return found
}
