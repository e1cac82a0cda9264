// Libraries of others that tests compare with; they bring no types of their own.

interface OtherSuite {
  readonly type?: string
}
interface OtherKey {
  readonly id: string
  readonly controller: string
  signer(): { readonly id: string; readonly algorithm: string }
  export(options: { publicKey: true }): Promise<{ publicKeyMultibase: string }>
}

declare module '@digitalbazaar/vc' {
  interface Options {
    readonly suite: OtherSuite | readonly OtherSuite[]
    readonly documentLoader: (url: string) => Promise<object>
    readonly now?: Date
  }
  export function issue(options: Options & { credential: object }): Promise<object>
  export function verifyCredential(
    options: Options & { credential: object },
  ): Promise<{ readonly verified: boolean; readonly error?: Error }>
  export function signPresentation(
    options: Options & { presentation: object; challenge: string; domain?: string },
  ): Promise<object>
  export function verify(
    options: Options & { presentation: object; challenge: string; domain?: string },
  ): Promise<{ readonly verified: boolean; readonly error?: Error }>
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { signer?: object; cryptosuite: object; date?: string })
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): object
  export function createVerifyCryptosuite(): object
}
declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options?: { signer?: object; date?: string })
  }
}
