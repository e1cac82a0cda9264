import { dirname } from 'node:path'
import { AbiCoder, Interface } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registryAbi } from '../../core/registry.ts'
import type { AuditReport } from '../../scripts/audit/report.ts'
import { accounts } from './anvil.ts'
import type { Document } from './command.ts'
import { accredit, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'
import { type Endpoint, startEndpoint, startProxy } from './endpoint.ts'

const registry = new Interface(registryAbi)
const topicOf = (name: string) => registry.getEvent(name)?.topicHash
const without = (logs: Document[], name: string) =>
  logs.filter(({ topics }) => topics[0] !== topicOf(name))
const words = (...values: (number | bigint)[]) =>
  AbiCoder.defaultAbiCoder().encode(
    values.map(() => 'uint256'),
    values,
  )
const expiry = Date.parse('2099-01-01T00:00:00Z') / 1000
const hexOf = (text: string) => Buffer.from(text).toString('hex')

describe('an audit with proofs, in front of it an endpoint that lies', () => {
  let desk: Desk
  let first: IssuedBatch
  let second: IssuedBatch
  const opened: Endpoint[] = []
  /** Answers `change` for each call of a method that it has something to say about. */
  const liar = async (change: (method: string, result: Document) => unknown) => {
    const proxy = await startProxy(desk.anvil.url, change)
    opened.push(proxy)
    return proxy.url
  }
  const audit = async (rpc: string, ...more: readonly string[]) => {
    // In one process, one after the other: most of the time of an audit is the start of Node.
    const args = ['audit', '--issuer', accounts.issuer, '--rpc', rpc]
    const trust = more.includes('--trust') ? [] : ['--trust', 'trust.json']
    const { code, json } = await desk.runJson([...args, ...trust, ...more])
    return { code, report: json as AuditReport, error: json.error?.code }
  }
  const told = ({ report: { findings, unread } }: { readonly report: AuditReport }) =>
    [...findings, ...unread].map(({ code, sequence }) => `${sequence ?? '-'} ${code}`)

  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    first = await desk.issue(['Ada', 'Bo', 'Cy'])
    second = await desk.issue(Array.from({ length: 112 }, (_, i) => `Di ${i}`))
    const send = async (...args: string[]) =>
      must(desk.run([...args, '--network', 'localhost', '--yes']))
    await send('anchor', '--batch', first.batch)
    await send('operator', accounts.operator, '--until', '2099-01-01T00:00:00Z')
    await send('anchor', '--batch', second.batch, '--operator', '--account', accounts.operator)
    await send('revoke', '--batch', second.batch, '--index', '5,111')
  })
  afterAll(async () => {
    for (const { close } of opened) await close()
    await desk?.close()
  })

  it('says what is proved, and whose word the block is', async () => {
    const { url, provider } = desk.anvil
    const files = ['--batches', dirname(dirname(first.batch))]
    const [believed, proved] = await Promise.all([
      audit(url, ...files),
      audit(url, ...files, '--proof'),
    ])
    for (const each of [believed, proved]) expect([each.code, told(each)]).toEqual([0, []])
    const { hash } = proved.report.block
    expect(believed.report.basis).toEqual({ endpoint: url })
    expect(proved.report.basis).toEqual({
      endpoint: url,
      proved: { blockHash: hash, hashFrom: `which ${url} names` },
    })
    expect(proved.report).toEqual({ ...believed.report, basis: proved.report.basis })
    expect(proved.report.batches).toMatchObject([
      { revoked: 0, accreditation: { name: 'Northfield University' } },
      { revoked: 2, sender: { kind: 'operator' } },
    ])
    const early = await provider.send('eth_getBlockByNumber', [
      `0x${(proved.report.block.number - 1).toString(16)}`,
      false,
    ])
    const before = await audit(url, '--block-hash', early.hash)
    expect([before.code, before.report.batches[1]?.revoked, before.report.basis.proved]).toEqual([
      0,
      0,
      { blockHash: early.hash, hashFrom: 'which you gave' },
    ])
  })

  it('says it to a person, too', async () => {
    const args = ['audit', '--issuer', accounts.issuer, '--rpc', desk.anvil.url]
    const [believed, proved] = await Promise.all([desk.run(args), desk.run([...args, '--proof'])])
    expect(believed.stdout).toContain(`reported by ${desk.anvil.url}`)
    expect(proved.stdout).toMatch(/proved against block hash 0x[0-9a-f]{64}, which http/)
  })

  /** Lies that an audit without proofs falls for, and what one with them says. */
  const lies: readonly {
    readonly name: string
    readonly change: (method: string, result: Document) => unknown
    readonly believed: (report: AuditReport) => unknown
    readonly caught: readonly string[]
  }[] = [
    {
      name: 'hides a revocation, from the log as well',
      change: (method, result) => {
        if (method === 'eth_getLogs') return without(result, 'RevokedMany')
        const isBits = String(result).endsWith(words(2n ** 5n + 2n ** 111n).slice(2))
        return method === 'eth_call' && isBits ? words(32, 1, 0) : result
      },
      believed: ({ batches }) => batches[1]?.revoked === 0,
      caught: ['2 chain_answer_disproved', '2 status_log_differs'],
    },
    {
      name: 'drops the last anchor, from the counter as well',
      change: (method, result) => {
        if (method === 'eth_call' && result === words(2)) return words(1)
        const isLast = ({ topics }: Document) => topics[2] === second.root
        return method === 'eth_getLogs' ? result.filter((log: Document) => !isLast(log)) : result
      },
      believed: ({ count }) => count === 1,
      caught: ['- chain_answer_disproved', '2 anchor_not_logged'],
    },
    {
      name: 'makes an anchor up, in log, counter and record',
      change: (method, result) => {
        if (method === 'eth_call' && result === words(2)) return words(3)
        if (method === 'eth_call' && result === words(0, 0, 0, 0)) return words(1.8e9, 0, 3, 7)
        if (method !== 'eth_getLogs') return result
        return result.flatMap((log: Document) =>
          log.topics[2] === second.root
            ? [
                log,
                {
                  ...log,
                  topics: [...log.topics.slice(0, 2), `0x${'ab'.repeat(32)}`],
                  data: words(3, 7),
                },
              ]
            : [log],
        )
      },
      believed: ({ count, batches }) => count === 3 && batches.length === 3,
      caught: ['- chain_answer_disproved', '- chain_answer_disproved', '3 anchor_not_in_state'],
    },
    {
      name: 'swaps the accreditation',
      change: (method, result) =>
        method === 'eth_call'
          ? String(result).replaceAll(hexOf('Northfield'), hexOf('Southfield'))
          : result,
      believed: ({ batches }) => batches[0]?.accreditation?.name === 'Southfield University',
      caught: ['1 chain_answer_disproved', '2 chain_answer_disproved'],
    },
    {
      name: 'hides that the operator was let in, from the state as well',
      change: (method, result) => {
        if (method === 'eth_getLogs') return without(result, 'OperatorSet')
        return method === 'eth_call' && result === words(1, expiry) ? words(0, 0) : result
      },
      believed: ({ findings }) => findings.length === 1,
      caught: ['- chain_answer_disproved', '2 operator_unauthorized', '- grant_log_differs'],
    },
  ]

  it.each(lies)('$name: is caught by proofs, and by a quorum without', async (lie) => {
    const { url } = desk.anvil
    const lying = await liar(lie.change)
    const [fooled, proved, outvoted, split] = await Promise.all([
      audit(lying),
      audit(lying, '--proof'),
      audit(`${lying},${url},${url}?again`, '--quorum', '2'),
      audit(`${lying},${url}`, '--quorum', '2'),
    ])
    expect(lie.believed(fooled.report)).toBe(true)
    expect([proved.code, told(proved)]).toEqual([1, lie.caught])
    const [disproof] = proved.report.findings
    expect(disproof?.message).toContain(`${lying} does not tell the truth about`)
    expect([outvoted.code, told(outvoted)]).toEqual([0, []])
    expect(outvoted.report.basis.endpoint).toContain('2 of 3 agreeing endpoints')
    const disagreement = split.error ?? split.report.unread[0]?.code
    expect([split.code, disagreement]).toEqual([2, 'endpoints_disagree'])
  })

  it('refuses proofs of another block, cut ones and none, by name', async () => {
    const otherBlock = await startEndpoint(async (body, _request, response) => {
      const call = JSON.parse(body)
      if (call.method === 'eth_getProof') call.params[2] = '0x3'
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
      const answer = await fetch(desk.anvil.url, { ...init, body: JSON.stringify(call) })
      response.end(await answer.text())
    })
    opened.push(otherBlock)
    const proofs = (change: (proof: Document) => unknown) =>
      liar((method, result) => (method === 'eth_getProof' ? change(result) : result))
    const cut = await proofs(({ accountProof, ...rest }) => ({
      ...rest,
      accountProof: accountProof.slice(1),
    }))
    const zeroed = await proofs(({ storageProof, ...rest }) => ({
      ...rest,
      storageProof: storageProof.map((each: Document) => ({ ...each, value: '0x0' })),
    }))
    const none = await proofs(() => undefined)
    const otherHeader = await liar((method, result) =>
      method === 'eth_getBlockByHash' ? { ...result, stateRoot: `0x${'12'.repeat(32)}` } : result,
    )
    const urls = [otherBlock.url, cut, zeroed, none, otherHeader]
    const audits = await Promise.all(urls.map((url) => audit(url, '--proof')))
    expect(audits.map(({ code, error }) => `${code} ${error}`)).toEqual([
      '2 state_proof_refused',
      '2 state_proof_refused',
      '2 state_proof_refused',
      '2 state_proof_missing',
      '2 block_hash_mismatch',
    ])
    const stale = await audit(desk.anvil.url, '--block-hash', `0x${'12'.repeat(32)}`)
    expect([stale.code, stale.error]).toEqual([2, 'block_hash_mismatch'])
    const malformed = await audit(desk.anvil.url, '--block-hash', '0x12')
    expect([malformed.code, malformed.error]).toEqual([2, 'block_hash_malformed'])
  })

  it('needs one honest endpoint for the proofs, where several agree on the hash', async () => {
    const { url } = desk.anvil
    const silent = await liar((method, result) => (method === 'eth_getProof' ? {} : result))
    const found = await audit(`${silent},${url},${url}?b`, '--quorum', '2', '--proof')
    expect([found.code, told(found)]).toEqual([0, []])
    expect(found.report.basis.proved?.hashFrom).toContain('2 of 3 agreeing endpoints')
  })

  it('says who vouched for each batch at the time of its anchor, and which nobody did', async () => {
    const { url } = desk.anvil
    const network = ['--network', 'localhost', '--yes']
    const withdraw = ['--withdraw', '0', '--account', accounts.accreditor]
    await must(desk.run(['accredit', ...withdraw, ...network]))
    const late = await desk.issue(['Eve', 'Flo'])
    await must(desk.run(['anchor', '--batch', late.batch, ...network]))
    const rootAccreditors = [{ account: accounts.stranger, name: 'Somebody else' }]
    const chains = { 31337: { rootAccreditors } }
    const others = await desk.write('others.json', JSON.stringify({ version: 1, chains }))
    const files = ['--batches', dirname(dirname(first.batch)), '--proof']
    const [ours, theirs] = await Promise.all([
      audit(url, ...files),
      audit(url, ...files, '--trust', others),
    ])
    // Nothing is told again of the credentials of those batches.
    expect([ours.code, told(ours)]).toEqual([1, ['3 accreditation_withdrawn']])
    expect(ours.report.batches.map(({ accreditation }) => accreditation?.name)).toEqual([
      'Northfield University',
      'Northfield University',
      undefined,
    ])
    expect(told(theirs)).toEqual([1, 2, 3].map((sequence) => `${sequence} issuer_unknown`))
  })
})
