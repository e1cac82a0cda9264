import { countingIn } from '../plural.ts'
import { reasons } from './reasons.ts'

const { number, counted } = countingIn('en-GB')

/** English texts of a report. */
export const messages = {
  progress: {
    reading: 'Reading the credential …',
    asking: 'Asking the chain …',
    settled: (count: number, all: number) => `${count} of ${all} checks settled`,
  },
  verdicts: {
    valid: 'Valid',
    invalid: 'Not valid',
    indeterminate: 'Could not check',
    refused: 'Nothing to check',
    checking: 'Checking',
  },
  /** What a verdict is at a glance, where one word says more than the verdict. */
  looks: {
    revoked: 'Revoked',
    suspended: 'Suspended',
    expired: 'Expired',
    early: 'Not valid yet',
    altered: 'Altered',
    unvouched: 'Issuer unknown',
  },
  fallbackHeadlines: {
    valid: 'Genuine, unaltered and in force',
    invalid: 'Something about it is wrong',
    indeterminate: 'A question stayed open',
    refused: 'This cannot be read',
  },
  fallbackNext: {
    valid: 'Make sure that the person who shows it is the holder it names.',
    invalid: 'Do not rely on it. Ask the holder for the file that the issuer handed out.',
    indeterminate: 'This says nothing against the credential. Check again later.',
    refused: 'Ask the holder for the credential as a JSON file.',
  },
  reasons,
  next: 'What to do next',
  save: 'Save this report',
  print: 'Print',
  openPresentation: 'Open it there',
  where: (place: string) => `The place: ${place}`,
  notes: {
    title: 'Please note',
    testNetwork: (chain: string) =>
      `${chain} is a test network. Anchors there cost nothing and prove nothing about the real world.`,
    testLabel: 'Test network',
    notAccredited:
      'Nobody was asked to vouch for the issuer: its name is as the credential states it.',
    scopeInWords: (scope: string) =>
      `The issuer’s accreditation is limited in words that computers do not compare${scope === '' ? '' : `: “${scope}”`}. Judge by yourself whether this credential is within it.`,
    notFinal:
      'The anchor is recent and not final yet: in rare cases a chain drops its newest blocks. Check again in a few minutes.',
  },
  checks: {
    title: 'The eight checks',
    waiting: 'Waiting',
    successor: 'Open the corrected credential',
    read: 'Read',
    from: 'from',
    outcomes: {
      valid: 'Passed',
      invalid: 'Failed',
      indeterminate: 'Could not be told',
      skipped: 'Not asked',
    },
    names: {
      format: ['Format', 'Is it a credential?'],
      integrity: ['Content', 'Is it unaltered?'],
      anchor: ['Anchor', 'Committed to by whom, and when?'],
      signature: ['Signature', 'Are the other proofs good?'],
      issuer: ['Issuer', 'Was it the issuer it names?'],
      accreditation: ['Accreditation', 'Who vouches for the issuer?'],
      status: ['Status', 'Revoked or suspended?'],
      validity: ['Validity', 'Is it in its period?'],
    },
  },
  credential: {
    title: 'The credential',
    confirmed: 'Content confirmed by the anchor',
    confirmedBySignature: 'Content confirmed by the issuer’s signature',
    unconfirmed: 'As the file states it; nothing of it is confirmed',
    name: 'Achievement',
    holder: 'Holder, as stated',
    holderUnnamed: 'Not named',
    issuer: 'Issuer',
    log: 'Everything that it anchored',
    accredited: (accreditors: string) => `Name confirmed by ${accreditors}`,
    stated: 'As the credential states it',
    statedOnly: 'As the credential states it; not confirmed by an accreditor',
    differs: 'The credential calls its issuer by another name than the accreditation does.',
    skills: 'Skills',
    endorsements: 'Endorsements, as they name themselves',
    endorserUnnamed: 'Not named',
    endorsement: {
      valid: 'genuine and in force',
      invalid: 'not genuine, or no longer in force',
      indeterminate: 'could not be checked',
    },
    moreSkills: (count: number) => `and ${number(count)} more`,
    picture: (host: string) => `Show its picture, from ${host}`,
    pictureAlt: 'Picture of the achievement, as its issuer made it',
    pictureFailed:
      'The picture cannot be shown: it is no PNG of moderate size, or its server does not hand it out.',
    level: 'Level',
    eqf: (level: string) => `EQF level ${level}`,
    credits: 'Credits',
    result: 'Result',
    validity: 'Validity',
    validFrom: (from: string) => `From ${from}`,
    validBetween: (from: string, until: string) => `From ${from} until ${until}`,
    noStart: 'the beginning',
    criteria: 'How it is earned',
  },
  evidence: {
    title: 'Evidence for experts',
    intro: 'Everything a second verifier needs to repeat this check with tools of its own.',
    none: 'No anchor was read, so there is no evidence to show.',
    chain: 'Chain',
    registry: 'Registry',
    account: 'Issuer account',
    root: 'Root of the batch',
    leaf: 'Leaf',
    digest: 'Digest',
    statusIndex: 'Status index',
    ofSize: (index: string, size: string) => `${index} in a batch of ${size}`,
    sequence: 'Batch number of the issuer',
    anchoredAt: 'Anchored at',
    finality: 'Finality',
    finalities: {
      included: 'included: in a block, not final yet',
      safe: 'safe: unlikely to be dropped',
      finalized: 'finalized: cannot be dropped any more',
    },
    block: 'Read at block',
    blockHash: 'Block hash',
    call: 'Contract call to repeat',
    callNote:
      'The first word of the answer is the standing: 1 is in force, 2 suspended, 3 revoked, 4 withdrawn; the second is the root.',
    accreditors: 'Accreditors, root first',
    scope: 'Scope of the accreditation',
    noScope: 'Anything',
    checkedAt: 'Checked at',
    reason: 'Reason code',
    id: 'Credential id',
  },
  disclosure: {
    title: 'What left this browser',
    nothing: 'Nothing. The credential was read and checked here.',
    kept: 'The credential itself stayed here. Asked were:',
    purposes: {
      chain: (origin: string, count: number) =>
        `${origin}, the chain endpoint (${counted(count, { one: '# question', other: '# questions' })}): whether a salted fingerprint is anchored and in force. It tells the endpoint no names.`,
      document: (origin: string) => `${origin}, for the public document that the issuer points to.`,
      migrations: (origin: string) =>
        `${origin}, for records that say whether the batch was moved to another chain. It is told the root of the batch and no names.`,
      credential: (origin: string) => `${origin}, for the credential, because a link was given.`,
    },
  },
}

export type Report = typeof messages
