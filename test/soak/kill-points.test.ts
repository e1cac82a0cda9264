import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listKillPoints } from './kill-points.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rootmark-kill-points-'))
  await mkdir(join(directory, 'routes'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('the places where the plug is pulled', () => {
  it('are read from the source, in folders too, each once', async () => {
    await writeFile(join(directory, 'a.ts'), "killPoint('b.second')\nkillPoint('a.first')\n")
    await writeFile(join(directory, 'routes', 'c.ts'), "  killPoint(\n    'c.third',\n  )\n")
    await writeFile(join(directory, 'routes', 'd.ts'), 'killPoint("a.first")\n')
    await writeFile(join(directory, 'e.md'), "killPoint('not.source')\n")
    await writeFile(join(directory, 'f.ts'), 'export function killPoint(name: string) {}\n')
    expect(listKillPoints(directory)).toEqual(['a.first', 'b.second', 'c.third'])
  })

  it('with a variable part stand for every finality', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what source looks like
    await writeFile(join(directory, 'a.ts'), 'killPoint(`watch.${state}`)\n')
    expect(listKillPoints(directory)).toEqual(
      expect.arrayContaining(['watch.finalized', 'watch.included', 'watch.safe']),
    )
  })

  it('cover every step from a request to finality', () => {
    const found = listKillPoints()
    expect(found.length).toBeGreaterThanOrEqual(40)
    const steps = ['issue', 'build', 'anchor', 'send', 'replace', 'settle', 'status', 'watch']
    for (const step of steps) {
      expect(found.filter((name) => name.startsWith(`${step}.`)).length).toBeGreaterThan(1)
    }
  })
})
