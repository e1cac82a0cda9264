import {
  type AccreditationPages,
  decodeAccreditations,
  decodeAccreditationsAlong,
  encodeAccreditationsAlong,
  encodeAccreditationsOf,
  encodeSubaccreditations,
} from './accreditation.ts'
import type { Hex } from './bytes.ts'
import { type Chain, ChainUnreadableError, callContract } from './chain.ts'

/** The pages of accreditations as the registry's own view functions answer them at a block. They throw `ChainUnreadableError`. */
export function askedAccreditations(
  chain: Chain,
  registry: string,
  block: number,
): AccreditationPages {
  const read = <T>(data: Hex, decode: (answer: Uint8Array) => T) =>
    readRegistry(chain, registry, data, block, decode)
  return {
    along: (accreditors, subject) =>
      read(encodeAccreditationsAlong(accreditors, subject), (answer) =>
        decodeAccreditationsAlong(answer, accreditors.length),
      ),
    of: (accreditor, subject, first) =>
      read(encodeAccreditationsOf(accreditor, subject, first), decodeAccreditations),
    sub: (accreditor, first) =>
      read(encodeSubaccreditations(accreditor, first), decodeAccreditations),
  }
}

async function readRegistry<T>(
  chain: Chain,
  registry: string,
  data: Hex,
  block: number,
  decode: (answer: Uint8Array) => T,
): Promise<T> {
  const answer = await callContract(chain, registry, data, block)
  try {
    return decode(answer)
  } catch (thrown) {
    throw new ChainUnreadableError(
      'chain_answer_malformed',
      `${chain.label} answers for the accreditation registry with something else`,
      thrown,
    )
  }
}
