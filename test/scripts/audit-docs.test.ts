import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { leafOf } from '../../core/tree-path.ts'
import { filesAt } from '../../scripts/audit/batches.ts'
import { tasks } from '../../scripts/tasks.ts'
import { type Anvil, accounts, startAnvil } from './anvil.ts'
import { projectRoot, run } from './command.ts'
import { type Endpoint, startEndpoint } from './endpoint.ts'

const sepolia = 11155111
/** The key of the first account of the well-known phrase, as the page names it. */
const key = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

describe('the walk-through of docs/audit.md', () => {
  let page: string
  let folder: string
  let anvil: Anvil
  let service: Endpoint
  beforeAll(async () => {
    page = await readFile(join(projectRoot, 'docs', 'audit.md'), 'utf8')
    folder = await mkdtemp(join(tmpdir(), 'rootmark-walk-'))
    anvil = await startAnvil(sepolia)
    // Whoever serves the leaves publishes the batch.
    service = await startEndpoint(async (_body, request, response) => {
      const files = await filesAt(join(folder, 'out'), 'batch.ndjson')
      const batches = await Promise.all(
        files.map(async (file) => parseBatchFile(await readFile(file, 'utf8'))),
      )
      const batch = batches.find(({ root }) => request.url === `/leaves/${accounts.issuer}/${root}`)
      if (!batch) return void response.writeHead(404).end()
      const leaves = batch.entries.map(({ digest }, i) => leafOf(digest, i))
      response.end(Buffer.concat(leaves))
    })
  })
  afterAll(async () => {
    await service?.close()
    await anvil?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('runs as it stands, with anvil in place of Sepolia', async () => {
    const [, section = ''] = page.split('## On a public testnet\n')
    const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
    const lines = blocks.flatMap((block) => block.trim().split('\n'))
    const settings = lines.filter((line) => line.startsWith('export '))
    const commands = lines.filter((line) => !line.startsWith('export '))
    expect(settings).toEqual([
      'export SEPOLIA_RPC_URL=https://sepolia.example',
      `export ISSUER=${accounts.issuer}`,
    ])
    expect(section).toContain(`SEPOLIA_PRIVATE_KEY=${key}`)
    expect(commands.length).toBeGreaterThanOrEqual(10)
    const env = {
      SEPOLIA_RPC_URL: anvil.url,
      SEPOLIA_PRIVATE_KEY: key,
      ISSUER: accounts.issuer,
      OTHER_RPC_URL: `${anvil.url}/?other`,
      SERVICE: service.url,
    }
    const said: string[] = []
    for (const command of commands) {
      const here = command.replaceAll('../try', folder)
      const { code, stdout, stderr } = await run('bash', ['-c', here], { env })
      expect(code, `${command}\n${stdout}${stderr}`).toBe(0)
      if (command.includes('scripts/audit.ts')) said.push(stdout)
    }
    const [alone, published, rebuilt, agreed, changed] = said
    const hash = 'block hash 0x[0-9a-f]{64}, which'
    expect(alone).toMatch(
      new RegExp(`^1 batch anchored, as of block \\d+ .*proved against ${hash}`),
    )
    expect(alone).toContain('1 revoked\nNothing to object to on the chain; no tree was rebuilt.')
    expect(published).toContain('rebuilt: root matches\nNothing to object to.')
    expect(rebuilt).toMatch(
      /all \d+ in the batch files: \d+ active, 1 revoked\.\nNothing to object/,
    )
    expect(agreed).toMatch(new RegExp(`${hash} 2 of 2 agreeing endpoints`))
    expect(changed).toMatch(/it was changed after it was anchored\. \[batch_altered\]\n1 finding\./)
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('<title>Audit of 0xf39F')
  }, 120_000)

  it('names every option that there is, and none that there is not', () => {
    const task = tasks.find(({ id }) => id.join() === 'audit')
    const options = Object.keys(task && 'options' in task ? task.options : {}).map(
      (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    )
    const [, table = ''] = page.split('## What to give it')
    const rows = table.slice(0, table.indexOf('Exit code 0')).matchAll(/`(--[a-z-]+)/g)
    expect([...new Set([...rows].map(([, name]) => name))].sort()).toEqual(options.sort())
  })
})
