import { countingIn } from '../plural.ts'

const { counted } = countingIn('en-GB')
const credentials = (count: number) =>
  counted(count, { one: '# credential', other: '# credentials' })

/** English texts of the page that checks what somebody presents. Sentences that depend on what was found are functions. */
export const messages = {
  documentTitle: 'Presented credentials · Rootmark',
  title: 'What somebody presents',
  lead: 'All credentials of a presentation, checked in this browser: whether each is genuine, whose they are, and what they show together.',
  ask: 'Ask for credentials',
  single: 'Check a single credential',
  intake: {
    title: 'Open a presentation',
    file: 'Choose its file (JSON or PDF)',
    paste: 'Or paste its link or JSON',
    open: 'Check it',
    another: 'Open another presentation',
    unreadable: 'This cannot be read as a presentation:',
  },
  progress: (count: number, all: number) => `${count} of ${all} credentials checked …`,
  spoken: (headline: string) => `The check is done: ${headline}.`,
  whole: {
    title: 'The whole of it',
    about: credentials,
    valid: {
      headline: () => 'All of it is genuine and in force, and its holder signed it',
      next: 'Make sure that the person before you is the one who wrote to you: the signature shows one key, and no face.',
    },
    knownPerson: {
      headline: () => 'All of it is genuine, in force, and of the person whose address you know',
      next: 'Nobody signed it: whoever got hold of it can pass it on. Ask the address itself whether it was sent.',
    },
    unbound: {
      headline: () => 'Its credentials are genuine, and nobody signed for handing them over',
      next: 'Give the e-mail address that you know the person by, below. Or ask with a link, which has it signed.',
    },
    unsigned: {
      headline: () => 'You asked for a signature, and it has none',
      next: 'Ask the applicant to answer your link with the portfolio, which signs.',
    },
    replayed: {
      headline: () => 'It answers another question than yours',
      next: 'It was signed for somebody else or another time, and handed on. Ask the applicant to answer your link.',
    },
    otherAudience: {
      headline: () => 'It was made for somebody else',
      next: 'Its holder did not mean it for you. Ask the applicant to answer your link.',
    },
    ended: {
      headline: () => 'Its holder let it end',
      next: 'It was to be relied on until then. Ask for a new one.',
    },
    altered: {
      headline: () => 'It was changed after its holder signed it, or somebody else signed it',
      next: 'Do not rely on it. Ask the applicant for the link or file as the portfolio made it.',
    },
    malformed: {
      headline: () => 'It is not made as a presentation has to be',
      next: 'Ask the applicant for the link or file as the portfolio made it.',
    },
    signatureOpen: {
      headline: () => 'Its signature could not be checked',
      next: 'This says nothing against it. Try again later.',
    },
    someBad: {
      headline: (count: number, all: number) =>
        `Not genuine or not in force: ${count} of ${credentials(all)}`,
      next: 'Below it says which, and why. Those do not count for anything; the others are told by themselves.',
    },
    someOfOthers: {
      headline: (count: number, all: number) => `Of somebody else: ${count} of ${credentials(all)}`,
      next: 'Below it says which. They do not count. Ask why they are in it.',
    },
    stackBad: {
      headline: (count: number) =>
        `Does not follow from its parts: ${counted(count, { one: '# award', other: '# awards' })}`,
      next: 'What came along as its parts contradicts it. It counts for nothing here; ask whoever issued it.',
    },
    unconfirmed: {
      headline: () => 'Genuine, but is it for you?',
      next: 'Whoever receives such an answer can pass it on. Open your own question, or say below that it is yours.',
    },
    someOpen: {
      headline: (count: number, all: number) =>
        `Could not be checked: ${count} of ${credentials(all)}`,
      next: 'This says nothing against them. Try again later, or name another chain endpoint below.',
    },
    someUnproved: {
      headline: (count: number, all: number) =>
        `Nothing shows whose they are: ${count} of ${credentials(all)}`,
      next: 'They name an e-mail address only as a fingerprint. Give the address that you know the person by, below.',
    },
  },
  facts: {
    holder: 'Signed by',
    unsigned: 'Nobody signed it',
    purpose: 'What for, in the holder’s words',
    audience: 'For',
    anyone: 'Whoever gets it',
    until: 'To be relied on until',
    noEnd: 'No end stated',
    created: 'Signed at',
    question: 'Answers the question',
    sources: {
      asked: 'You asked it in this browser.',
      opened: 'You opened it here.',
      brought: 'It came along with the answer: whoever answers chose it.',
    },
    over: (time: string) => `Answers were asked for until ${time}.`,
  },
  confirm: {
    audience: (audience: string) => `It names ${audience} as whom it is for.`,
    question: 'The question that came along is shown below.',
    yes: 'That is me, and it is my question',
  },
  person: {
    label: 'E-mail address that you know the person by',
    use: 'Compare',
    note: 'It is compared with the fingerprints in the credentials, and stays in this browser.',
  },
  question: {
    title: 'What is asked for',
    none: 'Open what you asked for, to see which points are met.',
    open: 'Open a requirement or question (file)',
    paste: 'Or paste its link',
    use: 'Compare with it',
    unreadable: 'This is no requirement:',
    outcome: {
      open: 'Open: some credentials could not be checked, or nothing shows whose they are',
      met: 'Met: verified credentials of the holder meet the requirement',
      unmet: 'Not met',
      undecided: 'Takes longer to find out than is spent on it',
    },
    clause: { open: 'Open', met: 'Met', unmet: 'Not met', spare: 'Not needed' },
    all: 'All of this:',
    some: (count: string) => `At least ${count} of this:`,
    void: 'The presentation itself does not hold, so this says nothing about the applicant.',
    missing: 'Missing',
    credits: (credits: string) => `${credits} ECTS`,
    by: (name: string) => `counts as it by the word of ${name}`,
  },
  summary: {
    title: 'What they show together',
    none: 'No credential counts, so there is nothing to sum up.',
    note: 'Only what is verified counts, and nothing twice. Each line leads to the credentials behind it.',
    unbound: 'Nothing shows yet that all of this is of one person.',
    skills: 'Skills',
    noFramework: 'Of no named framework',
    unrecognised: 'as issuers name it',
    noSkills: 'None of the credentials names a skill.',
    levels: 'Levels',
    level: (level: string) => `EQF level ${level}`,
    credits: 'Credits',
    total: (credits: string) => `${credits} ECTS in all`,
    counted: (credits: string) => `${credits} ECTS`,
    standsFor: 'stands for its parts',
    uncounted: {
      same_component: 'not counted: says the same as another',
      part_of: 'not counted: part of an award that counts',
      parts_counted: 'not counted: its parts count',
      shares_parts: 'not counted: made of something that counts already',
    },
    unstated: 'states none',
    timeline: 'When',
    earned: (time: string) => `awarded ${time}`,
    ends: (time: string) => `holds until ${time}`,
    gap: (from: string, until: string) => `Nothing between ${from} and ${until}`,
    lapse: (from: string, until: string) => `Had ended, from ${from} to ${until}`,
    upTo: (level: string) => `up to EQF level ${level}`,
  },
  stacks: {
    title: 'Awards and what they are made of',
    pathway: (name: string) => `Pathway: ${name}`,
    states: {
      verified: 'Verified',
      ended: 'Ended since',
      bound: 'Did not come along',
      differs: 'Another document',
      invalid: 'Not genuine',
      indeterminate: 'Could not be checked',
    },
  },
  credentials: {
    title: 'The credentials, one by one',
    unnamed: 'Without a name',
    holder: {
      same: 'of who presents it',
      other: 'of somebody else',
      unproved: 'nothing shows whose',
    },
    open: (name: string) => `Evidence: ${name}`,
    closed: 'It could not be opened.',
  },
  actions: { print: 'Print', save: 'Save the presentation', pdf: 'Save as a PDF that verifies' },
  pdfFailed: 'No PDF could be made here. Save the presentation, or print this page.',
}

export type Presentation = typeof messages
