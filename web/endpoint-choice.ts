import { endpointUrl } from './endpoint-url.ts'

const storageKey = (chainId: number) => `chain-endpoint-${chainId}`

/** The endpoint that the visitor chose for a chain in this tab. A browser that keeps nothing has none. */
export function chosenEndpoint(chainId: number): string | undefined {
  try {
    return endpointUrl(sessionStorage.getItem(storageKey(chainId)) ?? '')
  } catch {
    return undefined
  }
}

/** Remembers the visitor's endpoint until the tab is closed; `undefined` forgets it. */
export function chooseEndpoint(chainId: number, url: string | undefined): void {
  try {
    if (url === undefined) sessionStorage.removeItem(storageKey(chainId))
    else sessionStorage.setItem(storageKey(chainId), url)
  } catch {
    // Storage is switched off: the choice cannot be kept, and the page says what it asks anyway.
  }
}
