import { BrowserProvider, isError, Transaction, Wallet } from 'ethers'
import { toHex } from '../core/bytes.ts'
import { ChainUnreadableError, readLatestBlock } from '../core/chain.ts'
import { messageOf } from '../core/error.ts'
import { operatorRoles } from '../core/registry.ts'
import { RpcError } from '../core/rpc.ts'
import type { StatusWords } from '../core/status.ts'
import { readAnchor, readRoles, registryInterface, type ServiceChain } from './chains.ts'
import type { Database } from './database.ts'

export type SendProblem =
  | 'insufficient_funds'
  | 'operator_not_authorised'
  | 'chain_unreadable'
  | 'transaction_refused'
  | 'transaction_pending'

/** A transaction that was not sent, or whose fate is unknown yet (`transaction_pending`). */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly code: SendProblem

  constructor(code: SendProblem, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

export type OperatorRole = keyof typeof operatorRoles
export type StatusCall = 'revoke' | 'suspend' | 'reinstate'

/** One batch to anchor; `root` has 32 bytes. */
export interface RootToAnchor {
  readonly root: Uint8Array
  readonly size: number
}

/** Sends transactions with the operator key, one after the other; every method resolves once the change is included. */
export interface Sender {
  readonly operator: string
  /** Throws `SendError` where the issuer has not given the operator this role. */
  readonly requireRole: (issuer: string, role: OperatorRole) => Promise<void>
  /** Anchors the roots that are not anchored yet. `onSent` is told the hash, durable, before the transaction leaves. */
  readonly anchor: (
    issuer: string,
    roots: readonly RootToAnchor[],
    onSent: (hash: string) => Promise<void>,
  ) => Promise<void>
  /** Reads what to do when its turn has come, so that nothing is sent twice, and does it step by step. */
  readonly changeStatus: (
    issuer: string,
    root: Uint8Array,
    read: () => Promise<readonly StatusStep[]>,
  ) => Promise<void>
}

/** One kind of change in a batch. `onIncluded` records it once all its transactions are included. */
export interface StatusStep {
  readonly call: StatusCall
  readonly runs: readonly StatusWords[]
  readonly onIncluded: () => Promise<void>
}

const inclusionTimeoutMs = 120_000

export function createSender(
  service: ServiceChain,
  key: string,
  exclusively: Database['exclusively'],
): Sender {
  const { chainId, registry, chain } = service
  const provider = new BrowserProvider(
    {
      request: ({ method, params }) =>
        chain.provider.request({ method, params: params as unknown[] }),
    },
    chainId,
    { staticNetwork: true, cacheTimeout: -1 },
  )
  const wallet = new Wallet(key, provider)

  const send = async (data: string, onSent: (hash: string) => Promise<void>) => {
    const populated = await wallet.populateTransaction({ to: registry, data })
    // Asked first, because every client words its refusal differently.
    const price = BigInt(populated.maxFeePerGas ?? populated.gasPrice ?? 0)
    const most = BigInt(populated.gasLimit ?? 0) * price
    if ((await provider.getBalance(wallet.address)) < most) throw withoutFunds(wallet.address)
    const signed = await wallet.signTransaction(populated)
    const hash = Transaction.from(signed).hash as string
    await onSent(hash)
    await broadcast(service, signed, hash)
    await waitForInclusion(service, hash)
  }
  /** One transaction of this key at a time, over all processes, so that nonces follow each other. */
  const inTurn = <T>(work: (block: { number: number; time: number }) => Promise<T>) =>
    exclusively(`operator ${chainId} ${wallet.address}`, async () => {
      try {
        return await work(await readLatestBlock(chain, chainId))
      } catch (thrown) {
        throw sendError(thrown, wallet.address)
      }
    })

  return {
    operator: wallet.address,
    async requireRole(issuer, role) {
      try {
        if (issuer === wallet.address) return
        const roles = await readRoles(
          service,
          issuer,
          wallet.address,
          await readLatestBlock(chain, chainId),
        )
        if ((roles & operatorRoles[role]) === 0) throw notAuthorised(wallet.address)
      } catch (thrown) {
        throw sendError(thrown, wallet.address)
      }
    },
    anchor: (issuer, roots, onSent) =>
      inTurn(async (block) => {
        const known = await Promise.all(
          roots.map(({ root }) => readAnchor(service, issuer, root, block.number)),
        )
        const missing = roots.filter((_, i) => known[i] === undefined)
        const [only] = missing
        if (!only) return
        const data =
          missing.length === 1
            ? registryInterface.encodeFunctionData('anchorFor', [
                issuer,
                toHex(only.root),
                only.size,
              ])
            : registryInterface.encodeFunctionData('anchorMany', [
                issuer,
                missing.map(({ root, size }) => [toHex(root), size]),
              ])
        await send(data, onSent)
      }),
    changeStatus: (issuer, root, read) =>
      inTurn(async () => {
        for (const { call, runs, onIncluded } of await read()) {
          for (const { firstWord, words } of runs) {
            const values = [issuer, toHex(root), firstWord, words]
            await send(registryInterface.encodeFunctionData(call, values), async () => undefined)
          }
          await onIncluded()
        }
      }),
  }
}

async function broadcast({ chain }: ServiceChain, signed: string, hash: string): Promise<void> {
  try {
    await chain.provider.request({ method: 'eth_sendRawTransaction', params: [signed] })
  } catch (thrown) {
    if (thrown instanceof RpcError) {
      const message = `${chain.label} refuses the transaction: ${thrown.message.slice(0, 200)}`
      throw new SendError('transaction_refused', message, thrown)
    }
    // Whether it arrived is not known: taking it for lost could mean to pay twice.
    throw pending(hash)
  }
}

async function waitForInclusion({ chain }: ServiceChain, hash: string): Promise<void> {
  const deadline = performance.now() + inclusionTimeoutMs
  for (let pause = 50; performance.now() < deadline; pause = Math.min(2000, pause * 2)) {
    const receipt = await chain.provider
      .request({ method: 'eth_getTransactionReceipt', params: [hash] })
      .catch(() => null) // The transaction is out: an endpoint that fails now says nothing about it.
    if (typeof receipt === 'object' && receipt !== null) {
      if ((receipt as { readonly status?: unknown }).status === '0x1') return
      throw new SendError('transaction_refused', `transaction ${hash} was included and reverted`)
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  throw pending(hash)
}

function pending(hash: string): SendError {
  return new SendError(
    'transaction_pending',
    `transaction ${hash} was sent and is not included yet; it will be watched`,
  )
}

function notAuthorised(operator: string): SendError {
  return new SendError(
    'operator_not_authorised',
    `the issuer's account has not authorised the operator ${operator} on chain, or no longer; call setOperator with the issuer's key`,
  )
}

function withoutFunds(operator: string): SendError {
  return new SendError(
    'insufficient_funds',
    `the operator ${operator} has no funds to pay the fee; send it some and try again`,
  )
}

function sendError(thrown: unknown, operator: string): SendError {
  if (thrown instanceof SendError) return thrown
  if (thrown instanceof ChainUnreadableError) {
    return new SendError('chain_unreadable', thrown.message, thrown)
  }
  if (isError(thrown, 'INSUFFICIENT_FUNDS')) return withoutFunds(operator)
  if (isError(thrown, 'CALL_EXCEPTION')) {
    const reason = thrown.data ? registryInterface.parseError(thrown.data)?.name : undefined
    if (reason === 'NotAuthorized' || reason === 'OperatorExpired') return notAuthorised(operator)
    const said = reason ?? thrown.shortMessage
    return new SendError('transaction_refused', `the registry refuses: ${said}`, thrown)
  }
  return new SendError('chain_unreadable', nodeMessage(thrown).slice(0, 300), thrown)
}

/** What the node said, without the library's wrapping, which repeats the whole request. */
function nodeMessage(thrown: unknown): string {
  const { error } = thrown as { readonly error?: { readonly message?: unknown } }
  return typeof error?.message === 'string' ? error.message : messageOf(thrown)
}
