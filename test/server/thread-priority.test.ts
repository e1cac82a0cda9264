import { once } from 'node:events'
import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'

it.runIf(process.platform === 'linux')(
  'a thread that stands behind leaves the one that answers requests where it was',
  async () => {
    const before = getPriority()
    const module = new URL('../../server/thread-priority.ts', import.meta.url)
    const source = `
      const { getPriority } = require('node:os')
      import(${JSON.stringify(module.href)}).then(({ standBehind }) => {
        standBehind()
        require('node:worker_threads').parentPort.postMessage(getPriority())
      })`
    const worker = new Worker(source, { eval: true })
    const [priority] = await once(worker, 'message')
    await worker.terminate()
    expect(priority).toBeGreaterThan(before)
    expect(getPriority()).toBe(before)
  },
)
