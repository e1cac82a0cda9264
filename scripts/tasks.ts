import { emptyTask, task } from 'hardhat/config'
import { ArgumentType } from 'hardhat/types/arguments'
import { maxTransactionGas } from '../core/status.ts'

const text = <const Name extends string>(name: Name, description: string) =>
  ({
    name,
    description,
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  }) as const

const json = { name: 'json', description: 'Write one JSON document and nothing else' } as const
const yes = { name: 'yes', description: 'Send without being asked' } as const
const dryRun = {
  name: 'dryRun',
  description: 'Show what would be sent and what it costs, and send nothing',
} as const
const account = text('account', 'Account to send from (default: the first of the network)')
const credentials = {
  name: 'credentials' as const,
  description: 'Credential files',
  defaultValue: [] as string[],
}
const batch = text('batch', 'Batch file, or its URL at the service (API key in ROOTMARK_API_KEY)')
const root = text('root', 'Root of the batch')
const issuer = text('issuer', 'Account that anchored the batch of --root (default: the account)')

const deploy = task('deploy', 'Deploy both contracts to their addresses')
  .addOption({ name: 'out', description: 'Folder for the record', defaultValue: 'deployments' })
  .addOption(account)
  .addFlag(json)
  .setAction(() => import('./deploy.ts'))
  .build()

const accredit = task('accredit', 'Accredit an issuer, withdraw an accreditation, or list them')
  .addPositionalArgument({ name: 'subject', description: 'Account to accredit', defaultValue: '' })
  .addOption(text('name', 'Name that verifiers show for the account'))
  .addOption(text('did', 'DID of the account’s organisation'))
  .addOption(
    text(
      'scope',
      'What it may issue: "types: MicroCredential; eqf: 5-6; isced: 0613" (default: anything)',
    ),
  )
  .addOption(text('validFrom', 'First moment, for example 2026-09-01T00:00:00Z (default: now)'))
  .addOption(text('validUntil', 'End (default: open)'))
  .addFlag({ name: 'maySubaccredit', description: 'It may accredit others within the scope' })
  .addOption(text('profileHash', 'Hash of its profile document'))
  .addOption(text('withdraw', 'Withdraw the accreditation with this number'))
  .addOption(text('list', 'List the accreditations by this account'))
  .addOption(account)
  .addFlag(yes)
  .addFlag(dryRun)
  .addFlag(json)
  .setAction(() => import('./accredit.ts'))
  .build()

const accreditations = task(
  'accreditations',
  'Show whom the accreditors of the trust file accredit on a chain',
)
  .addOption(text('trust', 'Trust file (default: trust.json)'))
  .addFlag(json)
  .setAction(() => import('./trusted-accreditations.ts'))
  .build()

const issue = task('issue', 'Make credentials from a roster, without a server or a chain')
  .addOption({
    name: 'roster',
    description: 'Learners: .csv, .ndjson or .json, also with .gz',
    defaultValue: 'examples/roster.csv',
  })
  .addOption({
    name: 'achievement',
    description: 'What they achieved: .json',
    defaultValue: 'examples/achievement.json',
  })
  .addOption({
    name: 'issuer',
    description: 'Who issues: .json',
    defaultValue: 'examples/issuer.json',
  })
  .addOption(text('account', 'Account that will anchor the batch'))
  .addOption(text('chain', 'Id of the chain it will be anchored on'))
  .addOption(text('baseUrl', 'Address below which status lists will be published'))
  .addOption(
    text('validFrom', 'Start of validity, for example 2026-06-30T00:00:00Z (default: now)'),
  )
  .addOption(text('validUntil', 'End of validity (default: open)'))
  .addOption({ name: 'out', description: 'Folder to write to', defaultValue: 'out' })
  .addFlag({ name: 'gzip', description: 'Compress the batch file' })
  .addOption(
    text('credentials', 'all or none: a file for each credential (default: up to 10,000 of them)'),
  )
  .addFlag(json)
  .setAction(() => import('./issue.ts'))
  .build()

const takeOut = task('credentials', 'Take credentials out of a batch file, a file for each')
  .addOption({ ...batch, type: ArgumentType.STRING, defaultValue: '' })
  .addOption(text('index', 'Only those with these status indexes, for example 3,17,40-45'))
  .addOption(text('ids', 'Only those that a file lists by id or status index, one a line'))
  .addOption({
    name: 'out',
    description: 'Folder to write to; it must not exist yet',
    defaultValue: 'credentials',
  })
  .addFlag(json)
  .setAction(() => import('./credentials.ts'))
  .build()

const anchor = task('anchor', 'Anchor a batch, after recomputing its root')
  .addOption({ ...batch, type: ArgumentType.STRING, defaultValue: '' })
  .addFlag({ name: 'operator', description: 'Send as an operator of the issuer' })
  .addOption(account)
  .addFlag(yes)
  .addFlag(dryRun)
  .addFlag(json)
  .setAction(() => import('./anchor.ts'))
  .build()

const reanchor = task(
  'reanchor',
  'Anchor a batch again, on another chain or registry, and write the record that links both',
)
  .addOption({ ...batch, type: ArgumentType.STRING, defaultValue: '' })
  .addOption(
    text('oldRpc', 'Endpoint of the old chain, to read what was revoked (default: CHAIN_RPC_URL)'),
  )
  .addOption(
    text('status', 'File of what was revoked: {"revoked":[3,17],"suspended":[],"withdrawn":false}'),
  )
  .addFlag({ name: 'withoutStatus', description: 'Nothing of the batch was ever revoked' })
  .addOption({ name: 'out', description: 'Folder for the record', defaultValue: 'migrations' })
  .addOption(account)
  .addFlag(yes)
  .addFlag(dryRun)
  .addFlag(json)
  .setAction(() => import('./reanchor.ts'))
  .build()

const operator = task('operator', 'Let another account anchor or revoke for the issuer')
  .addPositionalArgument({ name: 'operator', description: 'The other account' })
  .addOption({
    name: 'roles',
    description: 'anchor, revoke or anchor,revoke',
    defaultValue: 'anchor',
  })
  .addOption(text('until', 'End, for example 2027-06-30T00:00:00Z'))
  .addFlag({ name: 'remove', description: 'Remove the operator' })
  .addOption(account)
  .addFlag(yes)
  .addFlag(dryRun)
  .addFlag(json)
  .setAction(() => import('./operator.ts'))
  .build()

const statusTask = (name: string, description: string) =>
  task(name, description)
    .addVariadicArgument(credentials)
    .addOption(batch)
    .addOption(root)
    .addOption(issuer)
    .addOption(text('index', 'Status indexes in the batch, for example 3,17,40-45'))
    .addOption(
      text(
        'ids',
        'File that lists credentials of --batch by id, one a line, CSV or NDJSON; - to read it from standard input',
      ),
    )
    .addOption(text('indexes', 'The same by status index, for which --root is enough'))
    .addOption({
      name: 'maxGas',
      description: 'Most gas of one transaction',
      type: ArgumentType.INT,
      defaultValue: maxTransactionGas,
    })
    .addOption(account)
    .addFlag(yes)
    .addFlag(dryRun)
    .addFlag(json)

const revoke = statusTask('revoke', 'Revoke credentials, for good')
  .setAction(() => import('./revoke.ts'))
  .build()

const suspend = statusTask('suspend', 'Suspend credentials')
  .setAction(() => import('./suspend.ts'))
  .build()

const reinstate = statusTask('reinstate', 'Lift the suspension of credentials')
  .setAction(() => import('./reinstate.ts'))
  .build()

const withdraw = task('withdraw', 'Withdraw a whole batch, for good')
  .addVariadicArgument({ ...credentials, description: 'A credential of the batch' })
  .addOption(batch)
  .addOption(root)
  .addOption(issuer)
  .addOption(account)
  .addFlag(yes)
  .addFlag(dryRun)
  .addFlag(json)
  .setAction(() => import('./withdraw.ts'))
  .build()

const rpc = text(
  'rpc',
  'JSON-RPC endpoint to read from, or several with commas between (default: --network, then CHAIN_RPC_URL)',
)

const check = task(
  'check',
  'Check credentials; exit code 0 valid, 1 invalid, 2 could not be checked',
)
  .addVariadicArgument({ ...credentials, description: 'Files or URLs (default: standard input)' })
  .addOption(rpc)
  .addOption({
    name: 'quorum',
    description: 'How many of the endpoints must agree on what is read',
    type: ArgumentType.INT,
    defaultValue: 1,
  })
  .addOption(text('trust', 'Whom you trust (default: trust.json)'))
  .addOption(
    text('migration', 'Migration records of the issuer: files or folders, separated by commas'),
  )
  .addFlag({
    name: 'proof',
    description: 'Have all that is read proved against the hash of a block (eth_getProof)',
  })
  .addOption(
    text('blockHash', 'Hash of that block, from whom you trust (default: what the endpoints name)'),
  )
  .addFlag({
    name: 'offline',
    description: 'Check receipts (npx hardhat receipt) against --block-hash, without a network',
  })
  .addFlag(json)
  .setAction(() => import('./check.ts'))
  .build()

const receipt = task(
  'receipt',
  'Write a receipt: a credential with all that proves it as of a finalized block, to be checked offline',
)
  .addPositionalArgument({ name: 'credential', description: 'File or URL' })
  .addOption(rpc)
  .addOption(text('blockHash', 'Hash of another block (default: the newest finalized one)'))
  .addOption(text('trust', 'Whose accreditations to put in (default: those of trust.json)'))
  .addOption({ name: 'out', description: 'File to write', defaultValue: 'receipt.json' })
  .addOption(text('html', 'Page to print as well, with a QR code that carries the credential'))
  .addOption(
    text('page', 'Check page that the code opens, such as https://credentials.example.edu/'),
  )
  .addFlag(json)
  .setAction(() => import('./receipt.ts'))
  .build()

const audit = task(
  'audit',
  'List every batch of an issuer and rebuild them; exit code 0 no findings, 1 findings, 2 could not be read',
)
  .addOption({ name: 'issuer', description: 'Account of the issuer', defaultValue: '' })
  .addOption(text('service', 'Services that publish its batches: URLs with commas between'))
  .addOption(text('batches', 'Batch files or folders with them, separated by commas'))
  .addOption(
    text(
      'credentials',
      'How many credentials of the batch files to verify: all or a number (default: 100)',
    ),
  )
  .addOption(text('seed', 'What that sample is drawn from (default: the hash of the block)'))
  .addOption(text('holders', 'Credentials of holders: files or folders, separated by commas'))
  .addOption(text('trust', 'Trust file whose root accreditors count (default: none)'))
  .addOption(rpc)
  .addOption({
    name: 'quorum',
    description: 'How many of the endpoints must agree on what is read',
    type: ArgumentType.INT,
    defaultValue: 1,
  })
  .addFlag({
    name: 'proof',
    description: 'Have all state that is read proved against the hash of a block (eth_getProof)',
  })
  .addOption(
    text('blockHash', 'Hash of that block, from whom you trust (default: what the endpoints name)'),
  )
  .addOption(text('registry', 'Registry to audit (default: Rootmark’s)'))
  .addOption(text('html', 'File for a report that people read'))
  .addFlag(json)
  .setAction(() => import('./audit.ts'))
  .build()

const pathway = emptyTask('pathway', 'Rules by which credentials make up an award').build()

const person = [
  text('email', 'E-mail address of the holder, which the credentials hold as a hash'),
  text('did', 'DID of the holder'),
] as const

const pathwayCheck = task(
  ['pathway', 'check'],
  'Check a pathway; with credentials whether they fulfil it, with --award whether that follows from them',
)
  .addPositionalArgument({ name: 'pathway', description: 'File or URL', defaultValue: '' })
  .addVariadicArgument({
    ...credentials,
    description: 'Components and statements: files, folders or URLs',
  })
  .addOption(text('award', 'Award to verify with these components: file or URL'))
  .addOption(person[0])
  .addOption(person[1])
  .addOption(rpc)
  .addOption(text('trust', 'Whom you trust (default: trust.json)'))
  .addFlag(json)
  .setAction(() => import('./pathway-check.ts'))
  .build()

const award = task('award', 'Award a pathway to every learner of a roster who qualifies')
  .addOption({ name: 'pathway', description: 'Pathway: .json', defaultValue: '' })
  .addOption({
    name: 'roster',
    description: 'Learners who may qualify: .csv, .ndjson or .json',
    defaultValue: 'examples/roster.csv',
  })
  .addOption(text('components', 'Their credentials: files, folders or URLs, separated by commas'))
  .addOption({
    name: 'issuer',
    description: 'Who awards: .json',
    defaultValue: 'examples/issuer.json',
  })
  .addOption(text('account', 'Account that will anchor the awards'))
  .addOption(text('chain', 'Id of the chain they will be anchored on'))
  .addOption(text('baseUrl', 'Address below which status lists will be published'))
  .addOption(text('validFrom', 'When the award is made (default: now)'))
  .addOption(text('validUntil', 'End of validity (default: open)'))
  .addOption(rpc)
  .addOption(text('trust', 'Whose accreditations count (default: trust.json)'))
  .addOption({ name: 'out', description: 'Folder to write to', defaultValue: 'out' })
  .addFlag({ name: 'dryRun', description: 'Say who misses what, and write nothing' })
  .addFlag(json)
  .setAction(() => import('./award.ts'))
  .build()

/** Rootmark's commands: `npx hardhat <name> --help` describes each. */
export const tasks = [
  deploy,
  accredit,
  accreditations,
  issue,
  takeOut,
  anchor,
  reanchor,
  operator,
  revoke,
  suspend,
  reinstate,
  withdraw,
  check,
  receipt,
  audit,
  pathway,
  pathwayCheck,
  award,
]
