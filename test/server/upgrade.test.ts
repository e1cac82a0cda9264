import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { expect, it } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { ensureDemoTrust } from '../../server/demo-trust.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import { createKey } from '../../server/keys.ts'
import { migratorOf } from '../../server/migrations.ts'
import type { Tables } from '../../server/tables.ts'
import { cohort } from '../core/cohort.ts'
import { credentialIds, openStage, verdictOf } from './stage.ts'
import { openEmptyDirectory } from './storages.ts'
import { storeBatch } from './stored-batch.ts'

const int8 = 20

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
  await db.destroy()

  const stage = await openStage(chain, storage)
  await ensureDemoTrust(stage.service, 'Northfield University')
  expect((await stage.ask(`POST /batches/${batch.id}/anchor`, { key })).status).toBe(202)
  await stage.service.catchUp()
  const { body } = await stage.ask(`GET /batches/${batch.id}`, { key })
  expect(body).toMatchObject({ state: 'finalized', root: batch.root })
  const [first] = await credentialIds({ ...stage, key }, batch.id)
  expect(await verdictOf(stage, first as string)).toBe('valid valid')
  await stage.close()
  await chain.close()
  await storage.remove()
})
