/** Hands what went wrong to the page, which knows whether the session is over. */
export function trouble(element: HTMLElement, thrown: unknown): void {
  element.dispatchEvent(
    new CustomEvent('trouble', { detail: thrown, bubbles: true, composed: true }),
  )
}
