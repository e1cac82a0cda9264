import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { createKey } from '../../server/keys.ts'
import { migratorOf } from '../../server/migrations.ts'
import type { Tables } from '../../server/tables.ts'
import { cohort } from '../core/cohort.ts'
import { achievement, credentialIds, learners, openStage, verdictOf } from './stage.ts'
import { openEmptyDirectory } from './storages.ts'
import { storeBatch } from './stored-batch.ts'

const int8 = 20

/** A batch of which an earlier version has made the first 500 credentials. */
async function storeHalfBuilt(
  db: Kysely<Tables>,
  { issuerId, chain }: { readonly issuerId: string; readonly chain: EmbeddedChain },
): Promise<string> {
  const id = '7c1d3f52-6a0e-4a2b-9d1f-0c5e8d1b6403'
  const account = { chainId: chain.chainId, address: demoAccounts.issuer.address }
  const { registry } = chain.contracts
  const request = {
    id,
    learners: learners(1200),
    achievement,
    issuer: { name: 'Northfield University', url: 'https://northfield.example' },
    account,
    registry,
    baseUrl: 'http://127.0.0.1:3000',
    validFrom: '2026-06-01T12:00:00Z',
  }
  const row = {
    id,
    issuer_id: issuerId,
    state: 'building',
    name: achievement.name,
    root: new Uint8Array(32),
    size: 1200,
    chain_id: account.chainId,
    registry,
    account: account.address,
    nodes: new Uint8Array(),
    idempotency_key: null,
    request_hash: new Uint8Array(32),
  }
  // The tables are those of that version, so nothing here fits the types of this one.
  const insert = (table: string, values: object) =>
    db
      .insertInto(table as never)
      .values(values as never)
      .execute()
  await insert('batches', row)
  await insert('builds', { batch_id: id, seed: randomBytes(32), request: JSON.stringify(request) })
  await insert('build_chunks', { batch_id: id, first: 0, leaves: randomBytes(500 * 32) })
  await insert(
    'credentials',
    Array.from({ length: 500 }, (_, statusIndex) => ({
      id: randomUUID(),
      batch_id: id,
      status_index: statusIndex,
      document: '{}',
      salt: randomBytes(32),
    })),
  )
  return id
}

it('a batch that was stored before signatures and followed blocks is anchored and handed out', {
  timeout: 60_000,
}, async () => {
  const storage = await openEmptyDirectory()
  const chain = await startEmbeddedChain(0)
  const { issuer: account } = demoAccounts
  const directory = join(storage.settings['DATA_DIR'] ?? '', 'postgres')
  const pglite = await PGlite.create(directory, { parsers: { [int8]: Number } })
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  const { error } = await migratorOf(db).migrateTo('0005_status_requests')
  expect(error).toBeUndefined()
  const issuerId = '7c1d3f52-6a0e-4a2b-9d1f-0c5e8d1b6401'
  const profile = { name: 'Northfield University', url: 'https://northfield.example' }
  await db
    .insertInto('issuers')
    .values({
      id: issuerId,
      slug: 'northfield',
      profile: JSON.stringify(profile),
      account: account.address,
    })
    .execute()
  const { key } = await createKey(db, issuerId)
  const batch = cohort(3, {
    id: '7c1d3f52-6a0e-4a2b-9d1f-0c5e8d1b6402',
    account: { chainId: chain.chainId, address: account.address },
    registry: chain.contracts.registry,
  })
  await storeBatch(db, batch, { issuerId, name: 'Data Literacy' })
  const building = await storeHalfBuilt(db, { issuerId, chain })
  await db.destroy()

  const stage = await openStage(chain, storage)
  await ensureDemoTrust(stage.service, 'Northfield University')
  expect((await stage.ask(`POST /batches/${batch.id}/anchor`, { key })).status).toBe(202)
  await stage.service.catchUp()
  const { body } = await stage.ask(`GET /batches/${batch.id}`, { key })
  expect(body).toMatchObject({ state: 'finalized', root: batch.root })
  const [first] = await credentialIds({ ...stage, key }, batch.id)
  expect(await verdictOf(stage, first as string)).toBe('valid valid')
  // Nobody has seen any of what was half built: it is built anew, with every learner.
  const built = await stage.ask(`GET /batches/${building}`, { key })
  expect(built.body).toMatchObject({ state: 'built', size: 1200 })
  const file = await stage.ask(`GET /batches/${building}/file`, { key })
  const { entries, root } = parseBatchFile(file.text)
  expect(root).toBe(built.body.root)
  const subjects = entries.map(({ credential }) => JSON.stringify(credential))
  expect(subjects.filter((text) => text.includes('Zoë Ångström 1199"'))).toHaveLength(1)
  await stage.close()
  await chain.close()
  await storage.remove()
})
