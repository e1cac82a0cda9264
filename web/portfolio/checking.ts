import type { HeldText } from '../../core/portfolio/portfolio.ts'
import type { Asked } from '../readers.ts'
import { addAsked } from '../run.ts'
import type { Settings } from '../settings.ts'
import { type Checked, checkAll } from './checked.ts'

/** What checks have come to, and whom they asked. */
export interface Findings {
  readonly checked: ReadonlyMap<HeldText, Checked>
  readonly asked: readonly Asked[]
}

/** How often findings are told while many are checked. */
const tellMs = 200

/** Checks what is kept, each once, and tells what it finds. */
export function createChecking(tell: (findings: Findings) => void) {
  let found = new Map<HeldText, Checked>()
  let asked: readonly Asked[] = []
  let running: AbortController | undefined

  const stop = () => {
    running?.abort()
    running = undefined
    found = new Map()
    asked = []
    tell({ checked: new Map(), asked })
  }
  const check = async (texts: readonly HeldText[], settings: Settings): Promise<void> => {
    const open = texts.filter((held) => !found.has(held))
    if (running || open.length === 0) return
    const mine = new AbortController()
    running = mine
    const { signal } = mine
    const tellFound = () => {
      if (!signal.aborted) tell({ checked: new Map(found), asked })
    }
    const telling = setInterval(tellFound, tellMs)
    try {
      await checkAll(open, settings, signal, {
        checked: (one) => found.set(one.held, one),
        asked: ({ purpose, origin }) => {
          if (!signal.aborted) asked = addAsked(asked, purpose, origin)
        },
      })
    } finally {
      clearInterval(telling)
      if (running === mine) running = undefined
    }
    tellFound()
  }
  return {
    /** Those that were not checked yet; nothing where checks are on their way, after which it may be asked again. */
    check,
    /** Ends what is on its way and forgets what was found. */
    stop,
  }
}
