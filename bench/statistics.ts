/** The middle of some numbers; of an even count the mean of the two in the middle. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[sorted.length >> 1]
  if (upper === undefined) throw new Error('a median of no numbers')
  return sorted.length % 2 === 1 ? upper : ((sorted[sorted.length / 2 - 1] as number) + upper) / 2
}

/** How far apart the rounds lie, as a share of their median: 0 where all are alike. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values)
}

/** A size and what it cost. */
export interface Point {
  readonly size: number
  readonly cost: number
}

/** The slope of a least-squares line through the logarithms: 1 where cost grows with size, 2 where it grows with its square. */
export function growth(points: readonly Point[]): number {
  if (points.length < 2) throw new Error('growth is seen from two sizes on')
  const xs = points.map(({ size }) => Math.log(size))
  const ys = points.map(({ cost }) => Math.log(cost))
  const meanX = mean(xs)
  const meanY = mean(ys)
  const above = xs.reduce((sum, x, i) => sum + (x - meanX) * ((ys[i] as number) - meanY), 0)
  const below = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
  return above / below
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
