/** More files than are checked at once. */
const maxFiles = 20_000

/** The files that were dropped, those in folders included. To be called while the event lasts: afterwards the browser forgets what was dropped. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  const files = [...transfer.files]
  if (!entries.some(({ isDirectory }) => isDirectory)) return Promise.resolve(files)
  return filesIn(entries)
}

async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const waiting = [...entries]
  const files: File[] = []
  while (waiting.length > 0 && files.length < maxFiles) {
    const entry = waiting.shift()
    if (entry?.isFile) files.push(await fileOf(entry as FileSystemFileEntry))
    else if (entry?.isDirectory) waiting.push(...(await within(entry as FileSystemDirectoryEntry)))
  }
  return files.filter(({ name }) => !name.startsWith('.'))
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })
}

/** A browser lists a folder a hundred entries at a time. */
async function within(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0 || found.length > maxFiles) return found
    found.push(...some)
  }
}
