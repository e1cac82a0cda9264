import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, readdirSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const cache = join(root, 'node_modules', '.cache')
const dayMs = 86_400_000

/**
 * A folder that is made once, with what `make` puts into it, and copied from then on; made anew where one of `sources`,
 * files or folders of the clone, or a package changed. It is made beside its place and moved there whole, so that test files that start at once never copy half of it.
 */
export async function templateFolder(
  name: string,
  sources: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['package-lock.json', ...sources].flatMap(filesAt)) {
    hash.update(`${file}\0`).update(await readFile(join(root, file)))
  }
  const home = join(cache, `rootmark-${name}-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(home)) return home
  await mkdir(cache, { recursive: true })
  await forget(name)
  const staging = await mkdtemp(join(cache, `${name}-`))
  try {
    await chmod(staging, 0o755) // PostgreSQL runs as another account where this one is root.
    await make(staging)
    await rename(staging, home)
  } catch (thrown) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(home)) throw thrown
  }
  return home
}

/** The files of a folder without what is built there, or the one file. */
function filesAt(path: string): readonly string[] {
  if (path.endsWith(`${sep}dist`)) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path))
    .toSorted()
    .flatMap((name) => filesAt(join(path, name)))
}

/** Removes templates older than a day, which are outdated: test files that run now may copy from newer ones. */
async function forget(name: string): Promise<void> {
  for (const entry of readdirSync(cache)) {
    const path = join(cache, entry)
    const isTemplate = entry.startsWith(`rootmark-${name}-`) || entry.startsWith(`${name}-`)
    if (!isTemplate || Date.now() - statSync(path).mtimeMs < dayMs) continue
    await rm(path, { recursive: true, force: true })
  }
}

/** Copies a folder with the modes of its folders and, where this account may give files away, the owners of all. */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  takeModes(from, to)
}

function takeModes(from: string, to: string): void {
  const { uid, gid, mode } = statSync(from)
  if (process.getuid?.() === 0 && uid !== 0) chownSync(to, uid, gid)
  chmodSync(to, mode)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) takeModes(source, copy)
    else if (process.getuid?.() === 0 && uid !== 0) chownSync(copy, uid, gid)
  }
}
