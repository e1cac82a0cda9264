import { rpc } from '../server/chain-calls.ts'
import { pause } from './client.ts'
import { type Dice, diceOf } from './dice.ts'
import { listKillPoints } from './kill-points.ts'
import { countFault, type Ledger } from './ledger.ts'
import { type Lie, lies } from './liar.ts'
import type { Weather } from './proxy.ts'
import { type Turn, turnBack } from './reorg.ts'
import type { Scene } from './scene.ts'
import type { ServiceProcess } from './service-process.ts'

/** A fault happens, lasts and is over when it resolves. */
type Fault = (scene: Scene, ledger: Ledger, dice: Dice) => Promise<void>

const hex = (value: number) => `0x${value.toString(16)}`

const chainWeather =
  (weather: Weather): Fault =>
  async ({ chainProxy }, _ledger, dice) => {
    chainProxy.turn(weather)
    await pause(dice.whole(200, 3000))
    chainProxy.turn('clear')
  }

const databaseWeather =
  (weather: Weather): Fault =>
  async ({ databaseProxy }, _ledger, dice) => {
    databaseProxy.turn(weather)
    await pause(dice.whole(200, 1500))
    databaseProxy.turn('clear')
  }

const lie =
  (words: Lie): Fault =>
  async ({ liar }, _ledger, dice) => {
    await liar.tell(words, dice.whole(1, 20))
    await pause(dice.whole(500, 3000))
    await liar.tell()
  }

/** So long may a process take that is asked to end. */
const peaceMs = 30_000
const killPoints = listKillPoints()

/** One that waits for its end at a named place is left alone, as long as there is another. */
function victim(processes: readonly ServiceProcess[], dice: Dice): ServiceProcess {
  const unarmed = processes.filter((process) => !process.isArmed())
  return dice.pick(unarmed.length > 0 ? unarmed : processes)
}

async function kill({ apis, workers }: Scene, ledger: Ledger, dice: Dice): Promise<void> {
  const process = victim([...apis, ...workers], dice)
  await process.kill()
  ledger.restarts += 1
  await process.up()
}

/** An API process and a worker that come next end by themselves at a named place, whenever they come there: the ledger is told then. */
async function arm({ apis, workers }: Scene, ledger: Ledger, dice: Dice): Promise<void> {
  const point = dice.pick(killPoints)
  const armed = [victim(apis, dice), victim(workers, dice)]
  await Promise.all(armed.map((process) => process.kill(point)))
  ledger.restarts += armed.length
  await Promise.all(armed.map((process) => process.up()))
}

async function terminate({ apis, workers }: Scene, ledger: Ledger, dice: Dice): Promise<void> {
  const process = victim([...apis, ...workers], dice)
  const end = await process.terminate(peaceMs)
  ledger.restarts += 1
  if (end === 'late') {
    ledger.violations.push(`${process.name} did not end within ${peaceMs / 1000} s of SIGTERM`)
  } else if (end !== 0 && end !== 'killed') {
    ledger.violations.push(`${process.name} ended with ${end} after SIGTERM`)
  }
  await process.up()
}

const reorg =
  (turn: Turn): Fault =>
  async ({ chainUrl, firstBlock, unrest }, ledger, dice) => {
    const wish = dice.whole(1, 32)
    const height = Number(await rpc(chainUrl, 'eth_blockNumber'))
    const depth = Math.min(wish, height - firstBlock)
    if (depth < 1) return
    ledger.reorgs += 1
    await unrest.turnBack(() => turnBack(chainUrl, depth, turn))
  }

async function pauseMining({ chainUrl }: Scene, _ledger: Ledger, dice: Dice): Promise<void> {
  await rpc(chainUrl, 'evm_setAutomine', [false])
  await pause(dice.whole(300, 4000))
  await resumeMining(chainUrl)
}

async function resumeMining(chainUrl: string): Promise<void> {
  await rpc(chainUrl, 'evm_setAutomine', [true])
  await rpc(chainUrl, 'evm_mine')
}

async function mine({ chainUrl }: Scene, _ledger: Ledger, dice: Dice): Promise<void> {
  await rpc(chainUrl, 'anvil_mine', [hex(dice.whole(1, 40))])
}

async function fillDisk({ postgres }: Scene, _ledger: Ledger, dice: Dice): Promise<void> {
  await postgres.disk?.fill()
  await pause(dice.whole(500, 3000))
  await postgres.disk?.free()
  await postgres.revive()
}

async function jump({ chainUrl }: Scene, _ledger: Ledger, dice: Dice): Promise<void> {
  await rpc(chainUrl, 'evm_increaseTime', [dice.whole(1, 3600)])
  await rpc(chainUrl, 'evm_mine')
}

const diskFull = 'disk of the database full'

/** Three kinds of trouble go on side by side; within one there is one fault at a time. */
const troubles: Readonly<Record<string, Readonly<Record<string, Fault>>>> = {
  network: {
    'chain connections cut': chainWeather('cut'),
    'chain answers late': chainWeather('delay'),
    'chain stalls': chainWeather('stall'),
    'chain answers garbled': chainWeather('garble'),
    'chain answers lost': chainWeather('lose answers'),
    'chain answers 429': chainWeather('429'),
    'chain answers 500': chainWeather('500'),
    'database connections cut': databaseWeather('cut'),
    'database answers late': databaseWeather('delay'),
    'database stalls': databaseWeather('stall'),
    ...Object.fromEntries(lies.map((words) => [`endpoint lies: ${words}`, lie(words)])),
  },
  processes: {
    'kill -9': kill,
    'kill -9, the next ones armed for a named place': arm,
    SIGTERM: terminate,
  },
  machines: {
    'reorg that drops': reorg('drop'),
    'reorg that drops some': reorg('drop some'),
    'reorg that includes again': reorg('include again'),
    'reorg that reorders': reorg('reorder'),
    'mining paused': pauseMining,
    'blocks mined': mine,
    'chain clock jumps': jump,
    'database restarted': ({ postgres }) => postgres.restart(),
    [diskFull]: fillDisk,
  },
}

/** Injects faults of every kind at random until `isOver`. */
export async function injectFaults(
  scene: Scene,
  ledger: Ledger,
  options: {
    readonly seed: number
    readonly restMs: number
    readonly leaveOut: readonly string[]
    readonly isOver: () => boolean
  },
): Promise<void> {
  const { seed, restMs, isOver } = options
  if (!scene.postgres.disk) ledger.leftOut.push(diskFull)
  const leaveOut = [...options.leaveOut, ...ledger.leftOut]
  await Promise.all(
    Object.entries(troubles).map(async ([trouble, faults]) => {
      const dice = diceOf(seed, trouble)
      const kinds = Object.entries(faults).filter(([kind]) => !leaveOut.includes(kind))
      while (!isOver()) {
        await pause(dice.whole(restMs / 4, restMs))
        if (isOver()) return
        const [kind, fault] = dice.pick(kinds)
        countFault(ledger, kind)
        await scene.unrest.during(() => fault(scene, ledger, dice))
      }
    }),
  )
}

/** Leaves nothing standing in the way: clear weather, truth, mining, all processes up. */
export async function endFaults(scene: Scene): Promise<void> {
  scene.chainProxy.turn('clear')
  scene.databaseProxy.turn('clear')
  await scene.liar.tell()
  await resumeMining(scene.chainUrl)
  await Promise.all([...scene.apis, ...scene.workers].map((process) => process.disarm()))
}
