import { HDNodeWallet } from 'ethers'

/** Who plays which part on the embedded chain. */
export interface DemoAccounts {
  readonly deployer: { readonly address: string }
  readonly issuer: { readonly address: string }
  readonly operator: { readonly address: string; readonly privateKey: string }
  readonly accreditor: { readonly address: string }
  /** Whose credentials stack with the issuer's. */
  readonly secondIssuer: { readonly address: string }
}

// Hardhat's well-known phrase: these keys are public, and worth nothing on any other chain.
const phrase = 'test test test test test test test test test test test junk'

const account = (index: number) =>
  HDNodeWallet.fromPhrase(phrase, undefined, `m/44'/60'/0'/0/${index}`)

export const demoAccounts: DemoAccounts = {
  deployer: account(0),
  issuer: account(1),
  operator: account(2),
  accreditor: account(9),
  secondIssuer: account(4),
}
