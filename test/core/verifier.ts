import { type Batch, credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { checkNames, type Report } from '../../core/report.ts'
import { parseTrust, type Trust } from '../../core/trust.ts'
import { type Readers, type VerifyOptions, verifyCredential } from '../../core/verify.ts'
import { timeOf } from './transaction.ts'
import { chainId, type World } from './world.ts'
/** A policy for the world's chain; `settings` go over those of the chain, `policy` over the whole file. */
export function trusting(world: World, settings: object = {}, policy: object = {}): Trust {
  const { registry, accreditationRegistry } = world
  const file = { version: 1, acceptTestNetworks: true, chains: { [chainId]: settings }, ...policy }
  return parseTrust(file, { registry, accreditationRegistry })
}

export function readersOf(
  world: World,
  documents: Readonly<Record<string, unknown>> = {},
): Readers {
  return {
    chain: (id) => (id === chainId ? { label: 'test chain', provider: world.provider } : undefined),
    document: async (url) => {
      if (url in documents) return documents[url]
      throw new Error(`${url} answers nothing`)
    },
  }
}

/** Verifies, and checks what must hold of every report: eight checks in reading order, each told as it settles. */
export async function verify(
  world: World,
  document: unknown,
  options: Partial<VerifyOptions> = {},
): Promise<Report> {
  const told: string[] = []
  const report = await verifyCredential(document, {
    readers: readersOf(world),
    trust: trusting(world),
    now: (await timeOf(world)) * 1000,
    onCheck: ({ name }) => told.push(name),
    ...options,
  })
  const names = report.checks.map(({ name }) => name)
  if (names.join() !== checkNames.join()) throw new Error(`checks out of order: ${names}`)
  if (!options.onCheck && told.join() !== names.join())
    throw new Error(`checks told out of order: ${told}`)
  return report
}

/** The verdict and its reason, as `valid` or `invalid: revoked`. */
export async function verdictOf(
  world: World,
  document: unknown,
  options: Partial<VerifyOptions> = {},
): Promise<string> {
  const { verdict, reason } = await verify(world, document, options)
  return verdict === 'valid' ? reason : `${verdict}: ${reason}`
}

export function first(batch: Batch): JsonObject {
  return credentialAt(batch, 0)
}
