import { rpc } from '../server/chain-calls.ts'
import { pause } from './client.ts'
import { type Dice, diceOf } from './dice.ts'
import { countFault, type Ledger } from './ledger.ts'
import type { Weather } from './proxy.ts'
import type { Scene } from './scene.ts'

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

async function kill({ services }: Scene, ledger: Ledger, dice: Dice): Promise<void> {
  const service = dice.pick(services)
  await service.kill()
  ledger.restarts += 1
  await service.up()
}

async function turnBack({ chainUrl, firstBlock, unrest }: Scene, _ledger: Ledger, dice: Dice) {
  const wish = dice.whole(1, 32)
  const height = Number(await rpc(chainUrl, 'eth_blockNumber'))
  const depth = Math.min(wish, height - firstBlock)
  if (depth > 0) await unrest.turnBack(() => rpc(chainUrl, 'anvil_reorg', [depth, []]))
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

async function jump({ chainUrl }: Scene, _ledger: Ledger, dice: Dice): Promise<void> {
  await rpc(chainUrl, 'evm_increaseTime', [dice.whole(1, 3600)])
  await rpc(chainUrl, 'evm_mine')
}

/** Two kinds of trouble go on side by side; within one there is one fault at a time. */
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
  },
  machines: {
    'kill -9': kill,
    reorg: turnBack,
    'mining paused': pauseMining,
    'blocks mined': mine,
    'chain clock jumps': jump,
    'database restarted': ({ postgres }) => postgres.restart(),
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
  const { seed, restMs, leaveOut, isOver } = options
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

/** Leaves nothing standing in the way: clear weather, mining, both services up. */
export async function endFaults({ chainUrl, chainProxy, databaseProxy, services }: Scene) {
  chainProxy.turn('clear')
  databaseProxy.turn('clear')
  await resumeMining(chainUrl)
  await Promise.all(services.map((service) => service.up()))
}
