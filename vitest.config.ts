import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

/** Those that start processes come first, so that none of them runs alone at the end. */
const longest = /\/test\/(server|scripts|web)\//

class LongestFirst extends BaseSequencer {
  override async sort(...[files]: Parameters<BaseSequencer['sort']>) {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: (typeof files)[number]) => longest.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Those that wait for processes and chains leave a core to the others: one file more than two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
