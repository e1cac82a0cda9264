import {
  css,
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from 'lit'
import { unbake } from '../core/baked.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { readBounded } from './bounded.ts'
import { followLanguage } from './language.ts'
import { isPrivateHost } from './private-host.ts'
import base from './styles/base.css?inline'
import styles from './styles/picture.css?inline'
import { visible } from './text.ts'
import { webUrl } from './web-url.ts'
import { report } from './words/report.ts'

/** Bytes of a picture, and pixels of a side: a small file can be made that fills any memory. */
const maxBytes = 2_000_000
const maxSide = 4096
/** Pixels that it is drawn with. */
const side = 256

/**
 * The picture of an achievement. One that comes along in the credential is drawn at once; one that lies elsewhere is asked for when
 * the visitor wishes, since whoever keeps it learns who looks, and when. It is drawn on a canvas: no markup of it is ever run.
 */
export class BadgePicture extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    content: { attribute: false },
    url: { state: true },
    state: { state: true },
  }
  /** The credential, as it was handed in; untrusted. */
  declare content: Uint8Array | string | undefined
  declare url: URL | undefined
  declare state: 'offered' | 'drawn' | 'failed'

  constructor() {
    super()
    this.state = 'offered'
    followLanguage(this)
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('content')) void this.#look()
  }

  override render(): TemplateResult | typeof nothing {
    const { url, state } = this
    if (!url) return nothing
    const words = report().credential
    if (state === 'failed') return html`<p class="aside" role="status">${words.pictureFailed}</p>`
    return html`<canvas ?hidden=${state !== 'drawn'} role="img" aria-label=${words.pictureAlt}></canvas>
      ${
        state === 'offered' && url.protocol !== 'data:'
          ? html`<button type="button" class="quiet" @click=${this.#draw}>${words.picture(visible(url.host))}</button>`
          : nothing
      }`
  }

  async #look(): Promise<void> {
    const { content } = this
    this.url = undefined
    this.state = 'offered'
    const url = content === undefined ? undefined : await imageOf(content)
    if (this.content !== content) return
    this.url = url
    await this.updateComplete
    if (url?.protocol === 'data:') await this.#draw()
  }

  #draw = async () => {
    const { url } = this
    try {
      if (!url) return
      const bytes = url.protocol === 'data:' ? dataOf(url) : await fetched(url)
      if (!isModeratePng(bytes)) throw new Error('not a PNG of moderate size')
      const bitmap = await createImageBitmap(new Blob([bytes as BlobPart], { type: 'image/png' }))
      const canvas = this.renderRoot.querySelector('canvas')
      if (!canvas || this.url !== url) return
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
      canvas.width = Math.max(1, Math.round(bitmap.width * scale))
      canvas.height = Math.max(1, Math.round(bitmap.height * scale))
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      bitmap.close()
      this.state = 'drawn'
    } catch {
      if (this.url === url) this.state = 'failed'
    }
  }
}

/** Where the picture of the achievement is: within the credential, or at an https address that is no private one. Open Badges 3.0, `Image`. */
async function imageOf(content: Uint8Array | string): Promise<URL | undefined> {
  try {
    const document = parseJson(await unbake(content))
    const subject = isObject(document) ? document['credentialSubject'] : undefined
    const achievement = isObject(subject) ? subject['achievement'] : undefined
    const image = isObject(achievement) ? achievement['image'] : undefined
    const id = isObject(image) ? image['id'] : image
    if (typeof id !== 'string') return undefined
    if (/^data:image\/png;base64,/.test(id)) return new URL(id)
    const url = webUrl(id)
    return url?.protocol === 'https:' && !isPrivateHost(url) ? url : undefined
  } catch {
    return undefined
  }
}

function dataOf({ href }: URL): Uint8Array {
  const text = atob(href.slice(href.indexOf(',') + 1))
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

async function fetched(url: URL): Promise<Uint8Array> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(10_000),
    headers: { accept: 'image/png' },
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  return readBounded(response, maxBytes)
}

/** What its header says of its size is what is made of it. PNG §11.2.1, `IHDR`. */
function isModeratePng(bytes: Uint8Array): boolean {
  if (bytes.length < 33 || bytes.length > maxBytes || bytes[0] !== 0x89 || bytes[1] !== 0x50) {
    return false
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  return width > 0 && height > 0 && width <= maxSide && height <= maxSide
}

customElements.define('badge-picture', BadgePicture)
