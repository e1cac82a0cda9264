import { drawBadge } from '../core/badge.ts'
import { bakePng } from '../core/baked-png.ts'
import { bakeSvg } from '../core/baked-svg.ts'
import type { Json, JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { parseCredential } from '../core/format.ts'
import { isObject } from '../core/i-json.ts'

/** The credential baked into the SVG image that its achievement brings along, or into one that is drawn for it. */
export function svgBadge(credential: JsonObject): string {
  const json = JSON.stringify(credential)
  const own = ownImage(credential, 'image/svg+xml')
  const baked = own && orNothing(() => bakeSvg(new TextDecoder().decode(own), json))
  if (baked !== undefined) return baked
  const { name, issuer, achievementType } = parseCredential(credential).summary
  return bakeSvg(drawBadge({ name, issuer: issuer.name ?? '', kind: achievementType }), json)
}

/** The credential baked into the PNG image that its achievement brings along; `undefined` where it brings none. */
export function pngBadge(credential: JsonObject): Uint8Array | undefined {
  const own = ownImage(credential, 'image/png')
  return own && orNothing(() => bakePng(own, JSON.stringify(credential)))
}

/** The image of the achievement where it stands within the credential; nothing is fetched for it. */
function ownImage(credential: JsonObject, type: string): Uint8Array | undefined {
  const image = memberOf(
    memberOf(memberOf(credential, 'credentialSubject'), 'achievement'),
    'image',
  )
  const url = isObject(image) ? image['id'] : image
  return typeof url === 'string' ? dataOf(url, type) : undefined
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined
}

/** The bytes of a `data:` URL of this type, RFC 2397. */
function dataOf(url: string, type: string): Uint8Array | undefined {
  const [, found, parameters = '', data = ''] = /^data:([^;,]*)([^,]*),(.*)$/is.exec(url) ?? []
  if (found?.toLowerCase() !== type) return undefined
  return /;base64$/i.test(parameters) ? Buffer.from(data, 'base64') : Buffer.from(unescaped(data))
}

function unescaped(data: string): string {
  try {
    return decodeURIComponent(data)
  } catch {
    return ''
  }
}

/** Issuers hand in images untested: one that cannot be baked into is passed over. */
function orNothing<T>(bake: () => T): T | undefined {
  try {
    return bake()
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}
