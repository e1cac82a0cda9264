import { checksumAddress } from './abi.ts'
import { concatBytes, fromHex, type Hex, toHex } from './bytes.ts'
import type { Eip1193Provider } from './chain.ts'
import { keccak256 } from './hash.ts'
import type { ContractAddresses } from './trust.ts'

/** Where both contracts lie on every chain: the CREATE2 address of their released init code with salt 0. */
export const contractAddresses: ContractAddresses = {
  registry: '0x10AC6D2AC5D23A27c5e56b11a8948318b77487E3',
  accreditationRegistry: '0xC92244C73e9c1FB9a70c956b38DaD949D74221A1',
}

/**
 * The deterministic deployment proxy that most chains carry: call data is a salt of 32 bytes and init code. It was made by a
 * transaction without chain id whose sender nobody has a key for, so anybody can bring it to a chain that lacks it.
 */
const proxy = {
  address: '0x4e59b44847b379578588920cA78FbF26c0B4956C',
  deployer: '0x3fAB184622Dc19b6109349B94811493BF2a45362',
  deployerFunds: '0x2386f26fc10000',
  transaction:
    '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222',
} as const

const salt = new Uint8Array(32)

/** Init code of both contracts: the compiler's bytecode, they take no constructor arguments. */
export interface InitCodes {
  readonly CredentialRegistry: Hex
  readonly AccreditationRegistry: Hex
}

export type ContractName = keyof InitCodes

export interface Deployed {
  readonly contract: ContractName
  readonly address: string
  /** Hash of the transaction that deployed it; `undefined` where it was there already. */
  readonly transaction: string | undefined
}

/** The CREATE2 address of init code behind the proxy, EIP-1014. */
export function create2Address(initCode: Hex): string {
  const preimage = concatBytes(
    Uint8Array.of(0xff),
    fromHex(proxy.address),
    salt,
    keccak256(fromHex(initCode)),
  )
  return checksumAddress(toHex(keccak256(preimage).subarray(12)))
}

/**
 * Brings both contracts to a chain, with `from` (an account the provider can send for) paying; running it again changes nothing.
 *
 * Throws where a transaction fails or the code is not at its address afterwards.
 */
export async function deployContracts(
  provider: Eip1193Provider,
  from: string,
  initCodes: InitCodes,
): Promise<readonly Deployed[]> {
  await ensureProxy(provider, from)
  const deployed: Deployed[] = []
  for (const contract of ['CredentialRegistry', 'AccreditationRegistry'] as const) {
    const initCode = initCodes[contract]
    const address = create2Address(initCode)
    const transaction = (await hasCode(provider, address))
      ? undefined
      : await send(provider, {
          from,
          to: proxy.address,
          data: toHex(concatBytes(salt, fromHex(initCode))),
        })
    if (!(await hasCode(provider, address))) {
      throw new Error(`${contract} is not at ${address} after transaction ${transaction}`)
    }
    deployed.push({ contract, address, transaction })
  }
  return deployed
}

async function ensureProxy(provider: Eip1193Provider, from: string): Promise<void> {
  if (await hasCode(provider, proxy.address)) return
  await send(provider, { from, to: proxy.deployer, value: proxy.deployerFunds })
  const hash = await provider.request({
    method: 'eth_sendRawTransaction',
    params: [proxy.transaction],
  })
  await waitForReceipt(provider, String(hash))
}

/** Whether a contract lies at the address. */
export async function hasCode(provider: Eip1193Provider, address: string): Promise<boolean> {
  const code = await provider.request({ method: 'eth_getCode', params: [address, 'latest'] })
  return typeof code === 'string' && code.length > 2
}

async function send(
  provider: Eip1193Provider,
  transaction: Readonly<Record<string, string>>,
): Promise<string> {
  const hash = String(
    await provider.request({ method: 'eth_sendTransaction', params: [transaction] }),
  )
  await waitForReceipt(provider, hash)
  return hash
}

const pollMs = 500
const maxPolls = 600

async function waitForReceipt(provider: Eip1193Provider, hash: string): Promise<void> {
  for (let poll = 0; poll < maxPolls; poll++) {
    const receipt = await provider.request({ method: 'eth_getTransactionReceipt', params: [hash] })
    if (receipt) {
      const { status } = receipt as { readonly status?: string }
      if (status === '0x1') return
      throw new Error(`transaction ${hash} failed on chain`)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  throw new Error(
    `transaction ${hash} was not included within ${(pollMs * maxPolls) / 1000} seconds`,
  )
}
