import type { Life } from '../gas.ts'
import type { Finding, Outcome, Part } from '../part.ts'
import { numberText } from '../report/number.ts'

const revokedShare = 0.02

/** What the life of a batch costs on a chain. It has no goal; it is what one asks next. */
export const gasPart: Part = {
  name: 'gas',
  goals: [],
  async measure(_plan, say) {
    const findings: Finding[] = []
    let lives: readonly (Life & { readonly size: number })[] = []
    for (const size of [100, 1_000, 10_000]) {
      say(`${size} credentials …`)
      const measured = await measureLives(size)
      findings.push(tableFor(size, measured))
      if (size === 1_000) {
        lives = measured.flatMap((life) => (typeof life === 'string' ? [] : [{ ...life, size }]))
      }
    }
    const bars = lives.map(({ name, anchor, revoke, size }) => ({
      name,
      value: (anchor + revoke) / size,
      isOurs: name.startsWith('Rootmark'),
    }))
    const title = 'Gas for each credential of a batch of 1,000, 2 % of them revoked'
    return {
      rows: [],
      findings,
      charts: bars.length > 0 ? [{ file: 'gas.svg', title, unit: 'gas', bars }] : [],
    } satisfies Outcome
  },
}

async function measureLives(size: number): Promise<readonly (Life | string)[]> {
  const { openGasTable } = await import('../gas.ts')
  const table = await openGasTable(size, size * revokedShare)
  const lives: (Life | string)[] = []
  for (const [name, measure] of Object.entries(table)) {
    lives.push(
      await measure().catch(
        (thrown: unknown) => `${name}: ${(thrown as Error).message.split('\n')[0]}`,
      ),
    )
  }
  return lives
}

function tableFor(size: number, lives: readonly (Life | string)[]): Finding {
  return {
    title: `Gas: a batch of ${numberText(size)}, ${numberText(size * revokedShare)} of them revoked`,
    notes:
      'In one transaction each, with contracts that stand already and have anchored before; measured on the embedded Hardhat network with the rules of Osaka and the bytecode that npm ships.',
    head: ['contract', 'anchor', 'revoke', 'both, each credential', 'how'],
    lines: lives.map((life) =>
      typeof life === 'string'
        ? [life, '', '', 'not measured', '']
        : [
            life.name,
            numberText(life.anchor),
            numberText(life.revoke),
            numberText((life.anchor + life.revoke) / size),
            life.how,
          ],
    ),
  }
}
