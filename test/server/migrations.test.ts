import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { migrationFormat, migrationTypedData } from '../../core/migration.ts'
import { registryInterface } from '../../server/chains.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { cohort } from '../core/cohort.ts'
import { openStage, type Stage, setStage } from './stage.ts'
import { openDirectory } from './storages.ts'

const issuer = demoAccounts.issuer.address
const lostChain = 424_242

let stage: Stage
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rootmark-migrations-'))
  stage = await setStage({ settings: { MIGRATIONS_DIR: folder } })
})
afterAll(async () => {
  await stage?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A batch of a chain that is lost, anchored again on the stage's, and the record of it. */
async function moved() {
  const { registry, chain, chainId } = stage.service.chain
  const account = { chainId: lostChain, address: issuer }
  const batch = cohort(3, { account, registry })
  const data = registryInterface.encodeFunctionData('anchor', [batch.root, 3])
  const params = [{ from: issuer, to: registry, data }]
  await chain.provider.request({ method: 'eth_sendTransaction', params })
  const from = { chainId: lostChain, registry }
  const migration = { issuer, root: batch.root, size: 3, from, to: { chainId, registry } }
  const signature = await chain.provider.request({
    method: 'eth_signTypedData_v4',
    params: [issuer, JSON.stringify(migrationTypedData(migration))],
  })
  return { batch, record: { format: migrationFormat, ...migration, signature } }
}

describe('migration records', () => {
  it('lead a verification to the chain that the batch was moved to, once they are there', async () => {
    const { batch, record } = await moved()
    const json = credentialAt(batch, 0)
    expect((await stage.ask('POST /verify', { json })).body).toMatchObject({
      verdict: 'indeterminate',
      reason: 'chain_untrusted',
    })
    const path = `GET /migrations/${issuer.toLowerCase()}/${batch.root.toUpperCase().replace('0X', '0x')}`
    expect(await stage.ask(path)).toMatchObject({ status: 200, body: [] })

    await writeFile(join(folder, `${batch.root}-1.json`), '{"format":"rootmark-migration-1"}')
    await writeFile(join(folder, `${batch.root}-2.json`), 'nonsense')
    await writeFile(join(folder, `${batch.root}-31337.json`), JSON.stringify(record))
    const { body } = await stage.ask('POST /verify', { json })
    expect(body).toMatchObject({ verdict: 'valid' })
    expect(body.anchor.migratedFrom).toEqual(record.from)
    const answer = await stage.ask(path, { headers: { origin: 'https://elsewhere.example' } })
    expect(answer.body).toEqual([record])
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    const stranger = demoAccounts.accreditor.address
    expect((await stage.ask(`GET /migrations/${stranger}/${batch.root}`)).body).toEqual([])
  })

  it.each(['../../../etc/passwd', '0x12', `0x${'zz'.repeat(32)}`])(
    'are asked for by account and root only: %s',
    async (root) => {
      const { status } = await stage.ask(`GET /migrations/${issuer}/${encodeURIComponent(root)}`)
      expect(status).toBe(400)
    },
  )

  it('stop the start where their folder cannot be read', async () => {
    const storage = await openDirectory()
    await expect(
      openStage(stage.chain, storage, { MIGRATIONS_DIR: join(folder, 'nowhere') }),
    ).rejects.toThrow(/^MIGRATIONS_DIR .* cannot be read/)
    await storage.remove()
  })
})
