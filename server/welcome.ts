import type { Demo } from './demo.ts'

/** What is printed when the service is up. */
export function describeService(url: string): string {
  return `
Rootmark is up.

  Check a credential   ${url}/
  Issuer console       ${url}/console
  API                  ${url}/docs
`
}

/** The same for the demo: something to look at, something to copy and paste, and how to stop. */
export function describeDemo(url: string, rpcUrl: string, demo: Demo): string {
  const { active, revoked, suspended } = demo.credentials
  const link = (id: string | undefined) => (id ? `${url}/credentials/${id}` : 'none left')
  const verify = active
    ? `
Verify one of them:

  curl -s ${link(active)} |
    curl -s ${url}/verify -H 'Content-Type: application/vc' --data-binary @-
`
    : ''
  return `
Rootmark is up, with a demo: ${demo.batch.size} credentials of "${demo.batch.name}",
anchored in one transaction on a chain of its own (${rpcUrl}).

  Check a credential   ${url}/
  Issue some yourself  ${url}/console
  API                  ${url}/docs

  A valid credential   ${link(active)}
  A revoked one        ${link(revoked)}
  A suspended one      ${link(suspended)}
  The issuer's batches ${url}/issuers/northfield
${verify}${describeStack(url, demo)}
The issuer's API key, to sign in at the console and for the API (kept in ${demo.apiKeyFile}):

  ${demo.apiKey}
  curl -s ${url}/batches/${demo.batch.id} -H 'Authorization: Bearer ${demo.apiKey}'

Stop with Ctrl+C. The data stays; the next start goes on from here.
`
}

/** A certificate, what it was made of, and the command that follows the one from the other. */
function describeStack(url: string, { stack }: Demo): string {
  if (!stack) return ''
  const { pathway, award, components, email } = stack
  const parts = components.map((id) => `    ${url}/credentials/${id}`).join(' \\\n')
  return `
A certificate made of micro-credentials of two issuers, and the rule that it follows:

  The certificate      ${url}/credentials/${award}
  Its pathway          ${pathway}

Verify it with what it was made of, as its holder ${email} hands it in:

  npx hardhat pathway check ${pathway} \\
    --award ${url}/credentials/${award} --email ${email} \\
${parts}

The same as its holder and as an employer, in the browser: keep the links above in a portfolio, and show them to whoever asks.

  A portfolio          ${url}/portfolio
  Ask for credentials  ${url}/requirement
`
}
