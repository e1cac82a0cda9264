import type { JsonObject } from './canonical.ts'
import { carry } from './carried.ts'
import { parseProofs, proofsOf } from './proof.ts'

/** A QR code: its side in modules, and the dark ones as an SVG path of unit squares. */
export interface PrintedCode {
  readonly text: string
  /** Whether the credential itself is in it, or a link to where it is held. */
  readonly carries: 'credential' | 'link'
  readonly version: number
  readonly size: number
  readonly path: string
}

/** What a code is made of. `page` is the address of a check page; `link` leads to the credential where it does not fit. */
export interface CodeOptions {
  readonly page: string | undefined
  readonly link: string | undefined
  readonly deflate: (bytes: Uint8Array, dictionary: Uint8Array) => Uint8Array
}

interface Part {
  readonly mode: 'byte' | 'numeric'
  readonly data: string
}

/**
 * A code of 117 modules a side (version 25), which a phone reads with ease off 8 cm of print, may lose a seventh to dirt (level M); larger
 * ones, up to the largest that there is, a fourteenth (L).
 */
const levels = [
  { errorCorrectionLevel: 'M', most: 25 },
  { errorCorrectionLevel: 'L', most: 40 },
] as const

/**
 * The code for a print: with the credential in it, without the proofs beside its anchor if it must be, else with the link; `undefined`
 * where nothing fits.
 */
export async function printCode(
  credential: JsonObject,
  { page, link, deflate }: CodeOptions,
): Promise<PrintedCode | undefined> {
  for (const document of [credential, ...anchoredOnly(credential)]) {
    const { head, digits } = carry(JSON.stringify(document), page, deflate)
    const code = await draw([
      { mode: 'byte', data: head },
      { mode: 'numeric', data: digits },
    ])
    if (code) return { ...code, carries: 'credential' }
  }
  const code = link === undefined ? undefined : await draw([{ mode: 'byte', data: link }])
  return code && { ...code, carries: 'link' }
}

/** The anchor proves the credential by itself; an issuer's signature beside it is for verifiers that know no chain. */
function anchoredOnly(credential: JsonObject): readonly JsonObject[] {
  const proofs = proofsOf(credential)
  const anchors = proofs.filter((proof) => parseProofs({ ...credential, proof: [proof] }).anchor)
  const isLess = anchors.length > 0 && anchors.length < proofs.length
  return isLess ? [{ ...credential, proof: anchors }] : []
}

async function draw(parts: readonly Part[]): Promise<Omit<PrintedCode, 'carries'> | undefined> {
  const { create } = (await import('qrcode')).default
  const text = parts.map(({ data }) => data).join('')
  // The digits of the largest code; the library takes long to find that more do not fit.
  if (text.length > 7_200) return undefined
  for (const { errorCorrectionLevel, most } of levels) {
    try {
      const segments = parts.map((part) =>
        part.mode === 'byte'
          ? { ...part, mode: part.mode, data: new TextEncoder().encode(part.data) }
          : { ...part, mode: part.mode },
      )
      const { version, modules } = create(segments, { errorCorrectionLevel })
      if (version <= most) return { text, version, size: modules.size, path: pathOf(modules) }
    } catch {
      // Too much for any version at this level.
    }
  }
  return undefined
}

function pathOf(modules: {
  readonly size: number
  readonly get: (row: number, column: number) => unknown
}): string {
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      let width = 0
      while (column + width < modules.size && modules.get(row, column + width)) width += 1
      if (width > 0) path += `M${column} ${row}h${width}v1h-${width}z`
      column += width
    }
  }
  return path
}
