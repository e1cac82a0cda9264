import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('en-GB')

/** English texts of the table of many credentials. */
export const messages = {
  title: 'Many credentials',
  checking: (count: number) =>
    `${counted(count, { one: '# credential', other: '# credentials' })} checked so far …`,
  done: (count: number) =>
    `${counted(count, { one: '# credential', other: '# credentials' })} checked.`,
  full: (count: number) =>
    `Only the first ${number(count)} were checked: that is the most at once. Check the rest apart.`,
  failed: 'The check broke off. Reload the page and try again.',
  stop: 'Stop',
  stopped: 'Stopped: what was checked until then is below.',
  save: 'Save as CSV',
  show: 'Show',
  all: 'All',
  search: 'Search in the table',
  columns: {
    result: 'Result',
    reason: 'Reason',
    achievement: 'Achievement',
    holder: 'Holder',
    issuer: 'Issuer',
    name: 'File',
  },
  until: 'Valid until',
  confirmed: 'Issuer confirmed by an accreditor',
  id: 'Credential id',
  code: 'Reason code',
  yes: 'yes',
  no: 'no',
  open: (name: string) => `Show the report of ${name}`,
  shown: (from: number, to: number, all: number) =>
    `${number(from)} to ${number(to)} of ${number(all)}`,
  pages: 'Pages of the table',
  previous: 'Previous',
  next: 'Next',
  none: 'Nothing matches. Choose “All”, or search for something else.',
  /** By the code of the refusal. */
  archive: {
    zip_malformed: 'This archive cannot be read',
    zip_encrypted: 'It is locked with a password',
    zip_damaged: 'It is damaged in the archive',
    zip_ambiguous: 'The archive shows other programs other files',
    zip_unsupported: 'It is packed in an unusual way',
  },
}

export type Many = typeof messages
