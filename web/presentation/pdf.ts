import type { JsonObject } from '../../core/canonical.ts'
import { pageAddress } from '../page-address.ts'

/** The presentation as a sheet that carries it, as the service sets it; the service keeps nothing of it. Throws where there is none. */
export async function presentationPdf(presentation: JsonObject): Promise<Uint8Array> {
  const response = await fetch(pageAddress('presentations/pdf'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verifiablePresentation: presentation }),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(60_000),
  })
  if (!response.ok) throw new Error(`the service answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
