import { setTimeout as pause } from 'node:timers/promises'
import { anchorBatches, issueRoster } from '../issuing.ts'
import { residentOf } from '../memory.ts'
import type { Outcome, Part } from '../part.ts'
import { numberText } from '../report/number.ts'
import { quantityRow, ratioRow } from '../row.ts'
import { recordIssuer, type Settings, startChain, startService } from '../service.ts'
import { median } from '../statistics.ts'
import { withStorage } from './stored.ts'

/** After its start a service goes through what it was at. */
const settlingMs = 1500

/** A service that starts with a history behind it. */
export const restartPart: Part = {
  name: 'restart',
  goals: ['restartTime', 'restartMemory'],
  measure: (plan, say) =>
    withStorage('PostgreSQL', async (storage) => {
      const chain = await startChain()
      const settings = { ...storage.settings, ...chain.settings }
      try {
        const bare = await startAgain(settings, plan.restart.starts, true)
        const { batches, size } = plan.restart
        say(`${batches} batches of ${size} …`)
        await fillHistory(settings, batches, size, say)
        const filled = await startAgain(settings, plan.restart.starts, false)
        const history = `${numberText(batches)} anchored batches of ${numberText(size)}`
        return {
          rows: [
            quantityRow(
              'restartTime',
              filled.seconds,
              's',
              `${history}, PostgreSQL; from the start of the process until GET /readyz answers 200; ${numberText(bare.seconds)} s without any batch`,
            ),
            ratioRow('restartMemory', {
              ours: filled.mb,
              peer: bare.mb,
              unit: 'MB',
              note: `${history}; resident ${settlingMs / 1000} s after it was ready`,
            }),
          ],
        } satisfies Outcome
      } finally {
        await chain.stop()
      }
    }),
}

async function fillHistory(
  settings: Settings,
  batches: number,
  size: number,
  say: (text: string) => void,
): Promise<void> {
  const service = await startService(settings)
  try {
    const key = await recordIssuer(service)
    const ids: string[] = []
    for (let i = 0; i < batches; i++) {
      ids.push((await issueRoster(service, key, size)).id)
      if ((i + 1) % 10 === 0) say(`${i + 1} batches are there`)
    }
    await anchorBatches(service, key, ids)
  } finally {
    await service.stop()
  }
}

/** Medians of several starts. The first one on an empty database also makes its tables and does not count. */
async function startAgain(
  settings: Settings,
  starts: number,
  isFirst: boolean,
): Promise<{ readonly seconds: number; readonly mb: number }> {
  if (isFirst) await (await startService(settings)).stop()
  const seconds: number[] = []
  const mb: number[] = []
  for (let i = 0; i < starts; i++) {
    const service = await startService(settings)
    try {
      seconds.push(service.readyMs / 1000)
      await pause(settlingMs)
      mb.push(residentOf(service.pid).now)
    } finally {
      await service.stop()
    }
  }
  return { seconds: median(seconds), mb: median(mb) }
}
