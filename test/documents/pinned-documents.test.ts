import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InvalidInputError } from '../../core/error.ts'
import { openPinnedDocuments } from '../../documents/pinned-documents.ts'

let parent: string
let folder: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rootmark-pinned-'))
  folder = join(parent, 'pinned')
  await mkdir(join(folder, 'lists'), { recursive: true })
  await writeFile(join(folder, 'did.json'), '{"id":"did:web:issuer.example"}')
  await writeFile(join(folder, 'lists', 'one.json'), '{"list":1}')
  await writeFile(join(parent, 'secret.json'), '{"secret":true}')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

async function open(index: unknown) {
  const text = typeof index === 'string' ? index : JSON.stringify(index)
  await writeFile(join(folder, 'index.json'), text)
  return openPinnedDocuments(folder)
}

async function refusalOf(index: unknown): Promise<InvalidInputError> {
  const thrown = await open(index).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(InvalidInputError)
  return thrown as InvalidInputError
}

describe('pinned documents', () => {
  it('are the files that the index names', async () => {
    const pinned = await open({
      'https://issuer.example/.well-known/did.json': 'did.json',
      'https://issuer.example/lists/1': 'lists/one.json',
    })
    const text = async (url: string) => String(await pinned(url))
    expect(await text('https://issuer.example/.well-known/did.json')).toContain('did:web')
    expect(await text('https://issuer.example/lists/1')).toBe('{"list":1}')
  })

  it('are found however their URL is written', async () => {
    const pinned = await open({ 'HTTPS://Issuer.Example:443/a/../did.json#key-1': 'did.json' })
    for (const url of [
      'https://issuer.example/did.json',
      'https://issuer.example/did.json#key-2',
    ]) {
      expect(pinned(url)).toBeDefined()
    }
  })

  it('are no others', async () => {
    const pinned = await open({ 'https://issuer.example/did.json': 'did.json' })
    for (const url of [
      'https://issuer.example/did.json?x=1',
      'https://issuer.example/DID.json',
      'http://issuer.example/did.json',
      'https://issuer.example.evil.example/did.json',
      'did.json',
      '__proto__',
    ]) {
      expect(pinned(url)).toBeUndefined()
    }
  })

  it('may be none', async () => {
    expect((await open({}))('https://issuer.example/')).toBeUndefined()
  })
})

describe('an index of pinned documents', () => {
  const url = 'https://issuer.example/did.json'
  const pointer = '/https:~1~1issuer.example~1did.json'

  it.each([
    ['nothing', '', 'there is nothing in it'],
    ['no JSON', '{', 'expected'],
    ['a list', [], 'must be an object that maps URLs'],
    ['null', null, 'must be an object that maps URLs'],
    ['a URL twice', `{"${url}":"did.json","${url}":"lists/one.json"}`, 'stands twice'],
    ['no URL', { 'did.json': 'did.json' }, 'is no http(s) URL'],
    ['a DID', { 'did:web:issuer.example': 'did.json' }, 'is no http(s) URL'],
    ['half a URL', { 'https://': 'did.json' }, 'is no http(s) URL'],
  ])('is refused: %s', async (_, index, sentence) => {
    expect((await refusalOf(index)).message).toContain(sentence)
  })

  it.each([
    ['a number', 1],
    ['null', null],
    ['nothing', ''],
    ['an absolute path', '/etc/passwd'],
    ['the folder above', '../secret.json'],
    ['a way out and about', 'lists/../../secret.json'],
    ['the folder itself', '.'],
    ['another folder', 'lists'],
    ['a file that is not there', 'missing.json'],
  ])('is refused where a URL leads to %s', async (_, file) => {
    const refusal = await refusalOf({ [url]: file })
    expect(refusal.pointer).toBe(pointer)
    expect(refusal.message).not.toContain('secret":true')
  })

  it('is refused where a link leads out of the folder, and taken where it stays', async () => {
    await symlink(join(parent, 'secret.json'), join(folder, 'link.json'))
    expect((await refusalOf({ [url]: 'link.json' })).message).toContain('lies outside')
    await symlink(parent, join(folder, 'up'))
    expect((await refusalOf({ [url]: 'up/secret.json' })).message).toContain('lies outside')
    await symlink(join(folder, 'did.json'), join(folder, 'inside.json'))
    expect((await open({ [url]: 'inside.json' }))(url)).toBeDefined()
  })

  it('is refused where a file is larger than a document may be', async () => {
    await writeFile(join(folder, 'large.json'), '')
    await truncate(join(folder, 'large.json'), 1_048_577)
    expect((await refusalOf({ [url]: 'large.json' })).message).toContain('is larger than 1048576')
  })

  it('is refused where there is none, or no folder', async () => {
    await expect(openPinnedDocuments(folder)).rejects.toThrow(/index\.json cannot be read: ENOENT/)
    await expect(openPinnedDocuments(join(parent, 'nowhere'))).rejects.toThrow(InvalidInputError)
  })
})
