/** One side of a comparison, in a process of its own. A module of `contenders/` gives one with its `open`. */
export interface Contender {
  /** Does the work once; what it returns is compared between the sides or read by the row. */
  readonly run: () => unknown
}

/** What is asked of a contender, as JSON. */
export type Task = Readonly<Record<string, string | number | boolean>>

/** Prepares what is not measured: input that is at hand, code that is loaded. */
export type OpenContender = (task: Task) => Contender | Promise<Contender>

/** What the process of a contender answers. Milliseconds; megabytes as the operating system counts them. */
export interface Round {
  readonly ms: number
  /** Processor time of all threads. */
  readonly cpuMs: number
  readonly result: unknown
  /** Before the first round, with the input at hand. */
  readonly idleMb: number
  readonly peakMb: number
}

/** A number of the task. */
export function numberOf(task: Task, name: string): number {
  const value = task[name]
  if (typeof value !== 'number') throw new Error(`the task names no ${name}`)
  return value
}
