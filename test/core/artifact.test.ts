import { readdirSync, readFileSync } from 'node:fs'
import { Interface, type InterfaceAbi } from 'ethers'
import { artifacts } from 'hardhat'
import { describe, expect, it } from 'vitest'
import { accreditationAbi } from '../../core/accreditation.ts'
import { registryAbi } from '../../core/registry.ts'

/** Every function, event and error, in one spelling, without names of parameters inside tuples being lost. */
function fragmentsOf(abi: InterfaceAbi): readonly string[] {
  return new Interface(abi).fragments
    .filter(({ type }) => ['function', 'event', 'error'].includes(type))
    .map((fragment) => fragment.format('full'))
    .sort()
}

function isOfOpenZeppelin(fragment: string): boolean {
  return /eip712Domain|EIP712DomainChanged|InvalidShortString|StringTooLong/.test(fragment)
}

describe('the ABI that core states', () => {
  it.each([
    ['CredentialRegistry', registryAbi],
    ['AccreditationRegistry', accreditationAbi],
  ])('is that of the compiled contract, member for member: %s', async (name, abi) => {
    const { abi: compiled } = await artifacts.readArtifact(name)
    const inherited = fragmentsOf(compiled as InterfaceAbi).filter((one) => !isOfOpenZeppelin(one))
    expect(fragmentsOf(abi)).toEqual(inherited)
  })
})

describe('core', () => {
  const folder = new URL('../../core/', import.meta.url)
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
  const allowed = [
    /^\.{1,2}\/(?!.*(?:server|scripts|web|test)\/)/,
    /^@noble\/hashes\/(?:sha2|legacy)\.js$/,
    /^csv-parse\//,
    /^typebox(?:\/|$)/,
    // Signatures and images: loaded where there is one, and tried in a browser by tests of the page.
    /^(?:base58-universal|jose|jsonld|@ethereumjs\/(?:mpt|rlp)|@digitalbazaar\/(?:ed25519|ecdsa)-multikey)$/,
    /^@digitalbazaar\/(?:credentials|data-integrity|multikey|vc-(?:bitstring-)?status-list)-context$/,
    /^(?:did-context|ed25519-signature-2020-context|@digitalcredentials\/(?:open-badges|dcc)-context)$/,
    // Has a build for browsers; receipts are printed by the service and the command line so far.
    /^qrcode$/,
    /^(?:fflate|png-chunks-extract|png-chunks-encode|@xmldom\/xmldom)$/,
  ]

  it('has files', () => {
    expect(files.length).toBeGreaterThan(30)
  })

  it.each(files)('imports itself and packages that run in a browser: %s', (file) => {
    const source = readFileSync(new URL(file, folder), 'utf8')
    const imported = [
      ...source.matchAll(/(?<!['"/])\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g),
    ].map((match) => match[1] as string)
    expect(imported.filter((name) => !allowed.some((pattern) => pattern.test(name)))).toEqual([])
    const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '')
    expect(code).not.toMatch(
      /\b(?:process|Buffer|require|Math\.random|Date\.now|localStorage|XMLHttpRequest)\b/,
    )
    if (file !== 'time.ts') expect(code).not.toMatch(/\bnew Date\b/)
  })
})
