import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const home = join(cache, 'rootmark-chromium')
const packed = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))

/**
 * A real Chromium with its security switched on: of the package's own flags, which switch off web security among others,
 * none is taken. A container's root has no sandbox. `CHROMIUM_PATH` names another one where the package has no build.
 */
export async function launchChromium(): Promise<Browser> {
  const { CHROMIUM_PATH, LD_LIBRARY_PATH = '' } = process.env
  if (CHROMIUM_PATH === undefined) await unpack()
  const options = {
    executablePath: CHROMIUM_PATH ?? join(home, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-background-networking'],
    env: { ...process.env, FONTCONFIG_FILE: join(home, 'fonts.conf') } as Record<string, string>,
  }
  try {
    return await chromium.launch(options)
  } catch (thrown) {
    // A bare machine lacks libraries of a desktop; the package has those too.
    if (!String(thrown).includes('error while loading shared libraries')) throw thrown
    const libraries = `${join(home, 'al2023', 'lib')}:${LD_LIBRARY_PATH}`
    return chromium.launch({ ...options, env: { ...options.env, LD_LIBRARY_PATH: libraries } })
  }
}

/** Unpacks beside its place and moves it there whole, so that test files that start at once never run half of it. */
async function unpack(): Promise<void> {
  if (existsSync(home)) return
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'chromium-'))
  try {
    // It puts things where temporary files belong; whatever else runs in this process has its own there.
    const env = { ...process.env, TMPDIR: staging }
    const parts = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((part) => join(packed, part))
    await run(process.execPath, ['--input-type=module', '-e', inflateAll, ...parts], {
      env,
      cwd: cache,
    })
    await writeFile(join(staging, 'fonts.conf'), fontsConfig)
    await rename(staging, home)
  } catch (thrown) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(home)) throw thrown
  }
}

const run = promisify(execFile)
const inflateAll = `import { inflate } from '@sparticuz/chromium'
for (const part of process.argv.slice(1)) await inflate(part)`

const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`
