import { Interface } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accreditationAbi } from '../../core/accreditation.ts'
import { contractAddresses } from '../../core/deployment.ts'
import { explainScope, requireScope } from '../../scripts/scope-text.ts'
import { codeOf } from '../core/thrown.ts'
import { accounts } from './anvil.ts'
import { type Desk, must, openDesk } from './desk.ts'

const { issuer, operator: council, accreditor } = accounts
const local = ['--network', 'localhost']
const by = (account: string) => ['--account', account, ...local, '--yes']

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const accredit = (subject: string, from: string, ...more: string[]) =>
  desk.run(['accredit', subject, ...more, ...by(from)])

/** A name that is no UTF-8, breaks lines and steers a terminal: anybody can write one without this command. */
async function accreditInBadText(from: string): Promise<void> {
  const { provider } = desk.anvil
  const profileHash = `0x${'0'.repeat(64)}`
  const plain = {
    validFrom: 0,
    validUntil: 0,
    maySubaccredit: false,
    profileHash,
    scope: '',
    did: '',
  }
  const statement = { ...plain, subject: accreditor, name: 'ABCDEFGHIJKLM' }
  const data = new Interface(accreditationAbi).encodeFunctionData('accredit', [statement])
  const bad = data.replace('4142434445464748494a4b4c4d', '41ff0a0a56414c49441b5b324a')
  const signer = await provider.getSigner(from)
  const sent = await signer.sendTransaction({
    to: contractAddresses.accreditationRegistry,
    data: bad,
  })
  await sent.wait()
}

describe('accrediting for a scope', () => {
  it('says back in words what is about to be written, in the one way in which it is written', async () => {
    const scope = 'types: microcredential ,Badge; EQF: 5–6; isced: 0613,07;'
    const terms = ['--name', 'Council', '--scope', scope, '--may-subaccredit', '--dry-run']
    const { code, stdout } = await accredit(council, accreditor, ...terms)
    expect(code).toBe(0)
    expect(stdout).toContain('types: Badge, MicroCredential; eqf: 5-6; isced: 0613, 07')
    expect(stdout).toContain(
      'only achievements of type Badge or MicroCredential, at EQF levels 5-6, in ISCED-F fields 0613 (in information and communication technologies), 07 (engineering, manufacturing and construction, all of it)',
    )
    expect(explainScope('Short courses')).toContain('compare nothing with it')
    expect(explainScope('eqf: 5')).toBe('only achievements at EQF level 5')
    expect(codeOf(() => requireScope('é'.repeat(129)))).toBe('scope_too_long')
    expect(requireScope(' Short courses: all of them ')).toBe('Short courses: all of them')
  })

  it.each([
    ['scope_malformed', ['--name', 'C', '--scope', 'eqf: 5 to 6']],
    ['did_malformed', ['--name', 'C', '--did', 'uni.example']],
    ['text_hidden', ['--name', 'C\u202eytisrevinU']],
  ])('writes nothing that is wrong for ever: %s', async (reason, terms) => {
    const args = ['accredit', issuer, ...terms, ...by(accreditor)]
    const { code, json } = await desk.runJson(args)
    expect([code, json.error.code]).toEqual([1, reason])
  })
})

describe('the accreditors of a trust file', () => {
  it('are shown with whom they accredit, and on whose behalf, whatever names they give', async () => {
    const scope = ['--scope', 'eqf: 5-6', '--may-subaccredit']
    await must(accredit(council, accreditor, '--name', 'Engineering Council', ...scope))
    const terms = ['--name', 'Northfield', '--valid-from', '2026-01-01T00:00:00Z']
    await must(accredit(issuer, council, ...terms))
    await accreditInBadText(council)
    const { stdout } = await must(desk.run(['accreditations', ...local]))
    expect(stdout.trimEnd().split('\n')).toEqual([
      `Demo Quality Agency (${accreditor}) accredits:`,
      `  0  Engineering Council (${council})`,
      '     scope “eqf: 5-6”',
      '     may issue only achievements at EQF levels 5-6',
      expect.stringMatching(/^ {5}since 2\S+, until open$/),
      '     may accredit others',
      `  Engineering Council (${council}) accredits:`,
      `    0  Northfield (${issuer})`,
      '       may issue anything',
      '       since 2026-01-01T00:00:00Z, until open',
      `    1  A\ufffd VALID[2J (${accreditor})`,
      '       may issue anything',
      '       since ever, until open',
    ])
  })

  it('are shown in every credential’s report, each with its scope', async () => {
    const { batch, credentials } = await desk.issue(['Ada'])
    await must(desk.run(['anchor', '--batch', batch, ...local, '--yes']))
    const { stdout } = await must(desk.run(['check', credentials[0] as string]))
    expect(stdout).toContain(`by             Engineering Council (${council}), scope “eqf: 5-6”`)
    expect(stdout).toMatch(new RegExp(`by +Demo Quality Agency \\(${accreditor}\\)\n`))
    const none = await desk.write('none.json', '{"version":1,"acceptTestNetworks":true}')
    const asked = await must(desk.run(['check', '--trust', none, credentials[0] as string]))
    expect(asked.stdout).toContain('nobody was asked who the issuer is. Name accreditors')
  })

  it('are missing from one that is empty: what that means and how to name one is said', async () => {
    const none = await desk.write('none.json', '{"version":1}')
    const args = ['accreditations', '--trust', none, ...local]
    const { stdout } = await must(desk.run(args))
    expect(stdout).toContain('names no root accreditors for Local test chain (chain 31337)')
    expect(stdout).toContain('"rootAccreditors":[{"account":"0x…"')
    expect((await desk.runJson(args)).json).toEqual({ chainId: 31337, accreditors: [] })
  })

  it('are refused with the place where the file is wrong', async () => {
    const wrong = await desk.write(
      'wrong.json',
      `{"version":1,"chains":{"31337":{"rootAccreditors":[{"account":"${accreditor}","name":"A"},{"account":"0x12","name":"B"}]}}}`,
    )
    const { code, json } = await desk.runJson(['accreditations', '--trust', wrong, ...local])
    expect([code, json.error.code, json.error.pointer]).toEqual([
      1,
      'address_malformed',
      '/chains/31337/rootAccreditors/1/account',
    ])
  })
})
