import { afterAll, beforeAll, expect, it } from 'vitest'
import { digestOf } from '../../core/digest.ts'
import { parseProofs } from '../../core/proof.ts'
import { successorId } from '../../core/successor.ts'
import { verifyCredential } from '../../core/verify.ts'
import { anchoredBatch, type Stage, setStage } from '../server/stage.ts'

// Who asks for the successor of a revoked credential is told by whoever runs the service that it names: what it may claim, and what it may not.

let stage: Stage
let old: Record<string, unknown>
let successor: Record<string, unknown>
let stranger: Record<string, unknown>
beforeAll(async () => {
  stage = await setStage()
  const { credentials } = await anchoredBatch(stage, 3)
  const read = async (id: string) => (await stage.ask(`GET /credentials/${id}`)).body
  const learner = { name: 'Zoë', email: 'zoe@example.org' }
  const { body } = await stage.ask(`POST /credentials/${credentials[0]}/reissue`, {
    key: stage.key,
    json: { learner },
  })
  await stage.service.catchUp()
  old = await read(credentials[0] as string)
  successor = await read(body.credential)
  stranger = await read(credentials[1] as string)
})
afterAll(() => stage?.close())

async function report(answer: () => Promise<unknown>, document: unknown = old) {
  const asked: string[] = []
  const { readers, trust } = stage.service
  const reading = async (url: string) => {
    asked.push(url)
    return answer()
  }
  const options = { readers: { ...readers, document: reading }, trust, now: Date.now() }
  const { verdict, reason, checks } = await verifyCredential(document, options)
  const { successor } = checks.find(({ name }) => name === 'status') ?? {}
  return { verdict, reason, successor, asked }
}

it('a successor proves itself', async () => {
  const id = successorId(
    digestOf(old as never, parseProofs(old as never).anchor?.salt as Uint8Array),
  )
  expect(successor['id']).toBe(id)
  const { verdict, reason, asked, successor: told } = await report(async () => successor)
  expect([verdict, reason, told?.id]).toEqual(['invalid', 'superseded', id])
  expect(asked).toEqual([told?.url])
})

const withoutProof = () => {
  const { proof: _, ...bare } = successor
  return bare
}
it.each<[string, () => unknown]>([
  ['nothing', () => Promise.reject(new Error('gone'))],
  ['no credential', () => ({})],
  ['a number', () => 5],
  ['another credential of the issuer', () => stranger],
  ['another credential under the id', () => ({ ...stranger, id: successor['id'] })],
  ['the successor changed', () => ({ ...successor, name: 'Doctor' })],
  ['the successor without its proof', withoutProof],
  ['the old one', () => old],
])('a service that answers with %s leaves it revoked', async (_what, answer) => {
  const { verdict, reason, successor: told } = await report(async () => answer())
  expect([verdict, reason, told]).toEqual(['invalid', 'revoked', undefined])
})

it('a service that does not answer is not waited for', async () => {
  const begun = performance.now()
  const { reason } = await report(() => new Promise(() => undefined))
  expect(reason).toBe('revoked')
  expect(performance.now() - begun).toBeLessThan(4000)
})

it('nobody is asked about a credential that is in force', async () => {
  const { verdict, asked } = await report(async () => successor, stranger)
  expect([verdict, asked]).toEqual(['valid', []])
})
