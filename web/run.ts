import { verifyBadge } from '../core/baked.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import type { Check, Report } from '../core/report.ts'
import { type Asked, makeReaders } from './readers.ts'
import type { Settings } from './settings.ts'
import type { Source } from './source.ts'

/** One check of one credential, as far as it has come. */
export interface Run {
  readonly state: 'reading' | 'checking' | 'settled' | 'refused'
  readonly label: string
  readonly checks: readonly Check[]
  readonly asked: readonly Asked[]
  /** The chain that the credential is anchored on, once known. */
  readonly chainId: number | undefined
  readonly report: Report | undefined
  /** What was checked, once it was read. */
  readonly content: Uint8Array | string | undefined
  /** Why there is nothing to check. */
  readonly refusal: InvalidInputError | undefined
}

/** Starts a check and tells each change; after `cancel` nothing more is asked or told. */
export function startRun(
  source: Source,
  settings: Settings,
  tell: (run: Run) => void,
): { readonly cancel: () => void } {
  const aborter = new AbortController()
  const { signal } = aborter
  let run: Run = {
    state: 'reading',
    label: source.label,
    checks: [],
    asked: [],
    chainId: undefined,
    report: undefined,
    content: undefined,
    refusal: undefined,
  }
  const change = (changed: Partial<Run>) => {
    run = { ...run, ...changed }
    if (!signal.aborted) tell(run)
  }
  const note = (purpose: Asked['purpose'], origin: string) =>
    change({ asked: addAsked(run.asked, purpose, origin) })
  const readers = makeReaders(settings, signal, { note, onChain: (chainId) => change({ chainId }) })

  const work = async () => {
    tell(run)
    try {
      if (source.asks !== undefined) note('credential', source.asks)
      const content = await source.read(signal)
      change({ state: 'checking', content })
      const report = await verifyBadge(content, {
        readers,
        trust: settings.trust,
        now: Date.now(),
        onCheck: (check) => change({ checks: [...run.checks, check] }),
      })
      change({ state: 'settled', report })
    } catch (thrown) {
      if (signal.aborted) return
      if (!(thrown instanceof InvalidInputError)) reportError(thrown)
      change({ state: 'refused', refusal: refusalOf(thrown) })
    }
  }
  void work()
  return { cancel: () => aborter.abort() }
}

/** Whatever happens, the visitor is told: an error of ours is never left as a check that does not end. */
function refusalOf(thrown: unknown): InvalidInputError {
  if (thrown instanceof InvalidInputError) return thrown
  return new InvalidInputError('page_failed', messageOf(thrown))
}

/** Who was asked, with one more question to somebody. */
export function addAsked(
  asked: readonly Asked[],
  purpose: Asked['purpose'],
  origin: string,
): readonly Asked[] {
  const same = asked.find((entry) => entry.purpose === purpose && entry.origin === origin)
  if (!same) return [...asked, { purpose, origin, count: 1 }]
  return asked.map((entry) => (entry === same ? { ...same, count: same.count + 1 } : entry))
}
