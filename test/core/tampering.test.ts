import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { fromMultibase, toMultibase } from '../../core/bytes.ts'
import { canonicalize, type Json, type JsonObject } from '../../core/canonical.ts'
import { hostileText, iJson } from './arbitrary-json.ts'
import { anchoredFor } from './transaction.ts'
import { verdictOf, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let batch: Batch
let document: JsonObject
beforeAll(async () => {
  world = await openWorld()
  batch = await anchoredFor(world, world.accounts.issuer, 11, {
    validUntil: '2031-01-01T00:00:00Z',
  })
  document = credentialAt(batch, 6)
})
afterAll(() => world.close())

type Place = readonly (string | number)[]

/** Every place in a document, the whole of it left out. */
function placesOf(value: Json, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return at.length > 0 ? [at] : []
  const children = Object.entries(value as JsonObject).flatMap(([name, child]) =>
    placesOf(child, [...at, Array.isArray(value) ? Number(name) : name]),
  )
  return at.length > 0 ? [at, ...children] : children
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce((inner, step) => (inner as Record<string, unknown>)[step], value)
}

/** The document with another value, or none, at a place. */
function changedAt(value: JsonObject, place: Place, change: (old: unknown) => unknown): JsonObject {
  const copy = structuredClone(value) as Record<string, unknown>
  const parent = valueAt(copy, place.slice(0, -1)) as Record<string, unknown>
  const name = place[place.length - 1] as string
  const next = change(parent[name])
  if (next !== undefined) parent[name] = next
  else if (Array.isArray(parent)) parent.splice(Number(name), 1)
  else delete parent[name]
  return copy as JsonObject
}

const changes: readonly ((old: unknown) => unknown)[] = [
  () => undefined,
  () => null,
  () => ({}),
  () => [],
  (old) => (typeof old === 'string' ? `${old} ` : [old]),
  (old) => (typeof old === 'string' ? flipBit(old) : 'x'),
  (old) => (typeof old === 'number' ? old + 1 : { was: old as Json }),
]

function flipBit(text: string): string {
  const at = Math.floor(text.length / 2)
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
}

describe('a valid credential with one change', () => {
  it('is invalid at every place of its content, whatever the change', async () => {
    const { proof: _, ...content } = document
    const places = placesOf(content)
    expect(places.length).toBeGreaterThan(70)
    for (const place of places) {
      for (const change of changes) {
        const changed = changedAt(document, place, change)
        if (canonicalize(changed) === canonicalize(document)) continue
        const report = await verify(world, changed)
        expect(report.verdict, `${place.join('/')} ${change}`).toBe('invalid')
      }
    }
  })

  it('is called tampered where it is still a credential', async () => {
    for (const place of [
      ['name'],
      ['id'],
      ['validFrom'],
      ['credentialSubject', 'achievement', 'name'],
      ['credentialSubject', 'identifier', 0, 'salt'],
    ]) {
      const change =
        place[0] === 'validFrom' ? () => '2026-01-02T00:00:00Z' : (old: unknown) => `${old}x`
      expect(await verdictOf(world, changedAt(document, place, change)), place.join()).toBe(
        'invalid: tampered',
      )
    }
    expect(
      await verdictOf(world, { ...document, evidence: [{ id: 'urn:x', type: ['Evidence'] }] }),
    ).toBe('invalid: tampered')
  })

  it('is invalid at every place of its proof, whatever the change', async () => {
    for (const place of placesOf(document).filter(([name]) => name === 'proof')) {
      for (const change of changes) {
        const changed = changedAt(document, place, change)
        // One proof stands for itself as well as in a set of one.
        if (place.length === 1 && change(0) === null) continue
        if (Array.isArray(changed['proof']) && Array.isArray(changed['proof'][0])) continue
        const { verdict } = await verify(world, changed)
        expect(verdict === 'valid', `${place.join('/')} ${change}`).toBe(false)
      }
    }
  })

  it('is invalid with any byte of its proof value changed', async () => {
    const [proof] = document['proof'] as JsonObject[]
    const value = fromMultibase(String(proof?.['proofValue']))
    expect(value.length).toBeGreaterThan(300)
    for (let i = 0; i < value.length; i++) {
      const changed = value.slice()
      changed[i] = (changed[i] as number) ^ (1 << (i % 8))
      const forged = { ...document, proof: [{ ...proof, proofValue: toMultibase(changed) }] }
      const { verdict, reason } = await verify(world, forged)
      // Another chain id is another chain: it may be that nobody here reads it, but then verificationMethod does not fit.
      expect(verdict, `byte ${i}: ${reason}`).toBe('invalid')
    }
  })

  it('is invalid with any character of its proof value changed, added or left out', async () => {
    const [proof] = document['proof'] as JsonObject[]
    const value = String(proof?.['proofValue'])
    const spellings = [
      `${value}=`,
      `${value}A`,
      value.slice(0, -1),
      value.slice(1),
      `z${value.slice(1)}`,
      ` ${value}`,
      `${value}\n`,
    ]
    for (let i = 1; i < value.length; i += 5) {
      spellings.push(value.slice(0, i) + (value[i] === 'B' ? 'C' : 'B') + value.slice(i + 1))
    }
    for (const proofValue of spellings) {
      const { verdict } = await verify(world, { ...document, proof: [{ ...proof, proofValue }] })
      expect(verdict).toBe('invalid')
    }
  })

  it('is never valid with any value at any place, nor with members added', async () => {
    const place = fc.constantFrom(...placesOf(document))
    await fc.assert(
      fc.asyncProperty(place, iJson, hostileText, async (at, value, name) => {
        const replaced = changedAt(document, at, () => value as unknown)
        const parent = valueAt(document, at.slice(0, -1))
        const added = Array.isArray(parent)
          ? replaced
          : changedAt(document, [...at.slice(0, -1), name], () => value as unknown)
        for (const changed of [replaced, added]) {
          if (canonicalize(changed) === canonicalize(document)) continue
          expect((await verify(world, changed)).verdict).toBe('invalid')
        }
      }),
      { numRuns: 150 },
    )
  })
})
