// Status lists of another implementation, which tests compare with; it brings no types of its own.
declare module '@digitalcredentials/vc-bitstring-status-list' {
  interface OtherList {
    setStatus(index: number, status: boolean): void
    getStatus(index: number): boolean
    encode(): Promise<string>
  }
  export function createList(options: { readonly length: number }): Promise<OtherList>
  export function decodeList(options: { readonly encodedList: string }): Promise<OtherList>
  export function checkStatus(options: {
    readonly credential: object
    readonly suite: object
    readonly documentLoader: (url: string) => Promise<object>
  }): Promise<{ readonly verified: boolean; readonly error?: Error }>
}
