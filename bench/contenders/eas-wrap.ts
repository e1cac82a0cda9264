import { numberOf, type OpenContender } from '../contender.ts'
import { requirePeer } from '../peer.ts'
import { credentialAt } from '../sample.ts'

interface Value {
  readonly type: string
  readonly name: string
  readonly value: string
}

interface EasSdk {
  readonly PrivateData: new (
    values: readonly Value[],
  ) => { readonly generateMultiProof: (indexes: readonly number[]) => object }
}

/** One tree of private data with a document in each salted leaf, and a proof for each document. */
export const open: OpenContender = (task) => {
  const { PrivateData } = requirePeer<EasSdk>('@ethereum-attestation-service/eas-sdk')
  const size = numberOf(task, 'size')
  const values = Array.from({ length: size }, (_, row) => ({
    type: 'string',
    name: 'credential',
    value: JSON.stringify(credentialAt(row)),
  }))
  return {
    run() {
      const data = new PrivateData(values)
      return values.map((_, i) => data.generateMultiProof([i])).length
    },
  }
}
