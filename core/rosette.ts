/** A closed wave around a circle, as security printing draws it; coordinates are centred on 0, 0. */
function wave(radius: number, depth: number, petals: number, turn: number): string {
  const steps = petals * 12
  let path = ''
  for (let step = 0; step < steps; step++) {
    const angle = (step / steps) * 2 * Math.PI
    const r = radius + depth * Math.cos(petals * angle + turn)
    path += `${step === 0 ? 'M' : 'L'}${(r * Math.cos(angle)).toFixed(2)} ${(r * Math.sin(angle)).toFixed(2)}`
  }
  return `${path}Z`
}

/** The lines of a guilloche ring between two radii. */
export function rosette(inner: number, outer: number, petals: number, lines: number): string {
  const radius = (inner + outer) / 2
  const depth = (outer - inner) / 2
  return Array.from({ length: lines }, (_, line) =>
    wave(radius, depth, petals, (line / lines) * 2 * Math.PI),
  ).join('')
}
