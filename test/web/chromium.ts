import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const home = join(cache, 'chromium')

/**
 * A real Chromium with its security switched on: of the package's own flags, which switch off web security among others,
 * none is taken. A container's root has no sandbox.
 */
export async function launchChromium(): Promise<Browser> {
  await unpack()
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-background-networking'],
  })
}

/** Unpacks beside its place and moves it there whole, so that test files that start at once never run half of it. */
async function unpack(): Promise<void> {
  if (existsSync(home)) return
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'chromium-'))
  const { TMPDIR } = process.env
  process.env['TMPDIR'] = staging
  try {
    sparticuz.setGraphicsMode = false
    await sparticuz.executablePath()
    await rename(staging, home)
  } catch (thrown) {
    await rm(staging, { recursive: true })
    if (!existsSync(home)) throw thrown
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  }
}
