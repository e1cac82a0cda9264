import { BrowserProvider, Transaction, Wallet } from 'ethers'
import { toHex } from '../core/bytes.ts'
import { readLatestBlock } from '../core/chain.ts'
import { operatorRoles } from '../core/registry.ts'
import { halvesOf, type StatusWords } from '../core/status.ts'
import { readAnchor, readRoles, registryInterface, type ServiceChain } from './chains.ts'
import type { Database } from './database.ts'
import { readGasTerms, suggestFees } from './fees.ts'
import { freeNonce } from './free-nonce.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import {
  isTooMuchGas,
  notAuthorised,
  pending,
  SendError,
  sendError,
  tooMuchGas,
  withoutFunds,
} from './send-error.ts'
import { type Desk, deliver, settleTransactions } from './settle.ts'
import type { TransactionPurpose } from './tables.ts'
import { batchesOnTheirWay, pendingTransactions, recordSigned, stillBuilt } from './transactions.ts'

export type OperatorRole = keyof typeof operatorRoles
export type StatusCall = 'revoke' | 'suspend' | 'reinstate'

/** One batch to anchor; `root` has 32 bytes. */
export interface BatchToAnchor {
  readonly id: string
  readonly root: Uint8Array
  readonly size: number
}

/** One kind of change in a batch. */
export interface StatusStep {
  readonly call: StatusCall
  readonly runs: readonly StatusWords[]
}

/**
 * Sends transactions with the operator key. All processes on one database take turns, so that nonces follow each other; every transaction
 * is durable before it leaves.
 */
export interface Sender {
  readonly operator: string
  /** Throws `SendError` where the issuer has not given the operator this role. */
  readonly requireRole: (issuer: string, role: OperatorRole) => Promise<void>
  /** Follows what is on its way until nothing is, or patience ends; returns whether anything was. Safe to call any time. Throws `SendError`. */
  readonly settle: (patienceMs: number) => Promise<boolean>
  /** Sends one transaction for those batches that are built still and not anchored yet; does not wait for its inclusion. */
  readonly anchor: (issuer: string, batches: readonly BatchToAnchor[]) => Promise<void>
  /**
   * Does what `read` asks for until it asks for nothing, and resolves then. It reads in its turn and never while a change of the
   * batch is on its way, so that nothing is sent twice; what it asks for are transactions of `gas` at most. Throws `SendError`, `transaction_pending` where patience ends first.
   */
  readonly changeStatus: (
    batch: { readonly id: string; readonly account: string; readonly root: Uint8Array },
    read: (gas: number) => Promise<readonly StatusStep[]>,
    patienceMs: number,
  ) => Promise<void>
  /** What the sender lets one status call cost now, and the price of a gas in wei. Throws `SendError`. */
  readonly statusTerms: () => Promise<{ readonly gas: number; readonly price: bigint }>
}

export function createSender(options: {
  readonly service: ServiceChain
  readonly key: string
  readonly database: Pick<Database, 'db' | 'exclusively'>
  readonly maxFeeGwei: number
  /** What chain and operator let one transaction cost. */
  readonly maxTransactionGas: number
  readonly replaceAfterSeconds: number
  readonly log: Log
}): Sender {
  const { service, database, log } = options
  const { db } = database
  const { chainId, registry, chain } = service
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    chain.provider.request({ method, params: params as unknown[] })
  const provider = new BrowserProvider({ request }, chainId, {
    staticNetwork: true,
    cacheTimeout: -1,
  })
  const wallet = new Wallet(options.key)
  const operator = wallet.address
  const account = { operator, chainId }
  const desk: Desk = {
    db,
    service,
    account,
    ceiling: BigInt(options.maxFeeGwei) * 1_000_000_000n,
    replaceAfterMs: options.replaceAfterSeconds * 1000,
    log,
    async sign({ nonce, to, data, gasLimit, fees, purpose }) {
      const { maxFee, maxPriorityFee } = fees
      const raw = await wallet.signTransaction({
        type: 2,
        chainId,
        nonce,
        to,
        data,
        gasLimit,
        maxFeePerGas: maxFee,
        maxPriorityFeePerGas: maxPriorityFee,
      })
      const hash = Transaction.from(raw).hash as string
      return { nonce, hash, raw, maxFee, maxPriorityFee, purpose }
    },
  }

  /** One process at a time, with whatever was on its way followed up first. */
  const inTurn = <T>(work: (settled: { found: number; left: number }) => Promise<T>) =>
    database.exclusively(`operator ${chainId} ${operator}`, async () => {
      try {
        killPoint('turn.begun')
        return await work(await settleTransactions(desk))
      } catch (thrown) {
        throw sendError(thrown, operator)
      }
    })

  const send = async (data: string, purpose: TransactionPurpose, batchIds: readonly string[]) => {
    const fees = await suggestFees(service, desk.ceiling)
    const estimate = await provider.estimateGas({ from: operator, to: registry, data })
    const most = purpose === 'status' ? BigInt(options.maxTransactionGas) : 2n * estimate
    if (estimate > most) throw tooMuchGas(most)
    // Other changes may come first and make a word of the storage fresh or a slot new.
    const roomy = estimate + estimate / 4n + 5000n
    const gasLimit = roomy < most ? roomy : most
    const waiting = (await pendingTransactions(db, account)).map(({ raw }) => Transaction.from(raw))
    const dearest = waiting.reduce(
      (sum, other) => sum + other.gasLimit * (other.maxFeePerGas ?? 0n),
      gasLimit * fees.maxFee,
    )
    // Asked first, because every client words its refusal differently.
    if ((await provider.getBalance(operator)) < dearest) throw withoutFunds(operator)
    const nonce = await freeNonce(desk)
    const signed = await desk.sign({ nonce, to: registry, data, gasLimit, fees, purpose })
    killPoint('send.signed')
    const row = await recordSigned(db, account, signed, batchIds)
    killPoint('send.stored')
    const refused = await deliver(desk, row)
    if (refused) throw refused
    log.info({ transaction: row.hash, nonce, purpose, batches: batchIds }, 'a transaction is sent')
  }

  /** Packed a little below, as gas is known to a few hundredths before it is estimated. */
  const statusTerms = async () => {
    const { price, blockGas } = await readGasTerms(service)
    const gas = Math.min(options.maxTransactionGas, blockGas > 0 ? blockGas : Number.MAX_VALUE)
    return { gas: Math.floor((gas / 32) * 31), price }
  }

  return {
    operator,
    async statusTerms() {
      try {
        return await statusTerms()
      } catch (thrown) {
        throw sendError(thrown, operator)
      }
    },
    async requireRole(issuer, role) {
      try {
        if (issuer === operator) return
        const block = await readLatestBlock(chain, chainId)
        const roles = await readRoles(service, issuer, operator, block)
        if ((roles & operatorRoles[role]) === 0) throw notAuthorised(operator)
      } catch (thrown) {
        throw sendError(thrown, operator)
      }
    },
    async settle(patienceMs) {
      let found = 0
      await untilDone(patienceMs, () =>
        inTurn(async (settled) => {
          found += settled.found
          return settled.left === 0
        }),
      )
      return found > 0
    },
    anchor: (issuer, batches) =>
      inTurn(async () => {
        const built = await stillBuilt(db, batches)
        const { number } = await readLatestBlock(chain, chainId)
        const known = await Promise.all(
          built.map(({ root }) => readAnchor(service, issuer, root, number)),
        )
        const missing = built.filter((_, i) => known[i] === undefined)
        const [only] = missing
        if (!only) return
        killPoint('send.checked')
        const values = missing.map(({ root, size }) => [toHex(root), size] as const)
        const data =
          missing.length === 1
            ? registryInterface.encodeFunctionData('anchorFor', [issuer, ...(values[0] ?? [])])
            : registryInterface.encodeFunctionData('anchorMany', [issuer, values])
        await send(
          data,
          'anchor',
          missing.map(({ id }) => id),
        )
      }),
    async changeStatus({ id, account: issuer, root }, read, patienceMs) {
      const isOnItsWay = async () => (await batchesOnTheirWay(db, [id], 'status')).has(id)
      const turn = async () => {
        if (await isOnItsWay()) return false
        const { gas } = await statusTerms()
        const steps = await read(gas)
        killPoint('status.read')
        for (const { call, runs } of steps) {
          for (const run of runs) await sendRun(call, run)
        }
        return steps.length === 0
      }
      /** Where a chain counts gas otherwise than the packing does, in parts. */
      const sendRun = async (call: StatusCall, run: StatusWords): Promise<void> => {
        const values = [issuer, toHex(root), run.firstWord, run.words]
        try {
          await send(registryInterface.encodeFunctionData(call, values), 'status', [id])
        } catch (thrown) {
          const halves = isTooMuchGas(thrown) ? halvesOf(run) : []
          if (halves.length < 2) throw thrown
          for (const half of halves) await sendRun(call, half)
        }
      }
      const isDone = await untilDone(patienceMs, () => inTurn(turn)).catch(async (thrown) => {
        // What was signed already is on its way, whatever the chain said since.
        if (thrown instanceof SendError && (await isOnItsWay())) return false
        throw thrown
      })
      if (!isDone) throw pending(`of a status of batch ${id}`)
    },
  }
}

/** Tries again, ever less often, until it is done; says whether it is when patience ends. */
async function untilDone(patienceMs: number, isDone: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  for (let pause = 25; ; pause = Math.min(1000, pause * 2)) {
    if (await isDone()) return true
    if (performance.now() + pause > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
