import { createHash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import canonicalize from 'canonicalize'
import { parse } from 'csv-parse/sync'
import { createKeccak } from 'hash-wasm'
import { MerkleTree } from 'merkletreejs'
import { makeCredential } from '../../core/credential.ts'
import { drawFrom } from '../../core/draw.ts'
import { drawnLength, uuidFrom } from '../../core/making.ts'
import { permutation } from '../../core/permutation.ts'
import { numberOf, type OpenContender } from '../contender.ts'
import { credentialSchema } from '../credential-schema.ts'
import { drawnBytes, seed } from '../draws.ts'
import { rosterLines, terms } from '../sample.ts'

/** The way from roster to root as one writes it with good libraries, each used as it is fastest. */
export const open: OpenContender = async (task) => {
  const size = numberOf(task, 'size')
  const bytes = new TextEncoder().encode([...rosterLines(size)].join(''))
  const validate = new Ajv2020().compile(credentialSchema)
  const keccak = await createKeccak(256)
  const keccakOf = (data: Uint8Array) => keccak.init().update(data).digest('binary')
  const treeHash = (data: Buffer) => Buffer.from(keccakOf(data))
  return {
    run() {
      const rows = parse(Buffer.from(bytes), { columns: true }) as readonly RosterRow[]
      const order = permutation(size, drawFrom(seed, 'batch'))
      const drawn = drawnBytes(size)
      const leaves: Buffer[] = Array.from({ length: size })
      const typed = Buffer.alloc(64)
      for (const [i, row] of rows.entries()) {
        const statusIndex = order[i] as number
        const own = drawn.subarray(statusIndex * drawnLength, (statusIndex + 1) * drawnLength)
        const learner = { ...row, credits: Number(row.credits) }
        const credential = makeCredential(terms, learner, {
          id: `urn:uuid:${uuidFrom(own)}`,
          statusIndex,
          identitySalt: own.subarray(16, 32),
        })
        if (!validate(credential)) throw new Error(`row ${i}: ${JSON.stringify(validate.errors)}`)
        const content = createHash('sha256').update(canonicalize(credential) as string)
        createHash('sha256')
          .update(own.subarray(32, 64))
          .update(content.digest())
          .digest()
          .copy(typed)
        typed.writeUInt32BE(statusIndex, 60)
        leaves[statusIndex] = Buffer.from(keccakOf(keccakOf(typed)))
      }
      return new MerkleTree(leaves, treeHash, { sortPairs: true }).getHexRoot()
    },
  }
}

interface RosterRow {
  readonly name: string
  readonly email: string
  readonly credits: string
  readonly result: string
}
