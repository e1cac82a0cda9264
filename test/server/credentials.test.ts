import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { digestOf } from '../../core/digest.ts'
import { parseProofs } from '../../core/proof.ts'
import { registryInterface } from '../../server/chains.ts'
import { rpc } from './chain-calls.ts'
import { anchoredBatch, credentialIds, issueBatch, refusal, type Stage, setStage } from './stage.ts'
import { type Storage, storages } from './storages.ts'

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

describe.each(storages)('credentials on $name', ({ open }) => {
  let storage: Storage
  let stage: Stage
  let batch: Awaited<ReturnType<typeof anchoredBatch>>
  beforeAll(async () => {
    storage = await open()
    stage = await setStage({ storage })
    batch = await anchoredBatch(stage, 37)
  })
  afterAll(async () => {
    await stage?.close()
    await storage?.remove()
  })
  const first = () => `/credentials/${batch.credentials[0]}`

  it('hands a credential out with its proof, as application/vc', async () => {
    const { status, headers, body } = await stage.ask(`GET ${first()}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/vc')
    expect(headers['cache-control']).toContain('private')
    expect(body.id).toBe(`urn:uuid:${batch.credentials[0]}`)
    expect(body.proof).toHaveLength(1)
  })

  it('leads a browser to the page, and nobody else', async () => {
    const { status, headers } = await stage.ask(`GET ${first()}`, { headers: { accept: browser } })
    expect(status).toBe(302)
    expect(headers['location']).toBe(`/check?credential=${first()}`)
    expect(headers['vary']).toContain('Accept')
    for (const accept of [
      '*/*',
      'application/vc',
      'application/json',
      'application/ld+json, text/html;q=0.5',
      'text/html;q=0',
    ]) {
      expect((await stage.ask(`GET ${first()}`, { headers: { accept } })).status, accept).toBe(200)
    }
  })

  it('gives proofs that lead to the root, at every place of an uneven tree', async () => {
    const { root } = (await stage.ask(`GET /batches/${batch.id}`, { key: stage.key })).body
    for (const id of batch.credentials) {
      const { body } = await stage.ask(`GET /credentials/${id}`)
      const { anchor } = parseProofs(body)
      if (!anchor) throw new Error('no anchor proof')
      const leaf = [toHex(digestOf(body, anchor.salt)), anchor.statusIndex] as const
      const proof = anchor.siblings.map(toHex)
      expect(StandardMerkleTree.verify(root, ['bytes32', 'uint256'], [...leaf], proof)).toBe(true)
    }
  })

  it('gives the proof as call data that the registry answers', async () => {
    const { body } = await stage.ask(`GET ${first()}/proof`)
    expect(body).toMatchObject({ chainId: 31337, to: stage.chain.contracts.registry })
    const answer = await rpc(stage.chain.url, 'eth_call', [
      { to: body.to, data: body.calldata },
      'latest',
    ])
    const [standing] = registryInterface.decodeFunctionResult('verify', answer as string)
    expect(Number(standing)).toBe(1)
    const { issuer, digest, statusIndex, siblings } = body.args
    expect(
      registryInterface.encodeFunctionData('verify', [issuer, digest, statusIndex, siblings]),
    ).toBe(body.calldata)
    expect(body.cast).toBe(
      `cast call ${body.to} "verify(address,bytes32,uint256,bytes32[])(uint8,bytes32,(uint40,uint40,uint32,uint32))" ${issuer} ${digest} ${statusIndex} "[${siblings.join(',')}]" --rpc-url ${stage.chain.url}`,
    )
  })

  it('says so while the batch is not anchored', async () => {
    const [id] = await credentialIds(stage, await issueBatch(stage, 1))
    expect(refusal(await stage.ask(`GET /credentials/${id}`))).toBe('409 credential_not_anchored')
    expect(refusal(await stage.ask(`GET /credentials/${id}/proof`))).toBe(
      '409 credential_not_anchored',
    )
  })

  it('serves a batch of one, whose proof has no siblings', async () => {
    const { credentials } = await anchoredBatch(stage, 1)
    const { body } = await stage.ask(`GET /credentials/${credentials[0]}/proof`)
    expect(body.args.siblings).toEqual([])
    const { body: report } = await stage.ask('POST /verify', {
      raw: (await stage.ask(`GET /credentials/${credentials[0]}`)).text,
    })
    expect(report.verdict).toBe('valid')
  })

  it('knows nothing of other ids', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000'
    expect(refusal(await stage.ask(`GET /credentials/${unknown}`))).toBe('404 credential_unknown')
    expect(refusal(await stage.ask('GET /credentials/1'))).toBe('400 params_malformed')
    expect(refusal(await stage.ask(`GET /credentials/${batch.id}`))).toBe('404 credential_unknown')
  })
})
