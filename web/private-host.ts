/**
 * Whether a host is, by its name or number, within a network of the visitor's: a link that somebody else chose is not to reach
 * what only the visitor can. Names that lead there unseen are left to the browser's own guards.
 */
export function isPrivateHost({ hostname }: URL): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1))
  const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host)
  if (numbers) return isPrivateV4(numbers.slice(1).map(Number))
  return !host.includes('.') || /\.(?:local|localhost|internal|lan|home\.arpa|intranet)$/.test(host)
}

// IANA special-purpose registry: this network, private, shared, loopback, link-local.
function isPrivateV4([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  )
}

// Loopback and unspecified, unique local, link-local, and IPv4 within IPv6.
function isPrivateV6(host: string): boolean {
  return /^(?:::1?$|f[cd]|fe[89ab]|::ffff:|64:ff9b:)/.test(host)
}
