/** Whether HTML stands before JSON in an Accept header, as it does in a browser's. RFC 9110 §12.5.1. */
export function prefersHtml(accept = ''): boolean {
  const ranges = accept
    .split(',')
    .map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { type, quality: quality ? Number(quality.slice(2)) || 0 : 1 }
    })
    .sort((a, b) => b.quality - a.quality)
  const first = ranges.find(({ type }) =>
    /^(text\/html|application\/.*json|application\/vc.*|\*\/\*)$/.test(type),
  )
  return first?.type === 'text/html' && first.quality > 0
}
