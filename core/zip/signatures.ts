import { viewOf } from './headers.ts'

/** What the parts of a ZIP archive begin with (APPNOTE 4.3). */
export const signatures = {
  file: 0x0403_4b50,
  after: 0x0807_4b50,
  listed: 0x0201_4b50,
  largeEnd: 0x0606_4b50,
  largeEndPlace: 0x0706_4b50,
  end: 0x0605_4b50,
} as const

/** Where the signature of what stands behind the data begins, as far as it is there. */
export function signatureIn(bytes: Uint8Array): number | undefined {
  const view = viewOf(bytes)
  for (let at = bytes.indexOf(0x50); at !== -1; at = bytes.indexOf(0x50, at + 1)) {
    if (at + 4 > bytes.length) return undefined
    if (view.getUint32(at, true) === signatures.after) return at
  }
  return undefined
}

/** Programs look for the end of an archive from behind. */
export function hasEnd(comment: Uint8Array): boolean {
  const view = viewOf(comment)
  for (let at = 0; at + 4 <= comment.length; at++) {
    if (view.getUint32(at, true) === signatures.end) return true
  }
  return false
}
