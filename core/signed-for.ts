import type { Json, JsonObject } from './canonical.ts'
import { isObject } from './i-json.ts'
import { proofsOf } from './proof.ts'

/** What the proof of a presentation names, as far as that can be told without verifying it. */
export interface SignedFor {
  readonly challenge: string | undefined
  readonly domain: string | undefined
  readonly created: string | undefined
}

/** For whom and what a presentation was signed, by its own word. Untrusted: whether it was meant for whoever asks is theirs to say. */
export function signedForOf(presentation: JsonObject): SignedFor {
  const [proof = null] = proofsOf(presentation)
  const object = isObject(proof) ? proof : {}
  return {
    challenge: textOf(object['challenge']),
    domain: textOf([object['domain'] ?? []].flat()[0]),
    created: textOf(object['created']),
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.length <= 2048 ? value : undefined
}
