import { html, nothing, type TemplateResult } from 'lit'
import { webLink } from '../link.ts'
import { around, shown } from '../text.ts'
import { webUrl } from '../web-url.ts'
import { issuer as words } from '../words/issuer.ts'
import type { Accreditation, IssuerLog } from './log.ts'

/** The names of the accreditors, root first. */
export function accreditorsOf({ accreditors = [] }: Accreditation): string {
  return accreditors.map(({ name }) => name).join(', ')
}

/** The issuer's name: as its accreditation has it where it is accredited, else as it calls itself, and which of both it is. */
export function headingView(log: IssuerLog): TemplateResult {
  const { name, onChain, chain } = log
  const accreditation = onChain?.accreditation
  const confirmed = accreditation?.standing === 'accredited' ? accreditation.issuerName : undefined
  return html`<p class="kicker">
      ${words().kicker}${chain.testNetwork ? html` <span class="mind">${words().testNetwork(chain.name)}</span>` : nothing}
    </p>
    <h1>${shown(confirmed ?? name)}</h1>
    <p class="source">
      ${
        accreditation && confirmed !== undefined
          ? around(words().name.confirmed, shown(accreditorsOf(accreditation)))
          : words().name.stated
      }
      ${confirmed !== undefined && confirmed !== name ? html` ${around(words().name.callsItself, shown(name))}` : nothing}
    </p>
    <p class="lead">${words().lead}</p>`
}

/** Account, DID, site and registry: what a second verifier starts from. */
export function factsView({ account, did, url, chain }: IssuerLog): TemplateResult {
  const { facts } = words()
  return html`<section class="facts" aria-labelledby="facts">
    <h2 id="facts">${facts.title}</h2>
    <dl>
      <div><dt>${facts.site}</dt><dd>${siteOf(url)}</dd></div>
      <div><dt>${facts.did}</dt><dd><code>${shown(did)}</code></dd></div>
      <div><dt>${facts.account}</dt><dd><code>${account}</code> ${explorerLink(chain, 'address', account)}</dd></div>
      <div>
        <dt>${facts.chain}</dt>
        <dd>${chain.name} (${chain.chainId})${chain.testNetwork ? html`, <em class="mind">${facts.test}</em>` : nothing}</dd>
      </div>
      <div><dt>${facts.registry}</dt><dd><code>${chain.registry}</code> ${explorerLink(chain, 'address', chain.registry)}</dd></div>
    </dl>
  </section>`
}

/** A way to look something up in the chain's explorer, where the trust file knows one. EIP-3091. */
export function explorerLink(
  { explorer }: IssuerLog['chain'],
  kind: 'address' | 'tx',
  what: string,
  label = words().facts.explorer,
): TemplateResult | typeof nothing {
  if (explorer === undefined || !/^0x[0-9a-fA-F]+$/.test(what)) return nothing
  return webLink(label, `${explorer}/${kind}/${what}`)
}

/** Untrusted: an address that leads to no web page stays plain text. */
function siteOf(address: string): TemplateResult {
  const url = webUrl(address)
  if (!url) return shown(address)
  return html`<a href=${url.href} rel="noopener noreferrer">${shown(address)}</a>`
}
