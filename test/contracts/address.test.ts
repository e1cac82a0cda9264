import { concat, getCreate2Address, keccak256 } from 'ethers'
import { artifacts } from 'hardhat'
import { describe, expect, test } from 'vitest'
import { startChain } from './fixture.ts'

/** The deterministic deployment proxy: salt of 32 bytes and init code as call data. */
const PROXY = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
const PROXY_CODE =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'
const SALT = `0x${'00'.repeat(32)}`

/** A change of any contract, or of the compiler's settings, moves it: that is a new release, not a repair. */
const RELEASED = {
  CredentialRegistry: '0x10AC6D2AC5D23A27c5e56b11a8948318b77487E3',
  AccreditationRegistry: '0xC92244C73e9c1FB9a70c956b38DaD949D74221A1',
} as const

describe('the address that is the same on every chain', () => {
  for (const [name, address] of Object.entries(RELEASED)) {
    test(`of ${name} is that of its bytecode`, async () => {
      const { bytecode } = await artifacts.readArtifact(name)
      expect(getCreate2Address(PROXY, SALT, keccak256(bytecode))).toBe(address)
    })

    test(`is where the deployment proxy puts ${name}`, async () => {
      const { ethers, provider, stranger } = await startChain()
      const { bytecode } = await artifacts.readArtifact(name)
      await provider.request({ method: 'hardhat_setCode', params: [PROXY, PROXY_CODE] })
      const sent = await stranger.sendTransaction({ to: PROXY, data: concat([SALT, bytecode]) })
      await sent.wait()
      expect((await ethers.provider.getCode(address)).length).toBeGreaterThan(2)
    })
  }
})
