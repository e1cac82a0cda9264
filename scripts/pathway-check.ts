import { parseAchievement } from '../core/achievement.ts'
import { toHex } from '../core/bytes.ts'
import { InvalidInputError } from '../core/error.ts'
import { openCredential } from '../core/opened.ts'
import { pathwayBounds } from '../core/pathway/bounds.ts'
import { type Pathway, parsePathwayText } from '../core/pathway/pathway.ts'
import { describeRule } from '../core/pathway/words.ts'
import { type Presented, qualify } from '../core/qualify.ts'
import type { KnownPerson } from '../core/same-holder.ts'
import { verifyStack } from '../core/stack.ts'
import { createVerifyMany } from '../core/verify-many.ts'
import { withAllowance } from '../documents/allowance.ts'
import { type Hre, reportFailure } from './action.ts'
import { readOptions } from './check.ts'
import { readCredentialBytes } from './credential-file.ts'
import { leaveEndpoints } from './endpoint.ts'
import { inFile } from './in-file.ts'
import { filesAt } from './migration-files.ts'
import { outputFor, printJson, table } from './output.ts'
import { describeClauses, describeQualification, describeStack } from './pathway-text.ts'

interface Arguments {
  readonly pathway: string
  readonly credentials: readonly string[]
  readonly award: string | undefined
  readonly email: string | undefined
  readonly did: string | undefined
  readonly rpc: string | undefined
  readonly trust: string | undefined
  readonly json: boolean
}

const exitCodes = {
  valid: 0,
  invalid: 1,
  indeterminate: 2,
  met: 0,
  unmet: 1,
  undecided: 2,
} as const

/**
 * Checks a pathway: alone, whether it is one; with credentials, whether they fulfil it for the person named; with an award, whether that
 * follows from them. Exit code 0: it is, they do, it does; 1: not; 2: it could not be found out.
 */
export default async function checkPathway(args: Arguments, hre: Hre): Promise<void> {
  try {
    const pathway = await readPathway(args.pathway)
    if (args.award !== undefined) await tellStack(pathway, args, hre)
    else if (args.credentials.length > 0) await tellQualification(pathway, args, hre)
    else tellPathway(pathway, args)
  } catch (thrown) {
    reportFailure(thrown, args.json, hre)
    process.exitCode = thrown instanceof InvalidInputError && args.credentials.length === 0 ? 1 : 2
  } finally {
    leaveEndpoints()
  }
}

/** Reads a pathway from a file or URL; throws `InvalidInputError` with its path. */
export async function readPathway(path: string): Promise<Pathway> {
  if (path === '') {
    throw new InvalidInputError(
      'pathway_missing',
      'name a pathway: npx hardhat pathway check pathway.json',
    )
  }
  return inFile(path, async () => {
    const pathway = parsePathwayText(await readCredentialBytes(path, pathwayBounds.bytes))
    parseAchievement(pathway.achievement, '/achievement')
    return pathway
  })
}

function tellPathway(pathway: Pathway, { json }: Arguments): void {
  const { id, name, policy, rule, digest } = pathway
  const asks = describeRule(rule)
  if (json) printJson({ id, name, policy, digest: toHex(digest), asks })
  else {
    const facts = [
      ['Pathway', name],
      ['Id', id],
      ['Policy', policy],
      ['Digest', toHex(digest)],
    ] as const
    outputFor(false).say(`${table(facts)}\n\n${describeClauses(rule)}`)
  }
}

async function tellQualification(pathway: Pathway, args: Arguments, hre: Hre): Promise<void> {
  const person = personOf(args)
  if (person === undefined) {
    throw new InvalidInputError(
      'person_missing',
      'say whose credentials these are: --email or --did, as they stand in them',
    )
  }
  const presented = await presentedFrom(args.credentials, args, hre)
  const result = qualify(pathway, person, presented, Date.now())
  process.exitCode = exitCodes[result.outcome]
  if (args.json) {
    const { parts, ...rest } = result
    printJson({ ...rest, parts: parts.map(({ id, digest }) => ({ id, digest: toHex(digest) })) })
  } else outputFor(false).say(describeQualification(pathway, result))
}

async function tellStack(pathway: Pathway, args: Arguments, hre: Hre): Promise<void> {
  const { readers, trust, now } = await optionsOf(args, hre)
  const person = personOf(args)
  const report = await verifyStack(
    {
      award: await readCredentialBytes(args.award as string),
      components: await contentsOf(args.credentials),
      pathways: [pathway.document],
    },
    {
      readers: { ...readers, document: withAllowance(readers.document) },
      trust,
      now,
      ...(person && { person }),
    },
  )
  process.exitCode = exitCodes[report.verdict]
  if (args.json) printJson(report)
  else outputFor(false).say(describeStack(report))
}

function personOf({ email, did }: Arguments): KnownPerson | undefined {
  if (email === undefined && did === undefined) return undefined
  return { ...(email !== undefined && { email }), ...(did !== undefined && { did }) }
}

/** Credentials in files, URLs and folders of files, each verified. */
export async function presentedFrom(
  places: readonly string[],
  args: Pick<Arguments, 'rpc' | 'trust' | 'json'>,
  hre: Hre,
): Promise<readonly Presented[]> {
  const { readers, trust } = await optionsOf(args, hre)
  const verify = createVerifyMany({
    readersFor: () => ({ ...readers, document: withAllowance(readers.document) }),
    trust,
    clock: Date.now,
  })
  const presented: Presented[] = []
  for (const bytes of await contentsOf(places)) {
    const { document } = await openCredential(bytes)
    presented.push({ document, report: await verify(bytes) })
  }
  return presented
}

async function contentsOf(places: readonly string[]): Promise<readonly Uint8Array[]> {
  const contents: Uint8Array[] = []
  for (const place of places) {
    const isUrl = /^https?:\/\//i.test(place)
    for (const file of isUrl ? [place] : await filesAt(place)) {
      contents.push(await inFile(file, () => readCredentialBytes(file)))
    }
  }
  return contents
}

function optionsOf({ rpc, trust, json }: Pick<Arguments, 'rpc' | 'trust' | 'json'>, hre: Hre) {
  return readOptions(
    {
      credentials: [],
      rpc,
      trust,
      quorum: 1,
      migration: undefined,
      proof: false,
      blockHash: undefined,
      offline: false,
      json,
    },
    hre,
  )
}
