import { hash } from 'node:crypto'
import type { Sha256 } from '../core/making.ts'

/** SHA-256 as Node has it built in. The service has the same line: a room of its own to share it would be larger than it. */
export const builtInSha256: Sha256 = (data) => hash('sha256', data, 'buffer')
