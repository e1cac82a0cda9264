import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { accredit, altered, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'

const onChain = ['--network', 'localhost', '--yes']

describe('a batch, from the roster to its withdrawal, on a chain that is not Hardhat’s', () => {
  let desk: Desk
  let batch: IssuedBatch
  let first: string
  let second: string

  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    batch = await desk.issue([
      'Ελένη Παπαδοπούλου',
      '王小明',
      'فاطمة الزهراء',
      'Nguyễn Thị Hồng',
      'Zoë',
    ])
    ;[first, second] = batch.credentials as [string, string]
  })
  afterAll(() => desk.close())

  it('deploys to the same addresses again without a transaction', async () => {
    const before = await desk.anvil.provider.getTransactionCount(accounts.issuer)
    const { code, json } = await desk.runJson([
      'deploy',
      '--network',
      'localhost',
      '--out',
      desk.folder,
    ])
    expect(code).toBe(0)
    expect(Object.keys(json.contracts)).toEqual(['CredentialRegistry', 'AccreditationRegistry'])
    expect(json.contracts.CredentialRegistry.transaction).toMatch(/^0x[0-9a-f]{64}$/)
    expect(await desk.anvil.provider.getTransactionCount(accounts.issuer)).toBe(before)
  })

  it('accredits once, however often it is asked', async () => {
    await accredit(desk)
    const { json } = await desk.runJson([
      'accredit',
      '--list',
      accounts.accreditor,
      '--network',
      'localhost',
    ])
    expect(json.accreditations).toHaveLength(1)
    expect(json.accreditations[0].statement).toMatchObject({
      subject: accounts.issuer,
      name: 'Northfield University',
    })
  })

  it('calls a credential that is not anchored yet by its reason', async () => {
    const { code, json } = await desk.runJson(['check', first])
    expect([code, json.verdict, json.reason]).toEqual([1, 'invalid', 'anchor_unknown'])
  })

  it('shows cost in a dry run and sends nothing', async () => {
    const before = await desk.anvil.provider.getBlockNumber()
    const { code, stdout } = await desk.run([
      'anchor',
      '--batch',
      batch.batch,
      '--network',
      'localhost',
      '--dry-run',
    ])
    expect(code).toBe(0)
    for (const shown of [
      batch.root,
      'chain 31337',
      accounts.issuer,
      'Gas',
      'Fee',
      'Per credential',
    ]) {
      expect(stdout).toContain(shown)
    }
    expect(stdout).toContain('Nothing was sent')
    expect(await desk.anvil.provider.getBlockNumber()).toBe(before)
  })

  it('sends nothing without a yes', async () => {
    const { code, stderr } = await desk.run([
      'anchor',
      '--batch',
      batch.batch,
      '--network',
      'localhost',
    ])
    expect(code).toBe(1)
    expect(stderr).toContain('[confirmation_missing]')
  })

  it('anchors, and says so when it is run again', async () => {
    const anchor = ['anchor', '--batch', batch.batch, ...onChain]
    const done = await desk.runJson(anchor)
    expect(done.json).toMatchObject({
      root: batch.root,
      size: 5,
      alreadyAnchored: false,
      anchor: { sequence: 1 },
    })
    expect(done.json.transactions).toHaveLength(1)
    const again = await desk.runJson(anchor)
    expect(again.code).toBe(0)
    expect(again.json).toMatchObject({ alreadyAnchored: true, anchor: { sequence: 1 } })
  })

  it('finds every credential valid, with the name that the accreditor gave', async () => {
    const { code, stdout } = await desk.run(['check', ...batch.credentials])
    expect(code).toBe(0)
    expect(stdout.match(/^VALID: /gm)).toHaveLength(5)
    expect(stdout).toContain('accredited as  Northfield University')
  })

  it('finds a changed credential tampered with', async () => {
    const forged = await altered(desk, first, 'Data Literacy', 'Data Mastery')
    const { code, json } = await desk.runJson(['check', forged])
    expect([code, json.verdict, json.reason]).toEqual([1, 'invalid', 'tampered'])
  })

  it('revokes for good, once', async () => {
    const revoke = ['revoke', first, ...onChain]
    expect((await desk.runJson(revoke)).json).toMatchObject({
      changed: 1,
      batches: [{ root: batch.root }],
    })
    expect((await desk.run(revoke)).stdout).toContain('Nothing to do')
    const { code, json } = await desk.runJson(['check', first])
    expect([code, json.reason]).toEqual([1, 'revoked'])
  })

  it('suspends and reinstates', async () => {
    await must(desk.run(['suspend', second, ...onChain]))
    expect((await desk.runJson(['check', second])).json.reason).toBe('suspended')
    await must(desk.run(['reinstate', second, ...onChain]))
    expect((await desk.runJson(['check', second])).json.verdict).toBe('valid')
    expect((await desk.run(['reinstate', second, ...onChain])).stdout).toContain('Nothing to do')
  })

  it('lets an operator do what its role allows', async () => {
    const { issuer, operator } = accounts
    const other = await desk.issue(['Łukasz', 'Žaneta'])
    const asOperator = ['--account', operator, ...onChain]
    const anchor = ['anchor', '--batch', other.batch, '--operator', ...asOperator]
    expect((await desk.runJson(anchor)).json.error.code).toBe('not_authorized')
    const allow = [
      'operator',
      operator,
      '--roles',
      'anchor',
      '--until',
      '2090-01-01T00:00:00Z',
      ...onChain,
    ]
    expect((await desk.runJson(allow)).json).toMatchObject({ issuer, roles: ['anchor'] })
    expect((await desk.runJson(anchor)).json.anchor.sequence).toBe(2)
    const revoke = ['revoke', '--batch', other.batch, '--index', '0', ...asOperator]
    expect((await desk.runJson(revoke)).json.error.code).toBe('not_authorized')
    const remove = ['operator', operator, '--remove', ...onChain]
    expect((await desk.runJson(remove)).json.roles).toEqual([])
    expect((await desk.runJson(remove)).json.unchanged).toBe(true)
  })

  it('withdraws a whole batch, once', async () => {
    const withdraw = ['withdraw', '--batch', batch.batch, ...onChain]
    expect((await desk.runJson(withdraw)).json.alreadyWithdrawn).toBe(false)
    expect((await desk.runJson(withdraw)).json.alreadyWithdrawn).toBe(true)
    const { code, json } = await desk.runJson(['check', second])
    expect([code, json.reason]).toEqual([1, 'withdrawn'])
  })

  it('ends an accreditation from now on: what was anchored before stays accredited', async () => {
    await desk.anvil.provider.send('evm_increaseTime', [1]) // Blocks of one second have one time.
    const end = ['accredit', '--withdraw', '0', '--account', accounts.accreditor, ...onChain]
    expect((await desk.runJson(end)).json.index).toBe(0)
    expect((await desk.runJson(end)).json.alreadyWithdrawn).toBe(true)
    const { json } = await desk.runJson(['check', second])
    expect(json.accreditation.withdrawnAt).toBeDefined()
    expect(json.checks).toContainEqual(
      expect.objectContaining({ name: 'accreditation', outcome: 'valid' }),
    )
  })
})
