/** Where another page of this site is: beside this one, which is reached by its name or as a folder of its own. */
export function pageAddress(name: string): string {
  const { href, pathname } = location
  const isFolder = /\/(?:index\.html)?$/.test(pathname)
  return new URL(`${isFolder ? '../' : './'}${name}`, href.split('#')[0]).href
}
