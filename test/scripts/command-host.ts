// Runs Hardhat's commands for tests, one after the other: what a command loads is loaded once, everything else is its own.
import process from 'node:process'
import type { Finished } from './command.ts'

const inside = new URL('../../node_modules/hardhat/dist/src/internal/', import.meta.url)
const { main } = await import(new URL('cli/main.js', inside).href)
const { resetGlobalHardhatRuntimeEnvironment } = await import(
  new URL('global-hre-instance.js', inside).href
)

process.setMaxListeners(0) // Every command adds its own for what nobody handles.

let last: Promise<void> = Promise.resolve()
process.on('message', (args: readonly string[]) => {
  last = last.then(async () => {
    process.send?.(await finished(args))
  })
})
process.on('disconnect', () => process.exit())

async function finished(args: readonly string[]): Promise<Finished> {
  const [stdout, stderr] = [listenTo(process.stdout), listenTo(process.stderr)]
  process.exitCode = undefined
  resetGlobalHardhatRuntimeEnvironment()
  try {
    await main([...args], { warnAboutUnusedPlugins: true })
    return { code: Number(process.exitCode ?? 0), stdout: stdout.end(), stderr: stderr.end() }
  } finally {
    process.exitCode = undefined
  }
}

function listenTo(stream: NodeJS.WriteStream) {
  const { write } = stream
  let text = ''
  stream.write = (chunk: string | Uint8Array) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  return {
    end() {
      stream.write = write
      return text
    },
  }
}
