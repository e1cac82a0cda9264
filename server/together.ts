/**
 * Resolves once whatever has arrived by now was read, for all who wait at the same time: then their work is done in one go.
 *
 * Between the reading of one request and the writing of the answer before it, a processor forgets the code in between: a verification
 * takes several times as long after a system call as after another verification. Who waits alone waits for nothing.
 */
export function workTogether(): () => Promise<void> {
  let turn: Promise<void> | undefined
  return () => {
    turn ??= new Promise((resolve) => {
      setImmediate(() => {
        turn = undefined
        resolve()
      })
    })
    return turn
  }
}
