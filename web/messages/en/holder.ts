/** English texts of the page of one credential. Sentences that depend on what was found are functions. */
export const messages = {
  documentTitle: 'Credential · Rootmark',
  title: 'A credential',
  titleHolder: 'Your credential',
  opening: 'Opening the credential …',
  footer:
    'The verdict on this page is made in your browser, from the credential and the chain. The service that this page comes from can withhold a credential, and cannot make one up.',
  corrected:
    'Its issuer corrected this credential: you see the corrected one, which replaces what this link showed before.',
  limits: {
    until: (time: string) => `The link holds until ${time}.`,
    views: (left: number) => `Views left: ${left}.`,
  },
  certificate: {
    standing: {
      valid: 'Checked just now: genuine and in force',
      trial: 'Checked just now: it passes, on a test network',
      invalid: 'Checked just now: not to be relied on',
      indeterminate: 'Could not be checked completely',
    },
    unnamed: 'The holder',
    awarded: 'has been awarded',
    by: 'by',
    accredited: 'The name of the issuer is the one that an accreditor recorded.',
    stated: 'The name of the issuer is its own word.',
    from: (time: string) => `Period, as stated: from ${time}, without an end`,
    between: (from: string, until: string) => `Period, as stated: from ${from} to ${until}`,
  },
  actions: {
    title: 'Keep it, show it',
    portfolio: 'Add to my portfolio',
    pdf: 'Certificate (PDF)',
    svg: 'Badge (SVG)',
    png: 'Badge (PNG)',
    json: 'Data (JSON)',
    linkedIn: 'Add to LinkedIn',
    copy: 'Copy link',
    print: 'Print this page',
    copied: 'The link is copied.',
    linkedInMade:
      'A link for LinkedIn was made; it is listed below, and you can take it back. LinkedIn opens in a window of its own.',
  },
  shares: {
    title: 'Links for others',
    lead: 'The address of this page is yours alone: with it, links are made and taken back. Give others a link of their own.',
    none: 'No link was made yet.',
    made: 'The new link; it is shown this once',
    madeTold: 'The link is made. Copy it now: it is not shown again.',
    copy: 'Copy',
    revoke: 'Take back',
    revoked: 'The link leads nowhere any more. Who has seen the credential may have kept it.',
    unlabelled: (time: string) => `Link of ${time}`,
    views: (views: number) => `Views: ${views}.`,
    viewsOf: (views: number, limit: number) => `Views: ${views} of ${limit}.`,
    until: (time: string) => `Until ${time}.`,
    revokeNamed: (name: string) => `Take back: ${name}`,
    state: {
      open: 'Works.',
      ended: 'Has ended.',
      spent: 'Is used up.',
    },
    form: {
      label: 'For whom (only you see it)',
      labelExample: 'Example Ltd',
      until: 'Last day (no end if empty)',
      views: 'Number of views (no limit if empty)',
      make: 'Make a link',
    },
    own: {
      title: 'If somebody else knows your own link',
      lead: 'You can replace the address of this page by a new one. The old one ends; links for others stay as they are.',
      replace: 'Replace my own link …',
      sure: 'The old address stops working at once, also in mails and bookmarks. Go on?',
      yes: 'Replace it',
      no: 'Leave it as it is',
    },
  },
  claim: {
    title: 'Get the link to your credential',
    lead: 'Type the e-mail address that the issuer has of you. If it is the one of this credential, a mail with a link is on its way within a minute.',
    email: 'E-mail address',
    send: 'Send me the link',
    sent: 'If this is the address that the issuer has, a mail is on its way. Its link works once, within an hour.',
    openTitle: 'Open your credential',
    openLead:
      'This link from your mail works once. You get a link of your own, which you can keep.',
    open: 'Open my credential',
    spent:
      'This one-time link was used, or is older than an hour. Ask for another one where you asked for this one.',
  },
  troubles: {
    gone: {
      headline: 'This link leads to nothing',
      next: 'It was cut off when it was copied, has ended, is used up, or was taken back. Ask whoever gave it to you for another one.',
    },
    waiting: {
      headline: 'Not quite yet',
      next: 'The credential is issued, but not anchored on the chain. Try again in a few minutes.',
    },
    often: {
      headline: 'Too many requests',
      next: 'Your address has asked often of late. Try again in a minute.',
    },
    full: {
      headline: 'Too many links',
      next: 'There are a hundred links for others that work. Take one back first.',
    },
    mailless: {
      headline: 'No mail is sent here',
      next: 'This service sends no mail. Ask the issuer for your link.',
    },
    failed: {
      headline: 'That did not work',
      next: 'The service did not answer as expected. Try again in a moment.',
    },
  },
}

/** What the translations have to say, too. */
export type Holder = typeof messages
