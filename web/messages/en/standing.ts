import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('en-GB')
const credentials = (count: number) =>
  counted(count, { one: '# credential', other: '# credentials' })

/** English texts of the issuer's console about changing how credentials stand. */
export const messages = {
  title: 'Change how credentials stand',
  which: 'Which credentials',
  chosen: (count: number) => `Those selected in the table: ${credentials(count)}`,
  listed: 'Those on a list',
  all: (count: number) => `The whole batch: ${credentials(count)}`,
  list: {
    label: 'List: CSV, NDJSON or text',
    note: 'One credential a line, by id, statusIndex, email, did or name as the roster had them; a part of the roster will do. Nothing changes before you say so.',
    reading: (done: number, total: number) =>
      `Looking them up: ${number(done)} of ${number(total)} …`,
    good: (count: number) => `The list names ${credentials(count)}; every line is good.`,
    bad: (count: number) =>
      `${counted(count, { one: '# thing', other: '# things' })} to put right. Nothing changes until the list is without faults; correct the file and choose it again.`,
    format: 'The file has to be named .csv, .ndjson, .jsonl or .txt.',
  },
  withdraw: 'Withdraw the batch …',
  withdrawAsk: (count: number) =>
    `Withdraw the whole batch? That is for good: none of its ${credentials(count)} will be valid any more.`,
  withdrawNote:
    'That is one transaction, however large the batch is, and only the issuer’s own key sends it.',
  own: {
    missing:
      'This service has no operator key: the change is made with the issuer’s own key. Run this in a checkout of Rootmark:',
    refused:
      'This service may not do that for your account: the change is made with the issuer’s own key. Run this in a checkout of Rootmark:',
    or: 'Or with the issuer’s own key',
    note: 'The command shows gas and fee and asks before it sends. This page notices by itself when the chain shows it.',
    file: (name: string) => `Download ${name}`,
    waiting: (done: number, total: number) =>
      `Waiting for the chain: it shows ${number(done)} of ${number(total)}.`,
    waitingBatch: 'Waiting for the chain: it does not show it yet.',
    arrived: 'The chain shows it.',
    close: 'Close',
  },
  recording: (done: number, total: number) => `Recording: ${number(done)} of ${number(total)} …`,
  broken: 'It broke off. What was recorded stays; go on where it stopped.',
  goOn: 'Go on',
  network: {
    public: (variable: string) =>
      `It needs ${variable}_RPC_URL and ${variable}_PRIVATE_KEY, from the environment or from npx hardhat keystore set.`,
    local: 'If the chain is not at http://127.0.0.1:8545, say where in LOCALHOST_RPC_URL.',
    custom: (chainId: string) =>
      `The commands have no name for chain ${chainId}: set CUSTOM_RPC_URL to an endpoint of it, and CUSTOM_PRIVATE_KEY.`,
  },
}

export type Standing = typeof messages
