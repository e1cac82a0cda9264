import type { Block } from '../../core/chain.ts'
import type { ReadWords } from '../../core/proved-accreditations.ts'
import { readHeader, readWords } from '../../core/proved-state.ts'
import { decodeWords, grantSlotOf, packedRevocations, slotsOf } from '../../core/storage-layout.ts'
import type { Finding } from './findings.ts'
import type { Place } from './place.ts'
import { askedState, type RegistryState } from './state.ts'
import { toldApart } from './truth.ts'

/** The registry at a block: proved where the place says so, and then `tell` hears what the endpoint says otherwise. */
export function stateAt(
  place: Place,
  block: Block,
  tell: (finding: Finding) => void,
): RegistryState {
  const asked = askedState(place, block.number)
  if (!place.proof) return asked
  const { sources } = place.proof
  const header = readHeader(sources, block.hash)
  header.catch(() => {}) // Whoever reads words hears of it.
  const read: ReadWords = async (slots) =>
    readWords(sources, await header, place.address, slots, undefined)
  return toldApart(place, block, asked, provedState(place.issuer, read), tell)
}

/** What the registry holds, out of its storage. */
function provedState(issuer: string, read: ReadWords): RegistryState {
  const slots = (root: string, word: number) => slotsOf(issuer, root, word * 256)
  const none = { anchor: 0n, revocations: 0n, suspensions: 0n, count: 0n }
  const readOne = async (slot: Uint8Array) => (await read([slot]))[0] ?? 0n
  return {
    async anchorCount() {
      const { count } = slots(`0x${'00'.repeat(32)}`, 0)
      return decodeWords({ ...none, count: await readOne(count) }, 0).anchorCount
    },
    async anchorOf(root) {
      const anchor = await readOne(slots(root, 0).anchor)
      return decodeWords({ ...none, anchor }, 0).record
    },
    async bitmapsOf(root, size) {
      const words = Array.from({ length: Math.ceil(size / 256) }, (_, word) => slots(root, word))
      const suspension = await read(words.map(({ suspensions }) => suspensions))
      const packed = packedRevocations(await readOne(slots(root, 0).anchor), size)
      const revocation =
        packed === undefined ? await read(words.map(({ revocations }) => revocations)) : [packed]
      return { revocation, suspension }
    },
    async grantOf(operator) {
      const grant = await readOne(grantSlotOf(issuer, operator))
      return { roles: Number(grant & 0xffn), expiry: Number(BigInt.asUintN(40, grant >> 8n)) }
    },
  }
}
