import { InvalidInputError } from '../../core/error.ts'

/** The sealed portfolio as this browser keeps it. `revision` grows with each change, so that two windows do not undo one another. */
export interface Stored {
  readonly bytes: Uint8Array
  readonly revision: number
}

const database = 'rootmark-portfolio'
const shelf = 'sealed'
const key = 'portfolio'

export async function readVault(): Promise<Stored | undefined> {
  const db = await open()
  try {
    const store = db.transaction(shelf, 'readonly').objectStore(shelf)
    return (await answer(store.get(key))) as Stored | undefined
  } finally {
    db.close()
  }
}

/**
 * Keeps a sealed portfolio in the place of what had this revision, 0 for nothing; once it returns it is written. Throws `InvalidInputError`
 * (`vault_changed`) where something else is there, (`vault_full`) where the browser gives no more room.
 */
export async function writeVault(bytes: Uint8Array, before: number): Promise<Stored> {
  const db = await open()
  try {
    const transaction = db.transaction(shelf, 'readwrite')
    const store = transaction.objectStore(shelf)
    const found = (await answer(store.get(key))) as Stored | undefined
    if ((found?.revision ?? 0) !== before) {
      throw new InvalidInputError('vault_changed', 'it was changed in another window')
    }
    const stored = { bytes, revision: before + 1 }
    store.put(stored, key)
    await completed(transaction)
    return stored
  } finally {
    db.close()
  }
}

export async function eraseVault(): Promise<void> {
  await answer(indexedDB.deleteDatabase(database))
}

/** Asks the browser not to throw it away when room is short; some ask the visitor, some decide by themselves. */
export async function keepVault(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false)
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(shelf)
  }
  return answer(request)
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(failed(request.error))
  })
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(failed(transaction.error))
  })
}

/** Private windows and full disks keep nothing. */
function failed(error: DOMException | null): InvalidInputError {
  const code = error?.name === 'QuotaExceededError' ? 'vault_full' : 'vault_missing'
  return new InvalidInputError(code, error?.message ?? 'the browser keeps nothing')
}
