import { issueRoster } from '../issuing.ts'
import { steadyP99, type Target } from '../load.ts'
import { numberText } from '../report/number.ts'
import { type Row, ratioRow, unmeasured } from '../row.ts'
import type { BenchService } from '../service.ts'

/** A small load, so that what is seen is waiting for the build and not for one another. */
const perSecond = 40
const idleSeconds = 3

/** How long small requests take while a large batch is built, against when nothing else is done. */
export async function meanwhileRow(
  service: BenchService,
  key: string,
  size: number,
  target: Target,
  say: (text: string) => void,
): Promise<Row> {
  try {
    say(`verifying while ${size} are built …`)
    const idle = await steadyP99(target, perSecond, idleSeconds)
    const building = issueRoster(service, key, size)
    building.catch(() => undefined)
    const during: number[] = []
    let isBuilt = false
    const end = building.finally(() => {
      isBuilt = true
    })
    end.catch(() => undefined)
    while (!isBuilt) during.push(await steadyP99(target, perSecond, 1))
    const { seconds } = await building
    return ratioRow('meanwhile', {
      ours: Math.max(...during),
      peer: idle,
      unit: 'ms',
      note: `the worst second of ${numberText(seconds)} in which ${numberText(size)} were received and built, ${perSecond} requests a second`,
    })
  } catch (thrown) {
    return unmeasured('meanwhile', (thrown as Error).message)
  }
}
