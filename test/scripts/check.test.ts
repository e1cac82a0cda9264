import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { accredit, altered, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'
import { type Endpoint, startEndpoint } from './endpoint.ts'

describe('check', () => {
  let desk: Desk
  let batch: IssuedBatch
  let credential: string
  let garbage: Endpoint

  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    batch = await desk.issue(['Նարե', 'ሰላም', 'Ọládélé'])
    credential = batch.credentials[0] as string
    await must(desk.run(['anchor', '--batch', batch.batch, '--network', 'localhost', '--yes']))
    garbage = await startEndpoint(
      (_body, _request, response) => void response.end('{"jsonrpc":"2.0","result":"0xzz"}'),
    )
  })
  afterAll(async () => {
    await garbage.close()
    await desk.close()
  })

  it('reads a file, standard input, a URL, by an endpoint, a network or CHAIN_RPC_URL', async () => {
    const text = await readFile(credential, 'utf8')
    const site = await startEndpoint((_body, _request, response) => void response.end(text))
    const found = await Promise.all([
      desk.runJson(['check', credential, '--rpc', desk.anvil.url], {
        env: { CHAIN_RPC_URL: garbage.url },
      }),
      desk.runJson(['check', credential, '--network', 'localhost'], {
        env: { CHAIN_RPC_URL: garbage.url },
      }),
      desk.runJson(['check'], { input: text }),
      desk.runJson(['check', `${site.url}/credentials/1`]),
    ])
    await site.close()
    expect(found.map(({ code, json }) => [code, json.verdict])).toEqual(Array(4).fill([0, 'valid']))
  })

  it('never calls a credential invalid because something could not be read: exit code 2', async () => {
    const other = await desk.write('trust.json', '{"version":1,"chains":{},"colour":"red"}')
    const found = await Promise.all([
      desk.runJson(['check', credential, '--rpc', 'http://127.0.0.1:9']),
      desk.runJson(['check', credential, '--rpc', garbage.url]),
      desk.runJson(['check', '/nowhere/credential.json']),
      desk.runJson(['check', 'http://127.0.0.1:9/credential.json']),
      desk.runJson(['check', credential, '--trust', '/nowhere/trust.json']),
      desk.runJson(['check', credential, '--trust', other]),
    ])
    expect(found.map(({ code }) => code)).toEqual(Array(6).fill(2))
    expect(found.map(({ json }) => json.reason ?? json.error.code)).toEqual([
      'chain_unreachable',
      'chain_answer_malformed',
      'file_unusable',
      'credential_unreadable',
      'file_unusable',
      'trust_unknown_setting',
    ])
  })

  it('asks several endpoints, of which as many as are wanted must agree', async () => {
    const { url } = desk.anvil
    const check = (rpc: string, quorum: number) =>
      desk.runJson(['check', credential, '--rpc', rpc, '--quorum', String(quorum)])
    const found = await Promise.all([
      check(`${garbage.url},${url}`, 1),
      check(`${garbage.url}, ${url} ${url}?again`, 2),
      check(`${garbage.url},${url}`, 2),
      check(`${url},${url}`, 2),
    ])
    expect(found.map(({ code, json }) => [code, json.reason ?? json.error.code])).toEqual([
      [0, 'valid'],
      [0, 'valid'],
      [2, 'endpoints_disagree'],
      [2, 'quorum_unreachable'],
    ])
    expect(JSON.stringify(found[1]?.json.checks)).toContain('2 of 3 agreeing endpoints')
    const { stdout } = await must(
      desk.run(['audit', '--issuer', accounts.issuer, '--rpc', `${garbage.url},${url}`]),
    )
    expect(stdout).toContain('1 batch anchored')
  })

  it('does not wait for an endpoint that the others outvote', async () => {
    const { url } = desk.anvil
    const silent = await startEndpoint(() => new Promise(() => {}))
    const start = performance.now()
    const rpc = `${silent.url},${url},${url}?again`
    const { json } = await desk.runJson(['check', credential, '--rpc', rpc, '--quorum', '2'])
    expect(json.verdict).toBe('valid')
    expect(performance.now() - start).toBeLessThan(8000)
    await silent.close()
  })

  it('tells several credentials apart, and the worst decides: exit code 1', async () => {
    const forged = await altered(desk, credential, 'Data Literacy', 'Data Mastery')
    const twice = await desk.write('twice.json', '{"a":1,"a":2}')
    const deep = await desk.write('deep.json', '['.repeat(10_000))
    const files = [credential, forged, twice, deep, '/nowhere']
    const [json, text] = await Promise.all([
      desk.runJson(['check', ...files]),
      desk.run(['check', ...files]),
    ])
    expect([json.code, text.code]).toEqual([1, 1])
    expect(json.json.map((each: { file: string }) => each.file)).toEqual(files)
    const reasons = ['valid', 'tampered', 'duplicate_name', 'too_deep', 'file_unusable']
    expect(json.json.map(reasonOf)).toEqual(reasons)
    for (const reason of reasons) expect(text.stdout).toContain(`[${reason}]`)
    for (const verdict of ['VALID', 'INVALID', 'NOT A CREDENTIAL', 'NOT CHECKED']) {
      expect(text.stdout).toContain(`${verdict}: `)
    }
  })

  it('trusts only whom the trust file names', async () => {
    const nobody = await desk.write('nobody.json', '{"version":1,"acceptTestNetworks":true}')
    const strict = await desk.write('strict.json', '{"version":1}')
    const found = await Promise.all([
      desk.runJson(['check', credential, '--trust', nobody]),
      desk.runJson(['check', credential, '--trust', strict]),
    ])
    expect(found.map(({ code, json }) => [code, json.reason])).toEqual([
      [0, 'valid'],
      [1, 'test_network_refused'],
    ])
    expect(found[0]?.json.checks).toContainEqual(
      expect.objectContaining({ name: 'accreditation', code: 'accreditation_not_asked' }),
    )
  })
})

function reasonOf(each: {
  report?: { reason: string }
  error?: { code: string }
}): string | undefined {
  return each.report?.reason ?? each.error?.code
}
