import { hash } from 'node:crypto'
import type { Sha256 } from '../core/making.ts'

/** SHA-256 as the platform has it: with the processor's own instructions where it knows them. */
export const nativeSha256: Sha256 = (data) => hash('sha256', data, 'buffer')
