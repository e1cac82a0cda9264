import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { toHex } from '../../core/bytes.ts'
import { standings } from '../../core/registry.ts'
import { siblingsOf } from '../../core/tree.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { costOf, type PendingWords, stepsOf } from '../../server/pending-statuses.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import type { Question } from './ask.ts'
import { readRegistry, rpc } from './chain-calls.ts'
import { openEndpoint, passOn } from './endpoint.ts'
import { startProgram } from './program.ts'
import {
  anchoredBatch,
  issueBatch,
  named,
  openStage,
  quiet,
  recordIssuer,
  refusal,
  type Stage,
  setStage,
} from './stage.ts'
import { openDirectory, type Storage, storages } from './storages.ts'

const issuer = demoAccounts.issuer.address
const operator = demoAccounts.operator.address
/** Two words that were never used, and not three. */
const twoWords = { MAX_TRANSACTION_GAS: '100000' }

/** Every `step`th status index below `end`. */
const every = (step: number, end: number) =>
  Array.from({ length: Math.ceil(end / step) }, (_, i) => i * step)

const lines = (values: readonly unknown[]): Question => ({
  raw: values.join('\n'),
  type: 'text/plain',
})

async function idsOf({ ask, key }: Pick<Stage, 'ask' | 'key'>, id: string, count: number) {
  const ids: string[] = []
  while (ids.length < count) {
    const { body } = await ask(
      `GET /batches/${id}/credentials?limit=1000&after=${ids.length - 1}`,
      { key },
    )
    ids.push(...body.credentials.map((one: { id: string }) => one.id))
  }
  return ids
}

/** What the registry's `verify` says of each credential of a batch, by status index. */
async function standingsOf(stage: Pick<Stage, 'ask' | 'key'>, chain: EmbeddedChain, id: string) {
  const { text } = await stage.ask(`GET /batches/${id}/file`, { key: stage.key })
  const batch = parseBatchFile(text)
  const claims = batch.entries.map(({ digest }, statusIndex) => [
    issuer,
    toHex(digest),
    statusIndex,
    siblingsOf(batch.tree, statusIndex).map(toHex),
  ])
  const found: string[] = []
  for (let first = 0; first < claims.length; first += 250) {
    const [answers] = await readRegistry(chain, 'verifyMany', [claims.slice(first, first + 250)])
    for (const [standing] of answers) found.push(String(standings[Number(standing)]))
  }
  return found
}

const sentCount = async (chain: EmbeddedChain) =>
  Number(await rpc(chain.url, 'eth_getTransactionCount', [operator, 'latest']))

describe.each(storages)('statuses of thousands on $name', ({ open }) => {
  const size = 3_000
  let storage: Storage
  let stage: Stage
  let id: string
  let ids: readonly string[]
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage, settings: twoWords })
    id = (await issueBatch({ ...stage, ask: patient(stage) }, size)) as string
    await stage.service.catchUp()
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await stage.service.catchUp()
    ids = await idsOf(stage, id, size)
  }, 60_000)
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })

  const post = (query: string, question: Question, key = stage.key, batch = id) =>
    stage.ask(`POST /batches/${batch}/statuses${query}`, { key, ...question })
  const counts = async () =>
    (await stage.ask(`GET /batches/${id}/statuses`, { key: stage.key })).body
  const untouched = { revoked: 0, suspended: 0, pending: 0 }

  it('are refused as a whole, with every bad line, and nothing is recorded', async () => {
    const other = await anchoredBatch(stage, 3)
    const stranger = randomUUID()
    const answer = await post(
      '?status=revoked',
      lines([0, stranger, size, other.credentials[0], ids[1]]),
    )
    expect(refusal(answer)).toBe('400 credential_unknown')
    expect(answer.body.errors.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4])
    const malformed = await post('?status=revoked', lines([0, 'x', -1]))
    expect(refusal(malformed)).toBe('400 list_malformed')
    expect(malformed.body.errors).toHaveLength(2)
    const codeOf = async (json: unknown) => refusal(await post('', { json }))
    expect(await codeOf({ status: 'revoked' })).toBe('400 status_order_malformed')
    expect(await codeOf({ status: 'gone', ids: [] })).toBe('400 status_order_malformed')
    expect(await codeOf({ status: 'revoked', ids: [7] })).toBe('400 list_malformed')
    expect(await codeOf({ status: 'revoked', statusIndexes: [1.5] })).toBe('400 list_malformed')
    expect(await codeOf({ status: 'revoked', ids: ['7'], x: 1 })).toBe('400 status_order_malformed')
    expect(refusal(await post('', lines([1])))).toBe('400 status_missing')
    expect(refusal(await post('?status=revoked', { raw: '1', type: 'image/png' }))).toMatch(/^415/)
    expect(await counts()).toMatchObject(untouched)
  })

  it('are not taken from others, nor for a batch that is not anchored', async () => {
    const key = await recordIssuer(
      stage.ask,
      'stranger',
      '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
    )
    expect(refusal(await post('?status=revoked', lines([1]), key))).toBe('404 batch_unknown')
    expect(refusal(await post('?status=revoked', lines([1]), 'rm_x'))).toBe('401 key_invalid')
    const fresh = await issueBatch(stage, 2)
    expect(refusal(await post('?status=revoked', lines([1]), stage.key, fresh))).toBe(
      '409 batch_not_anchored',
    )
    expect(await counts()).toMatchObject(untouched)
  })

  it('are refused where the list has no end', async () => {
    const long = await post('?status=revoked', lines(Array(100_002).fill(7)))
    expect(refusal(long)).toBe('413 too_large')
    expect(long.headers['connection']).toBe('close')
    expect(await counts()).toMatchObject(untouched)
  })

  it('cost what a dry run says, and it records nothing', async () => {
    const question = lines(every(3, size))
    const { status, body } = await post('?status=suspended&dryRun=true', question)
    expect(status).toBe(200)
    expect(body).toMatchObject({ named: 1000, changed: 1000, pending: 1000, recorded: false })
    expect(body.cost.transactions).toBe(6)
    expect(BigInt(body.cost.fee)).toBe(BigInt(body.cost.gas) * BigInt(body.cost.gasPrice))
    expect(await counts()).toMatchObject(untouched)
    const before = await sentCount(stage.chain)
    const asked = await post('?status=suspended', question)
    expect(asked.status).toBe(202)
    expect(asked.body).toMatchObject({ recorded: true, pending: 1000, cost: { transactions: 6 } })
    await stage.service.catchUp()
    expect(await counts()).toMatchObject({ revoked: 0, suspended: 1000, pending: 0 })
    expect((await sentCount(stage.chain)) - before).toBe(6)
    const { db } = stage.service.database
    const rows = await db
      .selectFrom('transactions')
      .select(['gas_used', 'reverted'])
      .where('purpose', '=', 'status')
      .execute()
    expect(rows.every(({ reverted }) => !reverted)).toBe(true)
    const paid = rows.reduce((sum, { gas_used }) => sum + Number(gas_used), 0)
    expect(asked.body.cost.gas / paid).toBeGreaterThan(0.98)
    expect(asked.body.cost.gas / paid).toBeLessThan(1.05)
    const again = await post('?status=suspended', question)
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ changed: 0, pending: 0, cost: { transactions: 0, gas: 0 } })
  })

  it('are told by id as by index, in every form, each credential once', async () => {
    const some = ids.slice(100, 106)
    const json = {
      status: 'active',
      ids: [`urn:uuid:${some[0]}`, some[1], some[1]],
      statusIndexes: [101],
    }
    const ndjson = `{"id":"${some[2]}"}\n{"statusIndex":102}\n\n{"statusIndex":103}`
    const csv = `name,id\nAda,${some[4]}\nBob,${some[5]}`
    const asked = [
      await post('', { json }),
      await post('?status=active', { raw: ndjson, type: 'application/x-ndjson' }),
      await post('?status=active', { raw: csv, type: 'text/csv' }),
    ]
    expect(asked.map(({ body }) => body.named)).toEqual([2, 2, 2])
    // Of these, every third was suspended.
    expect(asked.map(({ body }) => body.changed)).toEqual([0, 1, 1])
    await stage.service.catchUp()
    expect(await counts()).toMatchObject({ suspended: 998, pending: 0 })
  })

  it('are final where they are revoked: a mixed list is refused with its lines', async () => {
    await post('?status=revoked', lines([9, 12]))
    const answer = await post('?status=active', lines([8, 9, ids[12], 15]))
    expect(refusal(answer)).toBe('409 revocation_final')
    expect(answer.body.errors.map(({ line }: { line: number }) => line)).toEqual([2, 3])
    const row = await stage.service.database.db
      .selectFrom('credentials')
      .select('status')
      .where('id', '=', ids[15] as string)
      .executeTakeFirst()
    expect(row).toEqual({ status: 'suspended' })
    await stage.service.catchUp()
    expect(await counts()).toMatchObject({ revoked: 2, suspended: 996, pending: 0 })
  })

  it('of overlapping lists that come at once are all recorded, and a revocation wins', async () => {
    const [first, second] = [every(2, size), every(5, size)]
    const [lifted, ...answers] = await Promise.all([
      post('?status=active', lines(every(7, size))),
      post('?status=revoked', lines(first.toReversed())),
      post('?status=revoked', lines(second)),
      stage.ask(`POST /credentials/${ids[10]}/revoke`, { key: stage.key }),
    ])
    // It may have come before all of them, but there are revoked ones in it otherwise.
    expect([200, 202, 409]).toContain(lifted?.status)
    for (const { status } of answers) expect([200, 202]).toContain(status)
    await stage.service.catchUp()
    const revoked = new Set([...first, ...second, 9])
    expect(await counts()).toMatchObject({ revoked: revoked.size, pending: 0 })
    const found = await standingsOf(stage, stage.chain, id)
    expect(found.map((standing) => standing === 'revoked')).toEqual(
      Array.from({ length: size }, (_, index) => revoked.has(index)),
    )
  })

  it('are recorded in one go, ten thousand of them', async () => {
    const { db } = stage.service.database
    const large = randomUUID()
    const root = Buffer.alloc(32, 0x5b)
    const source = db.selectFrom('batches').where('id', '=', id)
    const { issuer_id, chain_id, registry } = await source
      .select(['issuer_id', 'chain_id', 'registry'])
      .executeTakeFirstOrThrow()
    await db
      .insertInto('batches')
      .values({
        id: large,
        issuer_id,
        state: 'included',
        name: 'Large',
        root,
        size: 40_000,
        chain_id,
        registry,
        account: issuer,
        nodes: new Uint8Array(32),
      })
      .execute()
    for (let first = 0; first < 40_000; first += 5_000) {
      const rows = Array.from({ length: 5_000 }, (_, i) => ({
        id: randomUUID(),
        batch_id: large,
        status_index: first + i,
        document: '{}',
        salt: new Uint8Array(32),
        shape: null,
        filled: null,
      }))
      await db.insertInto('credentials').values(rows).execute()
    }
    const { body } = await post('?status=revoked', lines(every(4, 40_000)), stage.key, large)
    expect(body).toMatchObject({ changed: 10_000, cost: { transactions: 79 } })
    await db.deleteFrom('credentials').where('batch_id', '=', large).execute()
  })
})

/** Takes 202 for 201: the batch is built when the service has caught up. */
function patient({ ask }: Pick<Stage, 'ask'>): Stage['ask'] {
  return async (line, question) => {
    const answer = await ask(line, question)
    return answer.status === 202 ? { ...answer, status: 201 } : answer
  }
}

describe('statuses of thousands, with a process that is killed between two transactions', () => {
  it('go on where the chain stands: none is sent twice, and every credential stands as wished', async () => {
    const chain = await startAnvilChain()
    const storage = await openDirectory()
    const size = 2_500
    try {
      const stage = await setAnvilStage(chain, storage)
      const id = await issueBatch({ ...stage, ask: patient(stage) }, size)
      await stage.service.catchUp()
      await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
      await stage.service.catchUp()
      await stage.close()
      const settings = {
        ...quiet,
        ...storage.settings,
        ...named(chain),
        ...twoWords,
        OPERATOR_KEY: demoAccounts.operator.privateKey,
        WATCH_INTERVAL_MS: '200',
      }
      const before = await sentCount(chain)
      const first = await startProgram('server/main.ts', {
        ...settings,
        KILL_AT: 'send.broadcast-recorded',
      })
      const indexes = every(3, size)
      const answer = await fetch(`${first.url}/batches/${id}/statuses?status=revoked`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stage.key}`, 'content-type': 'text/plain' },
        body: indexes.join('\n'),
      })
      expect(answer.status).toBe(202)
      const { cost } = (await answer.json()) as { cost: { transactions: number } }
      expect(cost.transactions).toBe(5)
      expect(await first.ended).toBe('SIGKILL')
      expect((await sentCount(chain)) - before).toBe(1)

      const reopened = { ...(await openStage(chain, storage, settings)), key: stage.key }
      for (let rounds = 0; rounds < 5; rounds++) await reopened.service.catchUp()
      expect((await sentCount(chain)) - before).toBe(5)
      const { body } = await reopened.ask(`GET /batches/${id}/statuses`, { key: stage.key })
      expect(body).toEqual({ id, revoked: indexes.length, suspended: 0, expired: 0, pending: 0 })
      const found = await standingsOf(reopened, chain, id)
      expect(found).toEqual(
        Array.from({ length: size }, (_, index) => (index % 3 === 0 ? 'revoked' : 'active')),
      )
      await reopened.close()
    } finally {
      await chain.close()
      await storage.remove()
    }
  }, 60_000)
})

describe('statuses of thousands on a chain that counts gas otherwise', () => {
  it('go in parts of what was packed', async () => {
    const chain = await startAnvilChain()
    // Twice as dear as where gas was measured.
    const endpoint = await openEndpoint(async (body, method) => {
      const answer = JSON.parse(await passOn(chain.url, body))
      if (method === 'eth_estimateGas' && answer.result) {
        answer.result = `0x${(BigInt(answer.result) * 2n).toString(16)}`
      }
      return JSON.stringify(answer)
    })
    const storage = await openDirectory()
    const size = 2_500 // 10 words
    try {
      const settings = {
        ...named(chain, endpoint.url),
        MAX_TRANSACTION_GAS: '250000',
        OPERATOR_KEY: demoAccounts.operator.privateKey,
      }
      const stage = await setAnvilStage(chain, storage, settings)
      const id = await issueBatch({ ...stage, ask: patient(stage) }, size)
      await stage.service.catchUp()
      await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
      await stage.service.catchUp()
      const before = await sentCount(chain)
      const { status, body } = await stage.ask(`POST /batches/${id}/statuses?status=revoked`, {
        key: stage.key,
        ...lines(every(256, size)),
      })
      expect([status, body.cost.transactions]).toEqual([202, 2])
      for (let rounds = 0; rounds < 3; rounds++) await stage.service.catchUp()
      // Nine words and one, the nine halved twice.
      expect((await sentCount(chain)) - before).toBeGreaterThan(3)
      const counts = await stage.ask(`GET /batches/${id}/statuses`, { key: stage.key })
      expect(counts.body).toMatchObject({ revoked: 10, pending: 0 })
      await stage.close()
    } finally {
      await endpoint.close()
      await chain.close()
      await storage.remove()
    }
  }, 120_000)
})

describe('statuses that are pending', () => {
  const words = (status: 'revoked' | 'suspended', count: number) => ({
    status,
    count,
    masks: new Map(Array.from({ length: count }, (_, i) => [i * 100, 1n] as const)),
    isUsed: () => false,
  })

  it('are sent in 16 transactions at a time, which is what endpoints hold of an account', () => {
    const sent = (...pending: readonly PendingWords[]) =>
      stepsOf(pending, 100_000).map(({ call, runs }) => `${call} ${runs.length}`)
    expect(sent(words('revoked', 40))).toEqual(['revoke 16'])
    expect(sent(words('revoked', 10), words('suspended', 40))).toEqual(['revoke 10', 'suspend 6'])
    expect(sent(words('revoked', 16), words('suspended', 1))).toEqual(['revoke 16'])
    expect(sent()).toEqual([])
    expect(costOf([words('revoked', 40)], 100_000).transactions).toBe(40)
  })
})

describe('a list that drips', () => {
  it('is refused after REQUEST_TIMEOUT_MS, records nothing, and holds nobody up', async () => {
    const stage = await setStage({ settings: { REQUEST_TIMEOUT_MS: '1000' } })
    try {
      const { id } = await anchoredBatch(stage, 3)
      const { port } = new URL(await stage.listen())
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(
        `POST /batches/${id}/statuses?status=revoked HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${stage.key}\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\n`,
      )
      const dripping = setInterval(() => socket.write('1\n'), 100)
      const ended = new Promise<string>((resolve) => {
        let said = ''
        socket.on('data', (text) => {
          said += text
        })
        socket.on('error', () => resolve(said))
        socket.on('close', () => resolve(said))
      })
      const other = await stage.ask(`POST /batches/${id}/statuses?status=suspended`, {
        key: stage.key,
        ...lines([0]),
      })
      expect(other.status).toBe(202)
      const said = await ended
      clearInterval(dripping)
      expect(said).toMatch(/^HTTP\/1\.1 408 .*request_too_slow/s)
      await stage.service.catchUp()
      const { body } = await stage.ask(`GET /batches/${id}/statuses`, { key: stage.key })
      expect(body).toMatchObject({ revoked: 0, suspended: 1, pending: 0 })
    } finally {
      await stage.close()
    }
  }, 60_000)
})
