import { isObject } from '../../core/i-json.ts'

/** One credential, or what many come in: an archive, a list with one a line, or a batch file. */
export type Kind = 'one' | 'archive' | 'list' | 'batch'

/** Enough to tell it by. */
const headBytes = 65_536

export async function headOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
}

/** What the first bytes are of; a name says nothing. */
export function kindOf(head: Uint8Array): Kind {
  if (head[0] === 0x50 && head[1] === 0x4b) return 'archive'
  const first = firstLine(head)
  if (!isObject(first)) return 'one'
  return first['format'] === 'rootmark-batch-1' ? 'batch' : 'list'
}

/** What the first line says, where it is JSON by itself and others follow. */
function firstLine(head: Uint8Array): unknown {
  const end = head.indexOf(0x0a)
  if (head[0] !== 0x7b || end < 0 || !head.subarray(end).some((byte) => byte > 0x20)) {
    return undefined
  }
  try {
    return JSON.parse(new TextDecoder().decode(head.subarray(0, end)))
  } catch {
    return undefined
  }
}
