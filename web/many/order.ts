import type { Row } from './row.ts'

export const columns = ['result', 'reason', 'achievement', 'holder', 'issuer', 'name'] as const
export type Column = (typeof columns)[number]

/** How the table is looked at. */
export interface View {
  readonly column: Column | undefined
  readonly isDescending: boolean
  /** A look, or all of them. */
  readonly look: string
  readonly search: string
}

/** A row with its texts as they are shown and sought. */
export interface Line {
  readonly row: Row
  readonly cells: Readonly<Record<Column, string>>
  readonly sought: string
}

/** The lines of a view. Ten thousand are ordered within a frame: keys are compared as they are, without a locale's rules. */
export function viewOf(lines: readonly Line[], view: View): readonly Line[] {
  const { column, isDescending, look } = view
  const search = view.search.trim().toLowerCase()
  const found = lines.filter(
    ({ row, sought }) => (look === '' || row.look === look) && sought.includes(search),
  )
  if (column === undefined) return found.sort((a, b) => a.row.index - b.row.index)
  const sign = isDescending ? -1 : 1
  return found
    .map((line) => ({ line, key: line.cells[column].toLowerCase() }))
    .sort((a, b) =>
      a.key < b.key ? -sign : a.key > b.key ? sign : a.line.row.index - b.line.row.index,
    )
    .map(({ line }) => line)
}
