import { artifacts } from 'hardhat'
import { describe, expect, it } from 'vitest'
import type { Hex } from '../../core/bytes.ts'
import { contractAddresses, create2Address } from '../../core/deployment.ts'

describe('the addresses of the contracts', () => {
  it('are those of the compiled code', async () => {
    const addressOf = async (contract: string) =>
      create2Address((await artifacts.readArtifact(contract)).bytecode as Hex)
    expect({
      registry: await addressOf('CredentialRegistry'),
      accreditationRegistry: await addressOf('AccreditationRegistry'),
    }).toEqual(contractAddresses)
  })
})
