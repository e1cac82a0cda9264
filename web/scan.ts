import { css, html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import { followLanguage } from './language.ts'
import base from './styles/base.css?inline'
import styles from './styles/scan.css?inline'
import { check } from './words/check.ts'

/** Finds the text of a QR code in a picture; `undefined` where there is none. */
type ReadCode = (video: HTMLVideoElement) => Promise<string | undefined>

/** A platform's own reader, where it has one. Shape Detection API; not in TypeScript's library yet. */
interface Detector {
  readonly detect: (source: CanvasImageSource) => Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector
  readonly getSupportedFormats: () => Promise<readonly string[]>
}

/** The reader for browsers that have none; its package types what bundlers make of it otherwise. */
type ReadPixels = (
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
) => { readonly data: string } | null

const lookEveryMs = 200
/** Codes are large in the picture, or not read anyway. */
const widest = 960

/** Reads a code with the camera; tells a `code` event with its text, and `closed` when it ends. Pictures stay in this browser. */
export class CodeScan extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = { state: { state: true } }
  declare state: 'asking' | 'looking' | 'failed'
  #stream: MediaStream | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.state = 'asking'
    followLanguage(this)
  }

  override render(): TemplateResult {
    const { scan } = check()
    const said = { asking: scan.asking, looking: scan.hold, failed: scan.failed }[this.state]
    return html`<dialog aria-labelledby="title" @close=${this.#onClose}>
      <h2 id="title">${scan.title}</h2>
      <p role="status">${said}</p>
      <video ?hidden=${this.state !== 'looking'} muted playsinline></video>
      <button type="button" @click=${() => this.#dialog()?.close()}>${scan.stop}</button>
    </dialog>`
  }

  override firstUpdated(): void {
    this.#dialog()?.showModal()
    void this.#open()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#end()
  }

  async #open(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment' },
      })
      this.#stream = stream
      if (!this.isConnected) return this.#end()
      const read = await makeReader()
      const video = this.renderRoot.querySelector('video')
      if (!video || !this.isConnected) return this.#end()
      video.srcObject = stream
      await video.play()
      this.state = 'looking'
      const look = async () => {
        const text = await read(video)
        if (!this.#stream) return
        if (text === undefined || text === '') this.#timer = setTimeout(look, lookEveryMs)
        else this.#found(text)
      }
      await look()
    } catch {
      // Refused, taken by another program, or not there: all the visitor can do is the same.
      this.#end()
      this.state = 'failed'
    }
  }

  #found(text: string): void {
    this.dispatchEvent(new CustomEvent('code', { detail: text }))
    this.#dialog()?.close()
  }

  #end(): void {
    clearTimeout(this.#timer)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    this.#stream = undefined
  }

  #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  #onClose = () => {
    this.#end()
    this.dispatchEvent(new CustomEvent('closed'))
  }
}

async function makeReader(): Promise<ReadCode> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass }
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? []
  if (BarcodeDetector && formats.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue
  }
  const { default: readQr } = (await import('jsqr')) as unknown as { readonly default: ReadPixels }
  const canvas = document.createElement('canvas')
  return async (video) => {
    const scale = Math.min(1, widest / Math.max(1, video.videoWidth))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (canvas.width === 0 || canvas.height === 0) return undefined
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context?.drawImage(video, 0, 0, canvas.width, canvas.height)
    const picture = context?.getImageData(0, 0, canvas.width, canvas.height)
    return picture && readQr(picture.data, picture.width, picture.height)?.data
  }
}

customElements.define('code-scan', CodeScan)
