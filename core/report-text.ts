import type { Report } from './report.ts'

/** Words the report of one of many that are alike. */
export type WordAlike = (report: Report) => string

const words = new WeakMap<Report, WordAlike>()

/** The report as JSON: what `JSON.stringify` gives, sooner where it is like another one. */
export function reportText(report: Report): string {
  return words.get(report)?.(report) ?? JSON.stringify(report)
}

/** Says how this report is worded. */
export function wordBy(report: Report, word: WordAlike): Report {
  words.set(report, word)
  return report
}

const mark = (place: number) => `@own ${place}@`
const marks = /"@own \d@"/

/** Words reports that say what this one does, but for the members that are a credential's own; `undefined` where a text could pose as a mark. */
export function wordingLike(like: Report): WordAlike | undefined {
  const { credential, anchor } = like
  if (!credential || !anchor) return undefined
  const marked = {
    ...like,
    credential: {
      ...credential,
      id: mark(0),
      ...(credential.holder !== undefined && { holder: mark(1) }),
      ...(credential.result !== undefined && { result: mark(2) }),
    },
    anchor: { ...anchor, leaf: mark(3), digest: mark(4), statusIndex: mark(5) },
    checkedAt: mark(6),
  }
  const ownOf = ({ credential, anchor, checkedAt }: Report): readonly unknown[] => [
    credential?.id,
    ...[credential?.holder, credential?.result].filter((text) => text !== undefined),
    ...inOrder.map((name) => anchor?.[name]),
    checkedAt,
  ]
  // The members of the anchor stand in the order in which it was made.
  const inOrder = (Object.keys(anchor) as (keyof typeof anchor)[]).filter((name) =>
    ['leaf', 'digest', 'statusIndex'].includes(name),
  )
  const parts = JSON.stringify(marked).split(marks)
  const word = (report: Report): string => {
    const own = ownOf(report)
    let text = parts[0] as string
    for (let i = 1; i < parts.length; i++) text += JSON.stringify(own[i - 1]) + parts[i]
    return text
  }
  return parts.length === ownOf(like).length + 1 && word(like) === JSON.stringify(like)
    ? word
    : undefined
}
