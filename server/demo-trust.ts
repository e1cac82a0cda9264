import { Interface } from 'ethers'
import {
  accreditationAbi,
  decodeAccreditations,
  encodeAccreditationsOf,
} from '../core/accreditation.ts'
import { callContract, readLatestBlock } from '../core/chain.ts'
import { didPkh } from '../core/did.ts'
import { operatorRoles } from '../core/registry.ts'
import { readRoles, registryInterface } from './chains.ts'
import { type DemoAccounts, demoAccounts } from './demo-accounts.ts'
import type { Service } from './service.ts'

const accreditation = new Interface(accreditationAbi)
const farFuture = 4_102_444_800 // 2100-01-01

/** Has the demo accreditor accredit a demo issuer, and the issuer authorise the operator, where the chain lacks it. */
export async function ensureDemoTrust(
  service: Service,
  issuerName: string,
  issuer: DemoAccounts['issuer'] = demoAccounts.issuer,
): Promise<void> {
  const { config, chain, sender } = service
  const { accreditor } = demoAccounts
  const block = await readLatestBlock(chain.chain, chain.chainId)

  const records = decodeAccreditations(
    await callContract(
      chain.chain,
      config.ACCREDITATION_REGISTRY_ADDRESS,
      encodeAccreditationsOf(accreditor.address, issuer.address, 0),
      block.number,
    ),
  )
  if (records.length === 0) {
    const statement = {
      subject: issuer.address,
      validFrom: 0,
      validUntil: 0,
      maySubaccredit: false,
      profileHash: `0x${'00'.repeat(32)}`,
      scope: 'Micro-credentials at levels 5 to 7 of the European Qualifications Framework',
      name: issuerName,
      did: didPkh({ chainId: chain.chainId, address: issuer.address }),
    }
    await send(
      service,
      accreditor.address,
      config.ACCREDITATION_REGISTRY_ADDRESS,
      accreditation.encodeFunctionData('accredit', [statement]),
    )
  }

  const roles = operatorRoles.anchor | operatorRoles.revoke
  if (sender && (await readRoles(chain, issuer.address, sender.operator, block)) !== roles) {
    const data = registryInterface.encodeFunctionData('setOperator', [
      sender.operator,
      roles,
      farFuture,
    ])
    await send(service, issuer.address, chain.registry, data)
  }
}

/** The embedded chain signs for its own accounts and includes at once. */
async function send({ chain }: Service, from: string, to: string, data: string): Promise<void> {
  const { provider } = chain.chain
  await provider.request({ method: 'eth_sendTransaction', params: [{ from, to, data }] })
}
