import { Signature, type Signer, toBeHex, ZeroAddress } from 'ethers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  as,
  bytes32,
  type CredentialRegistry,
  type Deployed,
  deploy,
  mined,
  refusal,
  startChain,
} from './fixture.ts'

const DAY = 86_400n
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>
let relayed: Deployed<CredentialRegistry>
let issuer: string
let deadline: bigint

beforeAll(async () => {
  chain = await startChain()
  issuer = chain.issuer.address
})

beforeEach(async () => {
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
  relayed = as(registry, chain.stranger)
  const block = await chain.ethers.provider.getBlock('latest')
  deadline = BigInt(block?.timestamp ?? 0) + DAY
})

interface Consent {
  readonly signer?: Signer
  readonly account?: string
  readonly root?: string
  readonly size?: number
  readonly chainId?: bigint
  readonly verifyingContract?: string
}

/** What a wallet signs, written out here and not taken from the contract. */
async function sign(consent: Consent = {}): Promise<string> {
  const { chainId } = await chain.ethers.provider.getNetwork()
  return (consent.signer ?? chain.issuer).signTypedData(
    {
      name: 'Rootmark CredentialRegistry',
      version: '1',
      chainId: consent.chainId ?? chainId,
      verifyingContract: consent.verifyingContract ?? (await registry.getAddress()),
    },
    {
      Anchor: [
        { name: 'issuer', type: 'address' },
        { name: 'root', type: 'bytes32' },
        { name: 'size', type: 'uint32' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    {
      issuer: consent.account ?? issuer,
      root: consent.root ?? bytes32(1),
      size: consent.size ?? 30,
      deadline,
    },
  )
}

function refused(signature: string, account = issuer): Promise<readonly unknown[]> {
  const call = relayed.anchorBySig(account, bytes32(1), 30, deadline, signature)
  return refusal(registry, call, 'InvalidSignature')
}

describe('anchorBySig', () => {
  test('anchors for the signer, whoever relays it', async () => {
    await mined(relayed.anchorBySig(issuer, bytes32(1), 30, deadline, await sign()))
    expect((await registry.anchorOf(issuer, bytes32(1))).size).toBe(30n)
    expect(await registry.anchorCount(chain.stranger.address)).toBe(0n)
  })

  test('says which domain it is (ERC-5267)', async () => {
    const domain = await registry.getFunction('eip712Domain').staticCall()
    expect([domain.name, domain.version, domain.verifyingContract]).toEqual([
      'Rootmark CredentialRegistry',
      '1',
      await registry.getAddress(),
    ])
  })

  test('takes a signature until its deadline, and not a second longer', async () => {
    const signature = await sign()
    await chain.ethers.provider.send('evm_setNextBlockTimestamp', [Number(deadline)])
    await mined(relayed.anchorBySig(issuer, bytes32(1), 30, deadline, signature))
    const late = relayed.anchorBySig(issuer, bytes32(1), 30, deadline, signature)
    expect(await refusal(registry, late, 'SignatureExpired')).toEqual([deadline])
  })

  test('attack: the same signature twice', async () => {
    const signature = await sign()
    await mined(relayed.anchorBySig(issuer, bytes32(1), 30, deadline, signature))
    const again = relayed.anchorBySig(issuer, bytes32(1), 30, deadline, signature)
    await refusal(registry, again, 'AlreadyAnchored')
  })

  test('attack: a signature for another chain', async () => {
    expect(await refused(await sign({ chainId: 1n }))).toEqual([issuer])
  })

  test('attack: a signature for another registry', async () => {
    const twin = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
    await refused(await sign({ verifyingContract: await twin.getAddress() }))
  })

  test('attack: a signature of another issuer, or meant for another', async () => {
    await refused(await sign({ signer: chain.other }))
    await refused(await sign({ account: chain.other.address }), chain.other.address)
  })

  test('attack: another root, size or deadline than was signed', async () => {
    await refused(await sign({ root: bytes32(2) }))
    await refused(await sign({ size: 31 }))
    const call = relayed.anchorBySig(issuer, bytes32(1), 30, deadline + 1n, await sign())
    await refusal(registry, call, 'InvalidSignature')
  })

  test('attack: the malleable twin of a signature, before and after it was used', async () => {
    const { r, s, v } = Signature.from(await sign())
    const twinS = toBeHex(CURVE_ORDER - BigInt(s), 32)
    const twin = `${r}${twinS.slice(2)}${v === 27 ? '1c' : '1b'}`
    await refused(twin)
    await mined(relayed.anchorBySig(issuer, bytes32(1), 30, deadline, await sign()))
    await refused(twin)
  })

  test('attack: garbage in the name of the zero address, which is what a failed recovery yields', async () => {
    await refused('0x', ZeroAddress)
    await refused(`0x${'00'.repeat(65)}`, ZeroAddress)
    await refused(`0x${'ff'.repeat(65)}`, ZeroAddress)
  })
})

describe('a contract account (ERC-1271)', () => {
  test('anchors with a signature that it accepts', async () => {
    const wallet = await deploy<object>('SmartWallet', chain.issuer, chain.other.address)
    const account = await wallet.getAddress()
    const signature = await sign({ signer: chain.other, account })
    await mined(relayed.anchorBySig(account, bytes32(1), 30, deadline, signature))
    expect((await registry.anchorOf(account, bytes32(1))).sequence).toBe(1n)
  })

  test('attack: a signature that it does not accept, or no more', async () => {
    const wallet = await deploy<object>('SmartWallet', chain.issuer, chain.other.address)
    const account = await wallet.getAddress()
    await refused(await sign({ signer: chain.stranger, account }), account)
    const signature = await sign({ signer: chain.other, account })
    await mined(wallet.getFunction('setOwner').send(chain.stranger.address))
    await refused(signature, account)
  })

  test('attack: a contract that is no wallet', async () => {
    const account = await registry.getAddress()
    await refused(await sign({ account }), account)
  })
})

describe('an account with delegated code (EIP-7702)', () => {
  test('still anchors with the signature of its key', async () => {
    const { ethers } = chain
    const code = await deploy<object>('DelegatedCode', chain.issuer)
    const key = ethers.Wallet.createRandom(ethers.provider)
    const authorization = await key.authorize({
      address: await code.getAddress(),
      nonce: 0,
      chainId: (await ethers.provider.getNetwork()).chainId,
    })
    await mined(
      chain.stranger.sendTransaction({
        type: 4,
        to: chain.stranger.address,
        authorizationList: [authorization],
      }),
    )
    const delegation = await ethers.provider.getCode(key.address)
    expect(delegation).toBe(`0xef0100${(await code.getAddress()).slice(2).toLowerCase()}`)

    const signature = await sign({ signer: key, account: key.address })
    await mined(relayed.anchorBySig(key.address, bytes32(1), 30, deadline, signature))
    expect((await registry.anchorOf(key.address, bytes32(1))).sequence).toBe(1n)
    await refused(await sign({ signer: chain.other, account: key.address }), key.address)
  })
})
