import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('en-GB')
const credentials = (count: number) =>
  counted(count, { one: '# credential', other: '# credentials' })

/** English texts of the issuer's console. */
export const messages = {
  documentTitle: 'Issuer console · Rootmark',
  title: 'Issuer console',
  loading: 'One moment …',
  checkPage: 'Check a credential',
  log: 'Public batch log',
  signOut: 'Sign out',
  until: (time: string) => `Signed in until ${time}`,
  sections: 'Parts of the console',
  batches: 'Batches',
  fresh: 'New batch',
  back: 'All batches',
  footer:
    'One cookie keeps you signed in; no script can read it, and no other site can use it. The key itself is not kept.',
  failed: (why: string) => `That did not work: ${why}`,
  unreachable: 'The service does not answer. Look at your connection and try again.',
  over: 'You are not signed in any more. Sign in again; what you had typed is still here.',
  signIn: {
    title: 'Sign in',
    lead: 'With an API key of your issuer. Whoever runs this service gave you one when your issuer was recorded.',
    key: 'API key',
    hint: 'Begins with rm_',
    button: 'Sign in',
    wrong: 'This key opens nothing here. Look for a missing character, or ask for a new one.',
    admin:
      'This is the administrator’s key. Batches belong to issuers: sign in with an issuer’s key.',
  },
  states: {
    building: 'being built',
    built: 'not anchored yet',
    submitted: 'on its way to the chain',
    included: 'anchored, not final yet',
    safe: 'anchored, nearly final',
    finalized: 'anchored for good',
    failed: 'stopped',
  },
  list: {
    empty: 'No batches yet',
    emptyNote: 'Start with an achievement and a roster of those who earned it.',
    size: credentials,
    more: 'Show older batches',
    picture: (total: number, anchored: number) =>
      `${credentials(total)} in the batches shown, ${number(anchored)} of them anchored.`,
    anchored: 'anchored',
    waiting: 'not anchored',
  },
  search: {
    title: 'Find a credential',
    label: 'Part of the holder’s name, or the credential’s id',
    button: 'Find',
    none: 'No credential matches.',
    found: (count: number) => `${credentials(count)} found.`,
    some: (count: number) => `The first ${credentials(count)}; type more of the name to narrow it.`,
    open: (name: string) => `Open the batch ${name}`,
  },
  form: {
    title: 'New batch',
    achievement: '1. What was achieved',
    name: 'Name of the achievement',
    description: 'Description',
    narrative: 'How it is earned (criteria)',
    criteriaUrl: 'Web page with the criteria (optional)',
    type: 'Type',
    level: 'EQF level (optional)',
    noLevel: 'None',
    credits: 'Credits, such as ECTS (optional)',
    validUntil: 'Valid until (optional, end of day UTC)',
    skills: 'Skills',
    skillSearch: 'Find a skill in the ESCO sample',
    skillAdd: 'Add this skill',
    freeName: 'Or another skill: its name',
    freeUrl: 'and its URI (ESCO, CTDL or CASE)',
    freeAdd: 'Add it',
    freeBad: 'Give a name, and a URI that begins with a scheme such as https:',
    skillUnknown: 'Choose one of the list, or add a skill with a URI of your own below.',
    remove: (name: string) => `Remove ${name}`,
    image: 'Badge image (optional): PNG, SVG, JPEG or WebP',
    imageNote: (limit: number) =>
      `It becomes part of every credential and has room for ${number(limit)} characters: an SVG or PNG fits as it is, anything larger is redrawn. With more than some 2,000, printed codes hold a link in the place of the credential.`,
    imageAlt: 'The badge image as it will be',
    imageSize: (width: number, length: number) =>
      `${number(width)} pixels wide, ${number(length)} characters.`,
    imageBad:
      'This is no image that the browser can draw small enough. Try one with fewer colours.',
    imageRemove: 'Remove the image',
  },
  roster: {
    title: '2. Who earned it',
    label: 'Roster: CSV with a header, JSON or NDJSON, also with gzip',
    columns: 'Columns: name, and email or did; at will result, credits, validFrom, validUntil.',
    local: 'It is read in your browser. Nothing is sent before you issue.',
    reading: 'Reading the roster …',
    good: (count: number) =>
      `${counted(count, { one: '# learner', other: '# learners' })}, every row is good.`,
    bad: (count: number) =>
      `${counted(count, { one: '# thing', other: '# things' })} to put right. Nothing can be issued until the roster is without faults; correct the file and choose it again.`,
    line: 'Line',
    field: 'Column',
    problem: 'What is wrong',
    row: 'The row',
    whole: 'the row',
    others: (count: number) => `And ${number(count)} more.`,
    format: 'The file has to be named .csv, .json, .ndjson or .jsonl, or one of these with .gz.',
    damaged: 'The archive is damaged; pack the roster again.',
    large: (limit: string) => `The file is larger than ${limit}; hand it in through the API.`,
  },
  preview: {
    title: '3. Look it over',
    note: 'As the first learner’s credential will say it. No e-mail address is in it, only a salted hash.',
    by: 'awarded by',
    from: 'Valid from its issue',
    until: (time: string) => `valid until ${time}`,
    credits: (count: string) => `Credits: ${count}`,
    skills: 'Skills',
    weight: (each: string, all: string) =>
      `The image adds ${each} to every credential, ${all} to the batch file.`,
    waiting: 'Fill in the achievement and choose a roster to see it here.',
    json: 'The same as data (JSON)',
  },
  issue: {
    plain: 'Issue',
    button: (count: number) => `Issue ${credentials(count)}`,
    note: 'Issuing makes the credentials. They count once the batch is anchored, which is the next step.',
    sending: 'Handing in the roster …',
    missing: 'Fill in name, description and criteria, and choose a roster without faults.',
  },
  batch: {
    building: (built: number, size: number) => `${number(built)} of ${credentials(size)} made`,
    steps: 'How far the batch is',
    step: { built: 'Issued', submitted: 'Sent', included: 'In a block', finalized: 'Final' },
    root: 'Root',
    transaction: 'Transaction',
    sequence: (sequence: number) => `Number ${number(sequence)} of this issuer`,
    file: 'Download the batch file',
    fileNote: 'It holds names and secrets: keep it as you keep your records.',
    withdrawn: (time: string) => `The whole batch was withdrawn ${time}.`,
    unknown: 'There is no such batch here.',
  },
  anchor: {
    title: 'Anchor it',
    managed: 'With this service’s operator key',
    managedNote:
      'If you have let this service act for your account, it sends one transaction for the whole batch.',
    button: 'Anchor now',
    asked: 'Asked for; it is on its way.',
    own: 'With your own key',
    ownNote:
      'The key stays with you. The command recomputes the root from the batch before it signs; this page notices the anchor by itself.',
    copy: 'Copy the command',
    copied: 'Copied.',
    noManaged: 'This service has no operator key: anchor with your own.',
  },
  statistics: {
    title: 'How its credentials stand',
    active: 'in force',
    suspended: 'suspended',
    revoked: 'revoked',
    pending: (count: number) => `${credentials(count)} on the way to the chain.`,
    summary: (active: number, suspended: number, revoked: number) =>
      `${number(active)} in force, ${number(suspended)} suspended, ${number(revoked)} revoked.`,
  },
  credentials: {
    title: 'Credentials',
    filter: 'Holder’s name',
    find: 'Find',
    select: (name: string) => `Select ${name}`,
    selectAll: 'Select all shown',
    holder: 'Holder',
    status: 'Status',
    open: 'Open',
    openOf: (name: string) => `Open the credential of ${name}`,
    more: 'Show more',
    statuses: { active: 'in force', suspended: 'suspended', revoked: 'revoked' },
  },
  change: {
    title: 'Change what is selected',
    selected: (count: number) => `${credentials(count)} selected.`,
    revoke: 'Revoke …',
    suspend: 'Suspend …',
    reinstate: 'Reinstate …',
    asking: 'Asking what it would cost …',
    confirm: {
      revoked: (count: number) =>
        `Revoke ${credentials(count)}? That is for good: a revoked credential can never be reinstated.`,
      suspended: (count: number) =>
        `Suspend ${credentials(count)}? They do not hold until they are reinstated.`,
      active: (count: number) => `Reinstate ${credentials(count)}? Their suspension ends.`,
    },
    cost: (transactions: number, gas: number, fee: string) =>
      `It costs ${counted(transactions, { one: '# transaction', other: '# transactions' })} with about ${number(gas)} gas: ${fee} of the chain’s coin at the price of now, paid by this service’s operator.`,
    free: 'Nothing has to go on chain: they stand so already.',
    yes: {
      revoked: 'Yes, revoke for good',
      suspended: 'Yes, suspend',
      active: 'Yes, reinstate',
    },
    no: 'No, leave all as it is',
    done: (count: number) => `Recorded for ${credentials(count)}; it goes on chain now.`,
  },
}

export type Console = typeof messages
