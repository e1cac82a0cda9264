/**
 * The media type to hand a credential out as: `application/vc`, and JSON to a client that lists what it takes and lists JSON, not
 * that. Many libraries parse nothing else.
 */
export function vcMediaType(accept = '*/*'): 'application/vc' | 'application/json' {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase())
  const takesVc = types.some((type) => type === 'application/vc' || type === '*/*')
  const takesJson = types.some((type) => /^application\/(?:[a-z.-]+\+)?json$/.test(type ?? ''))
  return !takesVc && takesJson ? 'application/json' : 'application/vc'
}
