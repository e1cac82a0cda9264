/** Names of hash functions as Subresource Integrity writes them, weakest first. */
export const hashNames = ['sha256', 'sha384', 'sha512'] as const
export type HashName = (typeof hashNames)[number]

/** The digests of one resource in base64. */
export type KnownDigests = Readonly<Record<HashName, string>>

/**
 * Digests of resources whose bytes are known: contexts as their publishers serve them, so that `relatedResource` can be
 * answered without any network. VC 2.0 §5.3 and appendix B.1, VC 1.1 appendix B.1, VC Data Integrity §2.4.
 */
export const knownResources: ReadonlyMap<string, KnownDigests> = new Map([
  [
    'https://www.w3.org/2018/credentials/v1',
    {
      sha256: 'q03dmlMXWIB6eaW0UFENYa6NFH6rlmzJogDAcJWwzcw=',
      sha384: 'gsOz6rhjdUu/0rnxfY1tufYRafMBy/CwXh/EvrX1xR3U0uiIwnT0nD+7JAj2H67R',
      sha512:
        'U2pAs5DdqUqeORlsAAkPYmaOgYT+PIwCxKIshWZuaL9uhdPcfy26hbK2Lvldl94kEyVo2FBNtD8snILS6IQY0g==',
    },
  ],
  [
    'https://www.w3.org/ns/credentials/v2',
    {
      sha256: 'WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=',
      sha384: 'l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
      sha512:
        'XVVFK9Lc+KKfWikEc+skKxxft31OaPGgqoe6pNuiaUhS1l7GPUisBKmdlW+fcVO5QG+E0tBMdIabAsI5odgTBQ==',
    },
  ],
  [
    'https://www.w3.org/ns/credentials/undefined-terms/v2',
    {
      sha256: 'gtq1FLpE6xj10bD2OMXhQMalVvv7UIlgG9wPpeuLJYE=',
      sha384: 'sqZszdunC6Z62Zwv9S5gVY3wBjzqUcTKiG4l2epzz6u4eLr5LcKtK9omwxORhQ1o',
      sha512:
        'fFJf9JvEeexdp/zPXVZJfkvkCOsmnTZgnMH2zh+cTuI+Su+1PTcotKHKxW2mUY/P3nia8jpd+3f0zmk+te1YGw==',
    },
  ],
  [
    'https://w3id.org/security/data-integrity/v2',
    {
      sha256: 'Z/IebjOmwU5cz9L8eGX3R0+3GgSvfpQTbLOZ36yK6PQ=',
      sha384: 'DuLXYmcX+LB81Em1JdXitx/icgn8meUwieAWndKUTXk/7qRSb8YLucyhzZZRI5H2',
      sha512:
        'Oc16mkBHt0uFJGQP41Yz6B6ChtFL27fnfQ4I2FCwDWo1sBhdXeNcR5uu2yOheYnZ9iislVMf3XnAxaD2Mtn6lQ==',
    },
  ],
  [
    'https://w3id.org/security/multikey/v1',
    {
      sha256: 'uiwYLeLZL35HGEvMqPzwvq7m05hsUnv2ZMGVu8fFhZc=',
      sha384: 'D6UWQdEvuMcBsuapSSVW8l0yu0r4SpbxGAjwpiO5ckNN0YqPHxhlvGjY7gRsTlo+',
      sha512:
        'En0TOOp/cC10XtW/aQDtqKrEQZ2lRjGB/KAsJ+BQhRBufT7s6eoOFWvP9cP5nurTl3hcRTvFeffdVJapkeELXw==',
    },
  ],
])
