import { countingIn } from '../plural.ts'

const { number } = countingIn('en-GB')

/** English texts of the administrator's part of the console. */
export const messages = {
  title: 'Administrator',
  api: 'API description',
  health: {
    title: 'How the service is',
    good: 'Database and chain answer, and the chain is watched.',
    chain: (chainId: string, registry: string) => `Chain ${chainId}, registry ${registry}`,
    managed: 'It has an operator key.',
    unmanaged: 'It has no operator key: issuers anchor with their own.',
  },
  jobs: {
    title: 'Work in the background',
    none: 'Nothing waits, and nothing was given up.',
    state: 'Jobs that',
    again: 'Try again',
    retried: 'It is tried again.',
    attempts: (count: number) => `tried ${number(count)} times`,
    empty: 'There are none of these.',
    count: (kind: string, count: number) => `${kind}: ${number(count)}`,
    kinds: {
      build: 'building a batch',
      subtree: 'building a part of a batch',
      anchor: 'anchoring a batch',
      status: 'bringing statuses on chain',
    },
    states: {
      waiting: 'wait',
      retrying: 'are tried again later',
      active: 'are under way',
      dead: 'were given up',
    },
  },
  issuers: {
    title: 'Issuers',
    none: 'No issuers yet.',
    more: 'Show more',
    batches: 'Batches',
    credentials: 'Credentials',
    anchored: 'of them anchored',
    account: 'Account',
    since: (time: string) => `since ${time}`,
    keys: 'API keys',
    keysNote:
      'No session makes or deletes API keys, so that a stolen cookie gets none. With a key of the issuer in KEY:',
    made: (time: string) => `made ${time}`,
  },
  create: {
    title: 'Record an issuer',
    slug: 'Short name, in addresses (small letters, digits, hyphens)',
    name: 'Name of the organisation',
    url: 'Home page',
    email: 'E-mail address (optional)',
    description: 'Who it is (optional)',
    account: 'Account that anchors its batches (0x…)',
    did: 'How it is named in credentials',
    dids: {
      default: 'did:web where the service has an https address, else its account',
      web: 'did:web, served here',
      key: 'did:key, a key of its own',
      pkh: 'did:pkh, its account',
    },
    button: 'Record it',
    done: (name: string) =>
      `${name} is recorded. This is its API key, told this once: hand it over safely.`,
    copy: 'Copy the key',
  },
}

export type Admin = typeof messages
