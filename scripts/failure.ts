import { Interface } from 'ethers'
import { accreditationAbi } from '../core/accreditation.ts'
import { ChainUnreadableError } from '../core/chain.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { registryAbi } from '../core/registry.ts'
import { UnreadableError } from './credential-file.ts'
import { explainRevert } from './revert.ts'

/** A failure as it is told: a stable code, a sentence, and where it applies the place in the input. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly pointer?: string
}

const contracts = new Interface(
  [...registryAbi, ...accreditationAbi].filter((line) => line.startsWith('error')),
)

/** Puts anything thrown into a sentence that says what to do next. */
export function explain(thrown: unknown): Failure {
  const chain = causesOf(thrown)
  for (const cause of chain) {
    if (cause instanceof InvalidInputError) return fromInput(cause)
    if (cause instanceof ChainUnreadableError) return { code: cause.code, message: cause.message }
    if (cause instanceof UnreadableError) {
      return { code: 'credential_unreadable', message: cause.message }
    }
  }
  return (
    fromRevert(chain) ??
    fromNetwork(chain) ??
    fromFile(chain) ?? { code: 'failed', message: sentenceOf(thrown) }
  )
}

function fromInput({ code, message, pointer }: InvalidInputError): Failure {
  return { code, message, ...(pointer !== '' && { pointer }) }
}

function fromRevert(chain: readonly object[]): Failure | undefined {
  for (const cause of chain) {
    const data = revertData(cause)
    const reverted = data && contracts.parseError(data)
    if (reverted) return explainRevert(reverted.name, reverted.args)
  }
  const [first] = chain
  if (first && /execution reverted|reverted with/i.test(messageOf(first))) {
    return {
      code: 'reverted',
      message: `The contract refused the call: ${sentenceOf(first)}`,
    }
  }
  return undefined
}

/** Nodes put a revert's data into `data`, some of them one or two levels deeper. */
function revertData(cause: object): string | undefined {
  let data: unknown = 'data' in cause ? cause.data : undefined
  for (let depth = 0; depth < 3; depth++) {
    if (typeof data === 'string' && /^0x(?:[0-9a-f]{2}){4,}$/i.test(data)) return data
    data = typeof data === 'object' && data !== null && 'data' in data ? data.data : undefined
  }
  return undefined
}

const networkFailures: readonly (readonly [pattern: RegExp, code: string, message: string])[] = [
  [
    /insufficient funds|doesn't have enough funds|insufficient balance/i,
    'funds_insufficient',
    'The account cannot pay the fee: send it some of the chain’s currency and run the command again.',
  ],
  [
    /Cannot connect to the network|ECONNREFUSED|connection refused/i,
    'chain_unreachable',
    'Nothing answers at the endpoint of this network: start the node, or correct its RPC URL.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|timed? ?out|ECONNRESET|fetch failed|other side closed/i,
    'chain_unreachable',
    'The endpoint of this network cannot be reached: check the network and its RPC URL, then run the command again.',
  ],
  [
    /Invalid JSON-?RPC response|Unexpected token|is not valid JSON|INVALID_JSON_RESPONSE/i,
    'chain_answer_malformed',
    'The endpoint does not answer as an Ethereum node does: correct its RPC URL.',
  ],
  [
    /nonce (?:is )?too low|replacement transaction underpriced|already known/i,
    'transaction_pending',
    'Another transaction of this account is on its way: wait until it is included and run the command again.',
  ],
]

function fromNetwork(chain: readonly object[]): Failure | undefined {
  for (const cause of chain) {
    const said = messageOf(cause)
    const wrong = /chain id "?(\d+)"?, but connected to a chain with id "?(\d+)/.exec(said)
    if (wrong) {
      return {
        code: 'wrong_network',
        message: `This network is chain ${wrong[1]}, but its endpoint is chain ${wrong[2]}: correct its RPC URL.`,
      }
    }
    const unset = /configuration variable "?([A-Z0-9_]+)"?/i.exec(said)?.[1]
    if (unset) {
      return {
        code: 'setting_missing',
        message: `${unset} is not set: export it, or store it with npx hardhat keystore set ${unset}.`,
      }
    }
    const unnamed = /The network "(.*)" is not defined/.exec(said)?.[1]
    if (unnamed) {
      return {
        code: 'network_unknown',
        message: `There is no network ${unnamed}: name one of scripts/networks.ts, or use --network custom.`,
      }
    }
    const known = networkFailures.find(([pattern]) => pattern.test(said))
    if (known) return { code: known[1], message: known[2] }
  }
  return undefined
}

function fromFile(chain: readonly object[]): Failure | undefined {
  for (const cause of chain) {
    if (!('code' in cause && 'path' in cause)) continue
    const { code, path } = cause
    const what =
      code === 'ENOENT'
        ? 'does not exist; check the path'
        : code === 'EISDIR'
          ? 'is a folder; name a file'
          : code === 'EACCES' || code === 'EPERM'
            ? 'may not be used by you; check its permissions'
            : `cannot be used (${code})`
    return { code: 'file_unusable', message: `${path} ${what}.` }
  }
  return undefined
}

function causesOf(thrown: unknown): readonly object[] {
  const causes: object[] = []
  let cause = thrown
  while (typeof cause === 'object' && cause !== null && causes.length < 8) {
    causes.push(cause)
    cause = 'cause' in cause ? cause.cause : undefined
  }
  return causes
}

/** The first line of a message, without the number that Hardhat puts before its own. */
function sentenceOf(thrown: unknown): string {
  const [line = ''] = messageOf(thrown)
    .replace(/^HHE\d+: /, '')
    .split('\n')
  return line.slice(0, 300)
}
