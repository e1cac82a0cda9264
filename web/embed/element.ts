// The one script that other sites load. It is small: what checks and shows follows as soon as an element is seen.

/** Looks of `<credential-check>`, read from its `theme` attribute. */
const themes = ['light', 'dark'] as const

/** The detail of a `verdict` event. */
export interface Told {
  readonly verdict: 'valid' | 'invalid' | 'indeterminate' | 'refused'
  /** Code of the check that decides, or of the refusal. */
  readonly reason: string
}

/**
 * `<credential-check src="…">`: checks a credential in the visitor's browser, and shows the answer.
 *
 * `src` is the address of the credential, `config` that of the settings (`config.json` beside the folder of this script where left out),
 * `theme` is `light`, `dark` or nothing for what the visitor prefers. Tells a `verdict` event that bubbles.
 */
class CredentialCheck extends HTMLElement {
  static readonly observedAttributes = ['src', 'config', 'theme']
  #cancel: (() => void) | undefined
  #turn = 0

  connectedCallback(): void {
    void this.#show()
  }

  disconnectedCallback(): void {
    this.#turn += 1
    this.#cancel?.()
  }

  attributeChangedCallback(): void {
    if (this.isConnected) void this.#show()
  }

  async #show(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.#cancel?.()
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    const { showCard } = await import('./card.ts')
    if (turn !== this.#turn) return
    const theme = themes.find((name) => name === this.getAttribute('theme'))
    this.#cancel = showCard(root, {
      src: this.getAttribute('src') ?? '',
      config: this.getAttribute('config') ?? new URL('../config.json', import.meta.url).href,
      theme,
      tell: (told: Told) => {
        this.dispatchEvent(
          new CustomEvent('verdict', { detail: told, bubbles: true, composed: true }),
        )
      },
    })
  }
}

if (!customElements.get('credential-check')) {
  customElements.define('credential-check', CredentialCheck)
}
