import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('en-GB')

/** English texts of the page with an issuer's batch log. */
export const messages = {
  documentTitle: (name: string) => `${name}: batch log · Rootmark`,
  kicker: 'Batch log',
  testNetwork: (chain: string) => `${chain}, a test network`,
  lead: 'Every batch of credentials that this issuer anchored, in order. Its registry numbers them without gaps, so that what is left out shows. No names of learners are here, nor anything that leads to them.',
  checkPage: 'Check a credential',
  loading: 'Reading the log …',
  more: {
    show: (count: number) =>
      `Show ${counted(count, { one: '# older batch', other: '# older batches' })}`,
    loading: 'Reading …',
  },
  unknown: {
    title: 'No such issuer here',
    text: 'This service has no issuer at this address. Look for a typing error, or ask the issuer for the address of its batch log.',
  },
  failed: {
    title: 'The log could not be read',
    text: 'This says nothing about the issuer. The service did not answer as it should:',
    again: 'Try again',
    status: (status: number) => `it answered with HTTP ${status}.`,
    malformed: 'its answer is no batch log.',
  },
  name: {
    confirmed: (accreditors: string) => `Name confirmed by ${accreditors}`,
    stated: 'As the issuer calls itself',
    callsItself: (name: string) => `It calls itself ${name}.`,
  },
  facts: {
    title: 'Who anchors, and where',
    account: 'Account',
    did: 'DID',
    site: 'Web site',
    chain: 'Chain',
    registry: 'Registry',
    test: 'a test network: nothing here proves anything about the real world',
    explorer: 'in the explorer',
  },
  sums: {
    title: 'What the chain says, and what is published here',
    chain: 'The chain says',
    chainCount: (count: number) =>
      counted(count, { one: '# batch anchored', other: '# batches anchored' }),
    chainAsOf: (block: number, time: string) => `As of block ${number(block)}, ${time}`,
    chainUnread: 'It could not be asked',
    chainUnreadNote: 'So nobody can tell from here whether the list below is complete.',
    chainOld: 'It cannot be asked just now; this is what it said before.',
    service: 'This service publishes',
    published: (count: number) => counted(count, { one: '# batch', other: '# batches' }),
    seen: (time: string) => `Last compared with the chain ${time}`,
    credentials: 'Credentials',
    revoked: 'Revoked',
    suspended: 'Suspended',
    withdrawn: 'Withdrawn',
    withdrawnIn: (batches: number) =>
      `in ${counted(batches, { one: '# batch', other: '# batches' })}`,
    complete: (count: number) =>
      count === 1
        ? 'Complete: the one batch that the chain counts is published here.'
        : `Complete: all ${number(count)} batches that the chain counts are published here.`,
    missing: (missing: number, count: number) =>
      `${counted(missing, { one: '# batch', other: '# batches' })} of the ${number(count)} that the chain counts ${missing === 1 ? 'is' : 'are'} not published here. The issuer may publish elsewhere; ask it, or run an audit.`,
    ahead: (count: number) =>
      `${counted(count, { one: '# batch is', other: '# batches are' })} published here that the chain does not count at this block. It may have turned back; look again in a minute.`,
    unread: 'Whether the list is complete is not known now: the chain could not be asked.',
  },
  accreditation: {
    title: 'Who vouches for the issuer',
    accredited: (accreditors: string) => `Accredited by ${accreditors}`,
    scope: 'For',
    limits: {
      none: 'Without limits as to what it awards',
      types: (types: string) => `achievements of type ${types}`,
      eqf: (levels: string) => `EQF level ${levels}`,
      isced: (fields: string) => `field ${fields} (ISCED-F)`,
    },
    period: 'Period',
    since: (from: string) => `since ${from}`,
    between: (from: string, until: string) => `from ${from} until ${until}`,
    withdrawn: (time: string) => `withdrawn ${time}`,
    ended: 'Not accredited any more',
    endedNote:
      'What it anchored while it was accredited stays good; each batch says who vouched for the issuer then.',
    none: 'Nobody trusted here vouches for it',
    noneNote: 'None of the accreditors that this service trusts has accredited this account.',
    notAsked: 'Nobody was asked',
    notAskedNote:
      'This service names no accreditors for this chain. Who the issuer is rests on its own word.',
    unread: 'Could not be asked',
    unreadNote: 'The chain could not be read. This says nothing against the issuer.',
    policy: 'By the trust file of this service; you may trust others.',
    atAnchor: {
      accredited: (accreditors: string) => `accredited then by ${accreditors}`,
      ended: 'not accredited then',
      none: 'nobody trusted here vouched for the issuer then',
      unread: 'accreditation could not be read',
    },
  },
  picture: {
    title: 'When, and what became of them',
    summary: (credentials: string, from: string, until: string) =>
      `${credentials} credentials by the time of their anchor, from ${from} until ${until}.`,
    inForce: 'not ended',
    revoked: 'revoked',
    suspended: 'suspended',
    withdrawn: 'in withdrawn batches',
    most: (count: string) => `${count} credentials`,
    numbers: 'The same in numbers',
    period: 'From',
    batches: 'Batches',
    credentials: 'Credentials',
    note: 'By the state of now: a revocation shows where its credential was anchored.',
  },
  batches: {
    title: 'Batches',
    order: 'newest first',
    legend: 'How final its anchor is:',
    number: (sequence: number) => `Batch ${number(sequence)}`,
    size: (size: number) => counted(size, { one: '# credential', other: '# credentials' }),
    noneEnded: 'none ended',
    revoked: (count: number) => `${number(count)} revoked`,
    suspended: (count: number) => `${number(count)} suspended`,
    withdrawn: (time: string) => `withdrawn ${time}`,
    root: 'Root',
    leaves: 'Leaves',
    transaction: 'Transaction',
    unpublished: 'Anchored, not published here',
    unpublishedNote: 'The chain counts it, and this service has no leaves of it.',
    ahead: 'Not in the chain’s state at the block that was read: it may have turned back.',
    finalities: {
      included: ['included', 'in a block, not final yet'],
      safe: ['safe', 'unlikely to be dropped'],
      finalized: ['finalized', 'cannot be dropped any more'],
    },
    empty: 'Nothing is anchored yet',
    emptyNote: 'Batches show here once the chain holds them.',
    emptyUnread: 'Nothing is published here. Whether the chain holds anything is not known now.',
  },
  recheck: {
    title: 'Check this log against the chain myself',
    intro:
      'You need not believe this page. Your browser asks a chain endpoint how many batches the account anchored, and for each batch listed here its anchor and how many have ended, and marks every line.',
    asks: (label: string) => `Asked is ${label}.`,
    asksNone: 'No endpoint is known for this chain: name one below.',
    button: 'Check against the chain',
    again: 'Check again',
    stop: 'Stop',
    running: (done: number, all: number) => `${number(done)} of ${number(all)} lines checked …`,
    asOf: (block: number, time: string, label: string) =>
      `Read at block ${number(block)}, ${time}, from ${label}.`,
    complete: (count: number) =>
      count === 0
        ? 'Right: the chain counts no batch of this account, and none is listed.'
        : `The log is complete and right: ${count === 1 ? 'the one batch that the chain counts is' : `all ${number(count)} batches that the chain counts are`} listed, with root, size, time and standing as the chain has them.`,
    part: (shown: number, count: number) =>
      `All ${number(shown)} lines are as the chain has them. It counts ${number(count)}: show the older ones to check these, too.`,
    rest: (count: number) =>
      count === 1
        ? 'The other line is as the chain has it.'
        : `The other ${number(count)} lines are as the chain has them.`,
    withheld: (missing: number) =>
      `${counted(missing, { one: '# line has', other: '# lines have' })} a number on the chain and no batch here. Its root stands in the registry’s log; an audit finds it.`,
    wrong: (wrong: number) =>
      `${counted(wrong, { one: '# line differs', other: '# lines differ' })} from the chain, as marked. What changed in the last minute may not be listed yet: load the page anew and check again.`,
    unlisted: (count: number) =>
      `The chain counts ${counted(count, { one: '# newer batch', other: '# newer batches' })} than the log lists. Load the page anew and check again.`,
    failed: 'Could not check. This says nothing against the log. ',
    untrusted: 'The log names a registry that the trust file of this page does not trust.',
    same: 'as the chain has it',
    counted: 'the chain counts it',
    missing: 'the chain has no such anchor',
    differs: (what: string) => `the chain says: ${what}`,
    sequence: (sequence: number) => `number ${number(sequence)}`,
    anchoredAt: (time: string) => `anchored ${time}`,
    notWithdrawn: 'not withdrawn',
    audit: 'With tools of your own, leaves and trees included:',
  },
  footer: {
    how: 'An issuer commits to its credentials in a registry on a public chain, and the registry numbers what each account anchors. This page lists that, and holds no credential.',
    json: 'This log as JSON',
    public: 'No cookies, no trackers.',
  },
}

export type Issuer = typeof messages
