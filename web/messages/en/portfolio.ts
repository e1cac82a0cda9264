import { countingIn } from '../plural.ts'

const { counted } = countingIn('en-GB')

/** English texts of the page where a holder keeps credentials. Sentences that depend on what was found are functions. */
export const messages = {
  documentTitle: 'Portfolio · Rootmark',
  title: 'Your portfolio',
  lead: 'Keep your credentials in one place, whoever issued them. See what they add up to, and show what you choose to whom you choose.',
  checkPage: 'Check a credential',
  footer: {
    kept: 'The portfolio is kept in this browser, encrypted with your passphrase. The service that this page comes from stores nothing of it.',
    lost: 'Whoever forgets the passphrase has lost the portfolio: nobody can open it. Whoever clears the browser’s data deletes it: keep a copy as a file.',
  },
  gate: {
    newTitle: 'Start a portfolio',
    newLead: (least: number) =>
      `Choose a passphrase of at least ${counted(least, { one: '# character', other: '# characters' })}. Several words that belong together only for you are better than one with odd signs.`,
    choose: 'Passphrase',
    again: 'The same passphrase again',
    create: 'Start the portfolio',
    haveFile: 'Have one already?',
    openFile: 'Open a portfolio file …',
    fileTitle: 'Open the file',
    fileLead: 'It has a passphrase of its own. The portfolio is then kept in this browser, too.',
    lockedTitle: 'Your portfolio is locked',
    lockedLead: 'Enter the passphrase that you chose for it.',
    enter: 'Your passphrase',
    unlock: 'Open',
    back: 'Back',
    busy: 'The key is being derived …',
    forgotten: 'Passphrase forgotten?',
    forgottenLead:
      'Nobody can open the portfolio without it. You can save the encrypted file in case that you remember, delete the portfolio here and start again: issuers can give you your links anew.',
  },
  shelf: {
    title: (count: number) =>
      count === 0 ? 'Credentials' : counted(count, { one: '# credential', other: '# credentials' }),
    none: 'Nothing is kept here yet.',
    unnamed: 'A credential',
    checking: 'Being checked …',
    trial: 'on a test network',
    report: 'Whole report',
    reportOf: (name: string) => `Whole report: ${name}`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove: ${name}`,
    removeYes: 'Remove it from here',
    removeNo: 'Keep it',
    more: (left: number) => counted(left, { one: 'Show # more', other: 'Show # more' }),
    add: 'Add credentials and pathways',
    addLead:
      'Open Badges and verifiable credentials of any issuer, as JSON, token, badge image or PDF; also whole folders as ZIP. Drop files here, choose them, or paste a link.',
    choose: 'Choose files',
    paste: 'Or paste links or JSON',
    take: 'Add it',
    added: (count: number) =>
      `Added: ${counted(count, { one: '# document', other: '# documents' })}.`,
    known: (count: number) =>
      `Here already: ${counted(count, { one: '# document', other: '# documents' })}.`,
    refused: (count: number) =>
      `Not taken: ${counted(count, { one: '# document', other: '# documents' })}.`,
    portfolioFound:
      'That is a portfolio. Enter its passphrase below, and what is in it is added to yours.',
    linkFirst: 'Open your portfolio or start one; then the credential that you come from is added.',
    linkAsk: 'Add the credential that you come from to your portfolio?',
    linkYes: 'Add the credential',
    linkNo: 'Not now',
  },
  paths: {
    title: 'What it adds up to',
    lead: 'A pathway is a rule that says which credentials make up a larger award. Add one above as a link or a file.',
    offers: 'Pathways of your issuers',
    follow: 'Follow',
    followNamed: (name: string) => `Follow: ${name}`,
    look: 'Look for pathways of my issuers',
    lookHow:
      'This site’s service is asked for all pathways that it publishes. Which of them are of your issuers is found out in this browser.',
    lookNone: 'Nothing that you do not follow already.',
    picture: (done: number, all: number) =>
      `A wall that is being built: ${done} of ${all} bricks are laid.`,
    standing: {
      met: 'Complete: you can ask for the award',
      unmet: 'On the way',
      undecided: 'Whether it is complete takes longer to find out than this page spends on it',
    },
    awarded: 'Complete, and you hold the award',
    missing: 'What is missing:',
    details: 'What the rule asks for',
    outcomes: {
      met: 'Done',
      unmet: 'Missing',
      spare: 'Not needed',
    },
    counts: 'By:',
    remove: 'Stop following',
    removeNamed: (name: string) => `Stop following: ${name}`,
  },
  question: {
    title: 'Somebody asks for a proof',
    asker: 'The answer is for',
    askerHow:
      'That is what the link says; anybody can write such a link. Make sure by other means that it comes from whom you think.',
    until: (time: string) => `Answers are taken until ${time}.`,
    over: 'The time for answers is over.',
    openFirst: 'Open your portfolio to see which of your credentials meet it.',
    standing: {
      met: 'Your credentials meet it',
      unmet: 'Your credentials do not meet all of it',
      undecided:
        'Whether your credentials meet it takes longer to find out than this page spends on it',
    },
    unproved: (count: number) =>
      `${counted(count, { one: '# of these credentials names', other: '# of these credentials name' })} neither your key nor the e-mail address that you stored below. Who asks will want to know by which address the issuer knows you.`,
    keyless:
      'You have no key yet, so the answer will not be signed, and who asks has to know your e-mail address. Make a key below to sign it.',
    answer: 'Choose these credentials for an answer',
    leave: 'Leave it',
    nothingYet: 'Nothing has been told to anybody yet.',
  },
  share: {
    title: 'Show credentials to somebody',
    lead: 'You make a presentation: the credentials that you choose, for one purpose and until one day. It goes where you send it, and nowhere else.',
    choose: 'Which credentials',
    find: 'Find by name',
    none: 'There is nothing to choose yet.',
    parts: 'With the parts of the award it can be followed that the award is right.',
    addParts: (count: number) => counted(count, { one: 'Add # part', other: 'Add # parts' }),
    purpose: 'What for',
    purposeExample: 'Application as data analyst',
    audience: 'For whom',
    audienceOpen: 'For whom: their web address (empty: for whoever gets it)',
    until: 'Up to and including',
    experts: 'For experts',
    challenge: 'Challenge of the verifier',
    signed:
      'It will be signed with your key: nobody can change it, nor use it as an answer to somebody else.',
    unsigned:
      'You have no key, so it will not be signed: each credential proves itself, but not that it is you who shows it.',
    final:
      'Whoever gets it can read everything in the credentials that you chose, and may keep them. That cannot be taken back.',
    make: 'Make the presentation',
    made: (count: number) =>
      `Ready: a presentation of ${counted(count, { one: '# credential', other: '# credentials' })}`,
    link: 'The link',
    linkHow:
      'The credentials are in the link itself, behind the #: browsers do not send that part to any server. Treat the link like the credentials.',
    tooLong: 'It is too large for a link. Save it as a file and hand that over.',
    copy: 'Copy the link',
    copied: 'It is copied.',
    look: 'See what they will see',
    save: 'Save as a file',
  },
  own: {
    title: 'Your key and your address',
    lead: 'With a key you sign what you show. Give its identifier to issuers before they issue, and credentials name you by it.',
    make: 'Make a key',
    made: 'The key is in your portfolio.',
    import: 'Use a key that you have',
    seed: '32 secret bytes as multibase (u…)',
    use: 'Use this key',
    did: 'Your identifier:',
    didHow: 'It is public. The secret of the key stays in the portfolio.',
    copy: 'Copy the identifier',
    email: 'E-mail address that issuers know you by',
    save: 'Keep',
    saved: 'It is kept.',
    emailHow:
      'Credentials name addresses only as a hash. This page compares them, so that it knows which are yours; it never passes the address on.',
  },
  safe: {
    title: 'Keep it safe',
    lead: 'A browser’s memory is no archive. Save a copy now and then: one encrypted file, with the same passphrase.',
    export: 'Save a copy as a file',
    exported: 'The copy is saved.',
    import: 'Add from a portfolio file …',
    importPhrase: 'Passphrase of that file',
    imported: 'What was in the file is in your portfolio.',
    lock: 'Lock now',
    locked: 'The portfolio is locked.',
    lockedIdle: 'The portfolio was locked because nothing happened for a quarter of an hour.',
    relock: 'Change the passphrase',
    relocked: 'The passphrase is changed. Copies that you saved before keep the old one.',
    erase: 'Delete everything …',
    eraseSure:
      'The portfolio is deleted from this browser, with its key. Without a copy it is gone. Go on?',
    eraseYes: 'Delete it',
    eraseNo: 'Leave it as it is',
    erased: 'The portfolio is deleted.',
  },
  troubles: {
    passphrase_wrong: 'That is not the passphrase. Mind capital letters and blanks.',
    passphrase_short: 'The passphrase is too short.',
    passphrases_differ: 'The two passphrases differ.',
    portfolio_unknown: 'This file is no portfolio.',
    portfolio_version:
      'This portfolio was made by a later version of this page. Open it there, or reload this page.',
    portfolio_damaged: 'The file is damaged: it was cut or changed. Use another copy of it.',
    portfolio_malformed: 'The file opens, but what is in it is no portfolio.',
    portfolio_full:
      'The portfolio is full. Remove something, or start a second one in another browser.',
    vault_changed:
      'The portfolio was changed in another window, and is locked here. Open it again to go on.',
    vault_full: 'The browser gives no more room. Nothing was changed; save a copy as a file.',
    vault_missing:
      'This browser keeps nothing: it may be a private window, or storage is switched off.',
    crypto_unavailable:
      'This page was not loaded over https, so that the browser keeps its cryptography from it.',
    credentials_missing: 'Choose at least one credential.',
    credentials_too_many: 'At most 24 credentials go into one presentation.',
    presentation_expired: 'Choose a day that is still to come.',
    multibase_malformed: 'That is no key: expected the letter u and 43 further characters.',
    question_malformed: 'The link does not hold a question that can be read.',
    link_malformed: 'The link is not whole. Copy it again, from its beginning to its end.',
    offers_unreachable: 'This site’s service did not answer. Try again in a moment.',
    page_failed: 'That did not work. Reload the page and try again.',
  },
}

/** What the translations have to say, too. */
export type Portfolio = typeof messages
