import type { Browser } from 'playwright-core'
import { startTestChain, type TestChain } from './chain.ts'
import { launchChromium } from './chromium.ts'
import { type Site, startSite } from './site.ts'

/** All that a test of the page needs: a browser, the site, a chain on which an accredited issuer anchors. */
export interface Desk {
  readonly browser: Browser
  readonly site: Site
  readonly chain: TestChain
  readonly close: () => Promise<void>
}

export const accreditedName = 'Northfield University of Applied Sciences'
export const accreditorName = 'Demo Quality Agency'
export const chainName = 'Rootmark test chain'

export async function openDesk(): Promise<Desk> {
  const [browser, site, chain] = await Promise.all([
    launchChromium(),
    startSite(),
    startTestChain(),
  ])
  await chain.accredit(chain.issuer, accreditedName)
  const desk = {
    browser,
    site,
    chain,
    close: async () => {
      await browser.close()
      await Promise.all([site.close(), chain.close()])
    },
  }
  setConfig(desk)
  return desk
}

/** Serves a `config.json` as the service does, with changes to it and to its trust file. */
export function setConfig(
  { site, chain }: Desk,
  changes: Record<string, unknown> = {},
  trustChanges: Record<string, unknown> = {},
): void {
  const config = {
    trust: {
      version: 1,
      acceptTestNetworks: true,
      chains: {
        31337: {
          name: chainName,
          testNetwork: true,
          rootAccreditors: [{ account: chain.accreditor, name: accreditorName }],
        },
      },
      ...trustChanges,
    },
    contracts: chain.contracts,
    chains: { 31337: { rpcUrl: chain.rpcUrl } },
    ...changes,
  }
  site.bodies.set('/config.json', JSON.stringify(config))
}
