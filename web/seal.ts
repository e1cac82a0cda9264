import { html, type TemplateResult } from 'lit'
import type { Check, Outcome } from '../core/report.ts'
import { checkNames } from '../core/report.ts'
import { rosette } from '../core/rosette.ts'
import type { Look } from './look.ts'

const ring = rosette(33, 46, 24, 5)

const octagon = (radius: number) =>
  Array.from({ length: 8 }, (_, corner) => {
    const angle = ((corner + 0.5) / 8) * 2 * Math.PI
    return `${(radius * Math.cos(angle)).toFixed(1)},${(radius * Math.sin(angle)).toFixed(1)}`
  }).join(' ')

const shapes: Readonly<Record<Look, () => TemplateResult>> = {
  valid: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="fine" d=${ring} />
    <circle class="solid" r="31" />
    <path class="sign" d="M-13 1 L-4 11 L14 -10" />
  </svg>`,
  invalid: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <polygon class="line" points=${octagon(47)} />
    <polygon class="solid" points=${octagon(40)} />
    <path class="sign" d="M-13 -13 L13 13 M13 -13 L-13 13" />
  </svg>`,
  indeterminate: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="dashed" d="M0 -46 L46 0 L0 46 L-46 0 Z" />
    <path class="sign open" d="M-10 -9 C-10 -23 11 -22 11 -9 C11 0 0 0 0 9" />
    <circle class="dot" cy="19" r="3.4" />
  </svg>`,
  trial: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <circle class="dashed" r="44" />
    <circle class="solid" r="31" />
    <path class="sign" d="M-13 1 L-4 11 L14 -10" />
  </svg>`,
  revoked: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <polygon class="line" points=${octagon(47)} />
    <polygon class="solid" points=${octagon(40)} />
    <path class="sign" d="M-22 0 H22" />
  </svg>`,
  suspended: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <circle class="line" r="45" />
    <circle class="solid" r="36" />
    <path class="sign" d="M-9 -14 V14 M9 -14 V14" />
  </svg>`,
  expired: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="line" d="M-30 -44 H30 M-30 44 H30 M-24 -44 C-24 -14 -5 -12 -5 0 C-5 12 -24 14 -24 44 M24 -44 C24 -14 5 -12 5 0 C5 12 24 14 24 44" />
    <path class="solid" d="M-19 43 C-16 26 -6 24 0 18 C6 24 16 26 19 43 Z" />
  </svg>`,
  early: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="line" d="M-42 -34 H42 V42 H-42 Z M-42 -14 H42 M-22 -46 V-26 M22 -46 V-26" />
    <path class="sign open" d="M-18 14 H18 M6 2 L18 14 L6 26" />
  </svg>`,
  altered: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="solid" d="M-8 -46 A46 46 0 0 0 -14 44 L-4 22 L-18 6 L2 -10 L-12 -26 Z" />
    <path class="line" d="M6 -46 A46 46 0 0 1 0 46 L10 24 L-4 8 L16 -8 L2 -24 Z" />
  </svg>`,
  unvouched: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="dashed" d="M0 -47 L40 -34 V-2 C40 22 22 38 0 47 C-22 38 -40 22 -40 -2 V-34 Z" />
    <circle class="sign open" cy="-10" r="10" />
    <path class="sign open" d="M-18 22 C-18 4 18 4 18 22" />
  </svg>`,
  refused: () => html`<svg viewBox="-50 -50 100 100" aria-hidden="true">
    <path class="line" d="M-30 -44 H14 L30 -28 V44 H-30 Z M14 -44 V-28 H30" />
    <path class="sign open" d="M-14 0 H14" />
  </svg>`,
}

/** The shape of an answer: a seal, a stop sign, an hourglass, a torn seal, an empty sheet and so on. */
export function seal(look: Look): TemplateResult {
  return html`<div class="seal">${shapes[look]()}</div>`
}

/** Eight dots in a ring, one for each check, filled as they settle. */
export function dial(checks: readonly Check[]): TemplateResult {
  return html`<div class="seal">
    <svg viewBox="-50 -50 100 100" aria-hidden="true">
      ${checkNames.map((_, i) => dialDot(i, checks[i]?.outcome))}
    </svg>
  </div>`
}

function dialDot(i: number, outcome: Outcome | undefined): TemplateResult {
  const angle = (i / checkNames.length) * 2 * Math.PI - Math.PI / 2
  return html`<svg
    class="dial ${outcome ?? 'waiting'}"
    x=${(38 * Math.cos(angle) - 8).toFixed(1)}
    y=${(38 * Math.sin(angle) - 8).toFixed(1)}
    width="16"
    height="16"
    viewBox="-8 -8 16 16"
  >
    <circle r="6" />
  </svg>`
}

const marks: Readonly<Record<Outcome | 'waiting', () => TemplateResult>> = {
  valid: () => html`<svg viewBox="-12 -12 24 24" aria-hidden="true">
    <circle class="solid" r="11" />
    <path class="sign" d="M-5 .5 L-1.5 4.5 L5 -4" />
  </svg>`,
  invalid: () => html`<svg viewBox="-12 -12 24 24" aria-hidden="true">
    <polygon class="solid" points=${octagon(11.8)} />
    <path class="sign" d="M-4 -4 L4 4 M4 -4 L-4 4" />
  </svg>`,
  indeterminate: () => html`<svg viewBox="-12 -12 24 24" aria-hidden="true">
    <path class="outline" d="M0 -10.6 L10.6 0 L0 10.6 L-10.6 0 Z" />
    <path class="sign open" d="M-2.6 -2.4 C-2.6 -6 2.9 -6 2.9 -2.4 C2.9 0 0 0 0 2" />
    <circle class="dot" cy="5" r="1.1" />
  </svg>`,
  skipped: () => html`<svg viewBox="-12 -12 24 24" aria-hidden="true">
    <circle class="outline" r="10" />
    <path class="sign open" d="M-4 0 H4" />
  </svg>`,
  waiting: () => html`<svg viewBox="-12 -12 24 24" aria-hidden="true">
    <circle class="outline faint" r="10" />
  </svg>`,
}

/** The shape of one check's outcome. */
export function mark(outcome: Outcome | 'waiting'): TemplateResult {
  return html`<span class="mark">${marks[outcome]()}</span>`
}
