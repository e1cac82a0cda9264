import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  contractAddresses,
  create2Address,
  type Deployed,
  deployContracts,
  type InitCodes,
} from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { action, type Hre } from './action.ts'
import { table } from './output.ts'
import { accountOf, openSession } from './session.ts'

interface Arguments {
  readonly out: string
  readonly account: string | undefined
  readonly json: boolean
}

/** Brings both contracts to the network's chain and records where; running it again changes nothing. */
export default action<Arguments>(async ({ account, out }, hre, output) => {
  await build(hre)
  const initCodes = await readInitCodes(hre)
  const registry = create2Address(initCodes.CredentialRegistry)
  if (registry !== contractAddresses.registry) {
    throw new InvalidInputError(
      'contracts_differ',
      `the compiled registry would lie at ${registry}, but the released one lies at ${contractAddresses.registry}, where verifiers look: build the released contracts (git checkout contracts hardhat.config.ts, npx hardhat build --force)`,
    )
  }
  const session = await openSession(hre)
  const from = accountOf(session, account)
  const deployed = await deployContracts(session.provider, from, initCodes)
  const file = resolve(hre.config.paths.root, out, `${session.chainId}.json`)
  const document = await record(file, session.chainId, deployed)
  output.say(
    table(
      deployed.map(({ contract, address, transaction }) => [
        contract,
        `${address} ${transaction ? `deployed by ${transaction}` : 'was there already'}`,
      ]),
    ),
  )
  output.say(`Recorded in ${file}.`)
  return { ...document, file }
})

/** Compiles the contracts where they are not; quiet, because with `--json` only the document may be written. */
async function build({ tasks }: Hre): Promise<void> {
  const { log } = console
  console.log = () => {}
  try {
    await tasks.getTask('build').run({ quiet: true, noTests: true })
  } finally {
    console.log = log
  }
}

/** Init code of both contracts as the compiler made it. */
async function readInitCodes({ artifacts }: Hre): Promise<InitCodes> {
  const read = async (name: keyof InitCodes) =>
    (await artifacts.readArtifact(name)).bytecode as `0x${string}`
  return {
    CredentialRegistry: await read('CredentialRegistry'),
    AccreditationRegistry: await read('AccreditationRegistry'),
  }
}

interface Entry {
  readonly address: string
  readonly transaction: string | null
}

/** Writes `deployments/<chain id>.json`; what was there already keeps the transaction that an earlier run recorded. */
async function record(file: string, chainId: number, deployed: readonly Deployed[]) {
  const earlier = await readEntries(file)
  const contracts: Record<string, Entry> = {}
  for (const { contract, address, transaction } of deployed) {
    const known = earlier[contract]?.address === address ? earlier[contract].transaction : null
    contracts[contract] = { address, transaction: transaction ?? known }
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ chainId, contracts }, null, 2)}\n`)
  return { chainId, contracts }
}

async function readEntries(file: string): Promise<Readonly<Record<string, Entry>>> {
  try {
    const { contracts } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly contracts?: Record<string, Entry>
    }
    return contracts ?? {}
  } catch {
    return {} // No record yet, or not one of ours: it is written anew.
  }
}
