/** A part of the work on a batch that a job of its own does: `<batch id>/<number>`. */
export function formatPart(batch: string, number: number): string {
  return `${batch}/${number}`
}

/** The batch and the number of such a part. */
export function parsePart(part: string): { readonly batch: string; readonly number: number } {
  const [batch = '', number] = part.split('/')
  return { batch, number: Number(number) }
}
