import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import type { JsonObject } from '../core/canonical.ts'
import { parseCredential } from '../core/format.ts'
import { plainText } from '../core/lettering.ts'

const file = join(import.meta.dirname, '..', 'web', 'dist', 'holder', 'index.html')

/** Title and description of the page as others are shown them before it is opened. Untrusted texts. */
export interface Preview {
  readonly title: string
  readonly description: string
}

/** The page for holders, with what a preview of its link may tell; `undefined` where the pages are not built. */
export type HolderPage = (preview: Preview | undefined) => string | undefined

export async function readHolderPage(): Promise<HolderPage> {
  const html = await readFile(file, 'utf8').catch(() => undefined)
  return (preview) => (preview ? html?.replace('<!-- preview -->', () => tags(preview)) : html)
}

/** What the preview of a link says: the achievement and its issuer, and nothing of who holds it. */
export function previewOf(credential: JsonObject): Preview {
  const { name, issuer } = parseCredential(credential).summary
  const from =
    issuer.name === undefined ? '' : ` Issued by ${plainText(issuer.name.slice(0, 200))}.`
  return {
    title: plainText(name.slice(0, 200)),
    description: `A credential that anyone can check.${from}`,
  }
}

/** Sends the page so that nobody keeps, finds or learns the address of. */
export function sendHolderPage(
  reply: FastifyReply,
  html: string | undefined,
  status: number,
): FastifyReply {
  if (html === undefined) {
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .serializer((payload: unknown) => payload as string)
      .send(
        'The page is not built yet: run "npx vite build web". The API works; /docs describes it.\n',
      )
  }
  return keepSecret(reply)
    .code(status)
    .type('text/html; charset=utf-8')
    .serializer((payload: unknown) => payload as string)
    .send(html)
}

/** The address is the secret: no cache, search engine or other site is to have it. */
export function keepSecret(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'private, no-store')
    .header('x-robots-tag', 'noindex, nofollow, noarchive')
    .header('referrer-policy', 'no-referrer')
}

function tags({ title, description }: Preview): string {
  const properties = [
    ['og:type', 'website'],
    ['og:title', title],
    ['og:description', description],
  ]
  return properties
    .map(([name, content]) => `<meta property="${name}" content="${escapeText(content ?? '')}" />`)
    .join('\n    ')
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
