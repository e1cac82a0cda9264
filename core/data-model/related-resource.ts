import { toMultibase } from '../bytes.ts'
import type { Json, JsonObject } from '../canonical.ts'
import { pointerTo } from '../error.ts'
import { checkUrl } from './identifier.ts'
import { type KnownDigests, knownResources } from './known-resource.ts'
import { type Problems, problem, problemOf, shown } from './problem.ts'
import { parseMultibaseDigest, parseSri, type ResourceDigest } from './resource-digest.ts'
import { eachObject } from './typed-object.ts'

const mediaType = /^[A-Za-z0-9!#$&^_.+-]{1,127}\/[A-Za-z0-9!#$&^_.+-]{1,127}(?:\s*;.{0,200})?$/

/** `relatedResource`: each resource once, with a digest, which is compared where its bytes are known. VC 2.0 §5.3. */
export function* checkRelatedResources(credential: JsonObject): Problems {
  const seen = new Set<Json>()
  yield* eachObject(credential, 'relatedResource', function* (resource, pointer) {
    const id = resource['id']
    yield* checkUrl(id, pointerTo(pointer, 'id'))
    if (id !== undefined && seen.has(id)) {
      yield problem(
        'resource_repeated',
        'this resource is listed twice; list it once',
        pointerTo(pointer, 'id'),
      )
    }
    if (id !== undefined) seen.add(id)
    yield* checkMediaType(resource, pointer)
    yield* checkDigests(resource, pointer)
  })
}

function* checkMediaType(resource: JsonObject, pointer: string): Problems {
  const value = resource['mediaType']
  if (value === undefined || (typeof value === 'string' && mediaType.test(value))) return
  yield problem(
    'media_type_malformed',
    `expected a media type such as application/ld+json, found ${shown(value)}`,
    pointerTo(pointer, 'mediaType'),
  )
}

function* checkDigests(resource: JsonObject, pointer: string): Problems {
  const { id, digestSRI, digestMultibase } = resource
  if (digestSRI === undefined && digestMultibase === undefined) {
    yield problem('digest_missing', 'expected a digestSRI or a digestMultibase', pointer)
  }
  const known = typeof id === 'string' ? knownResources.get(id) : undefined
  if (digestSRI !== undefined) {
    const place = pointerTo(pointer, 'digestSRI')
    yield* compared(() => parseSri(digestSRI, place), known, place)
  }
  if (digestMultibase !== undefined) {
    const place = pointerTo(pointer, 'digestMultibase')
    yield* compared(() => [parseMultibaseDigest(digestMultibase, place)], known, place)
  }
}

function* compared(
  parse: () => readonly ResourceDigest[],
  known: KnownDigests | undefined,
  pointer: string,
): Problems {
  try {
    const digests = parse()
    if (!known || digests.some((digest) => isDigestOf(known, digest))) return
  } catch (thrown) {
    yield problemOf(thrown, pointer)
    return
  }
  yield problem('digest_mismatch', 'the digest is not that of the resource it names', pointer)
}

function isDigestOf(known: KnownDigests, { hash, bytes }: ResourceDigest): boolean {
  const expected = known[hash].replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return toMultibase(bytes) === `u${expected}`
}
