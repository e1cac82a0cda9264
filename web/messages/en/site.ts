/** English texts that every page may need. Sentences that depend on what was found are functions. */
export const messages = {
  locale: 'en-GB',
  brand: 'Rootmark',
  language: 'Language',
  text: {
    hidden: (which: string) => `Hidden control characters were removed from this text: ${which}.`,
    more: 'Show all of it',
    shortened: (length: string) => `shortened from ${length} characters`,
  },
  endpoint: {
    title: 'Chain endpoint',
    asks: (chain: string, label: string) => `${chain} is asked through ${label}.`,
    asksNone: (chain: string) => `No endpoint is known for ${chain}.`,
    intro:
      'You need not trust this page’s endpoint. Name any JSON-RPC endpoint, such as a node of your own; it is remembered until you close this tab.',
    chain: 'Chain',
    url: 'Address of the endpoint',
    use: 'Use this endpoint',
    reset: 'Back to the page’s own',
    saved: (label: string) => `From now on ${label} is asked.`,
    restored: 'The page’s own endpoint is asked again.',
    insecure:
      'Give a full address that begins with https://, or http:// on this computer (127.0.0.1 or localhost).',
  },
  settings: {
    missing:
      'This page came without its settings (config.json). It knows no chain endpoint and no accreditors: name an endpoint below, then check.',
    malformed: (why: string) =>
      `The settings of this page (config.json) cannot be used: ${why}. It knows no chain endpoint and no accreditors: name an endpoint below, then check.`,
  },
  refusals: {
    tooLarge: (size: string, limit: string) => `It has ${size} bytes; at most ${limit} are read.`,
    empty: 'There is nothing in it.',
    linkScheme: 'Only https links, and links to this site, are followed.',
    linksTooMany: 'It names more documents than are read for one check.',
    linkPrivate:
      'It leads into a private network or to this computer. A code or a link of somebody else’s is not followed there.',
    linkUnreachable: (origin: string, why: string) =>
      `${origin} did not hand it out: ${why}. Its server may not allow other sites to read it; download the file and drop it here.`,
    linkStatus: (status: number) => `it answered with HTTP ${status}`,
  },
}

/** What the translations have to say, too. */
export type Site = typeof messages
