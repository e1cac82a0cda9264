import { html } from 'lit'
import { rosette } from '../core/rosette.ts'

/** A root that branches to leaves, one way down it marked. */
export const brandMark = html`<svg class="brandmark" viewBox="0 0 32 32" aria-hidden="true">
  <path class="twigs" d="M16 6 L24 15 M24 15 V26 M24 15 L29 26 M8 15 L3 26" />
  <path class="way" d="M16 6 L8 15 L13 26" />
  <circle class="root" cx="16" cy="6" r="4" />
  <circle class="leaf" cx="13" cy="26" r="3" />
</svg>`

/** The engraving behind the empty page. */
export const backdrop = html`<svg class="backdrop" viewBox="-50 -50 100 100" aria-hidden="true">
  <path d=${rosette(34, 49, 36, 6)} />
  <path d=${rosette(20, 33, 24, 6)} />
  <path d=${rosette(8, 19, 12, 6)} />
</svg>`
