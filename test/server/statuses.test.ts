import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { requestStatus, withdrawRequest } from '../../server/statuses.ts'
import { readRegistry, sendToRegistry } from './chain-calls.ts'
import {
  anchoredBatch,
  credentialIds,
  issueBatch,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
  verdictOf,
} from './stage.ts'
import { type Storage, storages } from './storages.ts'

const issuer = demoAccounts.issuer.address

describe.each(storages)('statuses on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let batch: Awaited<ReturnType<typeof anchoredBatch>>
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
    batch = await anchoredBatch(stage, 300)
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const act = (action: string, index: number, key = stage.key) =>
    stage.ask(`POST /credentials/${batch.credentials[index]}/${action}`, { key })

  it('revokes, for good, and beyond the first word of 256', async () => {
    for (const index of [0, 299]) {
      const answer = await act('revoke', index)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        id: batch.credentials[index],
        status: 'revoked',
        onChain: true,
      })
      expect(await verdictOf(stage, batch.credentials[index] as string)).toBe('invalid revoked')
    }
    expect((await act('revoke', 0)).status).toBe(200)
    expect(refusal(await act('reinstate', 0))).toBe('409 revocation_final')
    expect(refusal(await act('suspend', 0))).toBe('409 revocation_final')
    expect(await verdictOf(stage, batch.credentials[1] as string)).toBe('valid valid')
  })

  it('suspends and reinstates', async () => {
    const id = batch.credentials[7] as string
    expect((await act('suspend', 7)).body).toMatchObject({ status: 'suspended', onChain: true })
    expect(await verdictOf(stage, id)).toBe('invalid suspended')
    expect((await act('reinstate', 7)).body).toMatchObject({ status: 'active', onChain: true })
    expect(await verdictOf(stage, id)).toBe('valid valid')
    expect((await act('reinstate', 7)).status).toBe(200)
  })

  it('revokes what was suspended', async () => {
    await act('suspend', 8)
    expect((await act('revoke', 8)).body).toMatchObject({ status: 'revoked' })
    expect(await verdictOf(stage, batch.credentials[8] as string)).toBe('invalid revoked')
  })

  it('takes simultaneous requests for different credentials', async () => {
    const answers = await Promise.all([20, 21, 22, 23].map((index) => act('revoke', index)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { root } = (await stage.ask(`GET /batches/${batch.id}`, { key: stage.key })).body
    const [words] = await readRegistry(stage.chain, 'revocations', [issuer, root, 0, 1])
    const bits = BigInt(words[0])
    expect([20n, 21n, 22n, 23n].every((bit) => (bits >> bit) & 1n)).toBe(true)
    expect((bits >> 24n) & 1n).toBe(0n)
  })

  it('shows the status in the list of the batch', async () => {
    await act('revoke', 30)
    const { body } = await stage.ask(`GET /batches/${batch.id}/credentials?after=29&limit=1`, {
      key: stage.key,
    })
    expect(body.credentials[0]).toMatchObject({ statusIndex: 30, status: 'revoked' })
  })

  it('does not touch credentials of somebody else, or without a key', async () => {
    const stranger = await recordIssuer(
      stage.ask,
      'stranger',
      '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
    )
    for (const action of ['revoke', 'suspend', 'reinstate']) {
      expect(refusal(await act(action, 1, stranger))).toBe('404 credential_unknown')
      expect(refusal(await act(action, 1, 'rm_wrong'))).toBe('401 key_invalid')
    }
    expect(await verdictOf(stage, batch.credentials[1] as string)).toBe('valid valid')
  })

  it('refuses while the batch is not anchored', async () => {
    const id = await issueBatch(stage, 1)
    const [credential] = await credentialIds(stage, id)
    const answer = await stage.ask(`POST /credentials/${credential}/revoke`, { key: stage.key })
    expect(refusal(answer)).toBe('409 credential_not_anchored')
  })

  it('changes nothing when the operator may not revoke', async () => {
    const { operator } = demoAccounts
    await sendToRegistry(stage.chain, issuer, 'setOperator', [operator.address, 1, 4_102_444_800])
    expect(refusal(await act('revoke', 40))).toBe('409 operator_not_authorised')
    await sendToRegistry(stage.chain, issuer, 'setOperator', [operator.address, 3, 4_102_444_800])
    await stage.service.catchUp()
    expect(await verdictOf(stage, batch.credentials[40] as string)).toBe('valid valid')
  })

  it('takes back only the latest request, so that a wish that somebody repeated is not lost', async () => {
    const { db } = stage.service.database
    const id = batch.credentials[41] as string
    const statusOf = () =>
      db.selectFrom('credentials').select('status').where('id', '=', id).executeTakeFirst()
    const slow = (await requestStatus(db, id, 'suspended')) as number
    const repeated = (await requestStatus(db, id, 'suspended')) as number
    await withdrawRequest(db, id, slow)
    expect(await statusOf()).toEqual({ status: 'suspended' })
    await withdrawRequest(db, id, repeated)
    expect(await statusOf()).toEqual({ status: 'active' })
  })

  it('brings a status to the chain that was asked for before the process ended', async () => {
    const id = batch.credentials[50] as string
    await stage.service.database.db
      .updateTable('credentials')
      .set({ status: 'suspended' })
      .where('id', '=', id)
      .execute()
    await stage.service.catchUp()
    expect(await verdictOf(stage, id)).toBe('invalid suspended')
  })
})
