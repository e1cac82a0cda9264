/** English texts of the page that takes a credential. */
export const messages = {
  documentTitle: 'Check a credential · Rootmark',
  title: 'Check a credential',
  lead: 'Is it genuine, unaltered and still in force? Ask the chain yourself: the check runs in this browser.',
  broken: 'Part of this page could not be loaded. Reload it to try again.',
  back: 'Back to the table',
  intake: {
    label: 'Credential to check',
    drop: 'Drop credentials here',
    dropNow: 'Let go to check',
    or: 'or',
    choose: 'Choose files',
    folder: 'Choose a folder',
    hint: 'JSON files, badges as PNG or SVG images or as PDF, a ZIP of them, or a list with one credential a line: one or thousands. They are read here and not uploaded.',
    scan: 'Scan a code',
    paste: 'Paste its JSON or its link',
    check: 'Check it',
    placeholder: '{ "@context": [ … ] }  or  https://…',
    placeholderShort: 'JSON or link',
    another: 'Check another credential',
    examples: 'No credential at hand? Try one of these:',
  },
  scan: {
    title: 'Scan a code',
    hold: 'Hold the code in front of the camera. Its picture stays in this browser.',
    stop: 'Stop the camera',
    asking: 'Waiting for the camera …',
    failed:
      'The camera cannot be used here. Allow it for this page in your browser, or copy the link of the code and paste it.',
  },
  sources: {
    file: (name: string) => `File ${name}`,
    text: 'Pasted text',
    carried: 'Carried by the code or link itself',
    link: (origin: string) => `Fetched from ${origin}`,
  },
  footer: {
    how: 'An issuer commits to its credentials in a registry on a public chain. This page computes a credential’s fingerprint, asks that registry, and needs no server of the issuer.',
    local: 'No cookies, no trackers, no remote images unasked.',
  },
}

export type Check = typeof messages
