import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchoredBatch, issueBatch, type Stage, setStage } from './stage.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly schema: object
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string
        readonly content?: Readonly<Record<string, { readonly schema: object }>>
      }
    >
  >
}
interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: object
    readonly securitySchemes: Readonly<Record<string, object>>
  }
}

let stage: Stage
let api: Description
beforeAll(async () => {
  stage = await setStage()
  api = (await stage.ask('GET /openapi.json')).body
})
afterAll(() => stage?.close())

const operations = () =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  )

describe('the API description', () => {
  it('is OpenAPI 3.1 and describes every route', () => {
    expect(api.openapi).toBe('3.1.0')
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'DELETE /batches/{id}',
      'DELETE /c/{token}/shares/{share}',
      'DELETE /issuers/{issuer}/keys/{key}',
      'DELETE /session',
      'GET /.well-known/did.json',
      'GET /1.0/identifiers/{did}',
      'GET /admin/issuers',
      'GET /admin/jobs',
      'GET /batches/{id}',
      'GET /batches/{id}/credentials',
      'GET /batches/{id}/events',
      'GET /batches/{id}/file',
      'GET /batches/{id}/leaves',
      'GET /batches/{id}/proofs/{statusIndex}',
      'GET /batches/{id}/status/{purpose}',
      'GET /batches/{id}/statuses',
      'GET /batches/{id}/tiles/{path}',
      'GET /c/{token}',
      'GET /c/{token}/about',
      'GET /c/{token}/badge.png',
      'GET /c/{token}/badge.svg',
      'GET /c/{token}/credential.pdf',
      'GET /c/{token}/shares',
      'GET /credentials/{id}',
      'GET /credentials/{id}/badge.png',
      'GET /credentials/{id}/badge.svg',
      'GET /credentials/{id}/credential.pdf',
      'GET /credentials/{id}/proof',
      'GET /credentials/{id}/receipt',
      'GET /credentials/{id}/receipt.html',
      'GET /healthz',
      'GET /issuers/{issuer}',
      'GET /issuers/{issuer}/batches',
      'GET /issuers/{issuer}/credentials',
      'GET /issuers/{issuer}/did.json',
      'GET /issuers/{issuer}/log',
      'GET /issuers/{issuer}/pathways',
      'GET /issuers/{issuer}/signing-keys',
      'GET /leaves/{account}/{root}',
      'GET /metrics',
      'GET /migrations/{account}/{root}',
      'GET /pathways',
      'GET /pathways/{id}',
      'GET /readyz',
      'GET /session',
      'GET /status/{list}/{ending}',
      'POST /admin/jobs/{id}/retry',
      'POST /batches/{id}/anchor',
      'POST /batches/{id}/links',
      'POST /batches/{id}/lookup',
      'POST /batches/{id}/statuses',
      'POST /c/{token}/replacement',
      'POST /c/{token}/shares',
      'POST /claims',
      'POST /credentials/verify',
      'POST /credentials/{id}/claims',
      'POST /credentials/{id}/links',
      'POST /credentials/{id}/reinstate',
      'POST /credentials/{id}/reissue',
      'POST /credentials/{id}/revoke',
      'POST /credentials/{id}/suspend',
      'POST /issuers',
      'POST /issuers/{issuer}/awards',
      'POST /issuers/{issuer}/batches',
      'POST /issuers/{issuer}/credentials/issue',
      'POST /issuers/{issuer}/credentials/status',
      'POST /issuers/{issuer}/equivalences',
      'POST /issuers/{issuer}/keys',
      'POST /issuers/{issuer}/pathways',
      'POST /issuers/{issuer}/signing-keys/rotate',
      'POST /presentations/pdf',
      'POST /presentations/verify',
      'POST /session',
      'POST /verify',
      'POST /verify/bulk',
      'POST /verify/match',
      'POST /verify/stack',
    ])
  })

  it('summarises each, names its path parameters and describes each answer', () => {
    for (const { name, operation } of operations()) {
      expect(operation.summary, name).toBeTruthy()
      expect(operation.tags, name).toHaveLength(1)
      expect(operation.operationId, name).toMatch(/^[a-z][A-Za-z]+$/)
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(described.map((parameter) => parameter.name).sort(), name).toEqual(inPath.sort())
      for (const answer of Object.values(operation.responses))
        expect(answer.description, name).toBeTruthy()
    }
  })

  it('gives each an operation id of its own', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says which routes need which key', () => {
    const keyed = operations().flatMap(({ name, operation }) =>
      (operation.security ?? []).map((scheme) => `${name}: ${Object.keys(scheme)}`),
    )
    expect(keyed).toContain('POST /issuers: adminKey')
    expect(keyed).toContain('POST /issuers/{issuer}/batches: issuerKey')
    expect(keyed.some((line) => / \/(verify|credentials\/\{id\}(\/proof)?):/.test(line))).toBe(
      false,
    )
    for (const line of keyed) {
      expect(api.components.securitySchemes).toHaveProperty(line.split(': ')[1] ?? '')
    }
  })

  it('has references that lead somewhere and schemas that compile', () => {
    const ajv = schemas()
    const references = JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)
    for (const [, reference = ''] of references) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], api)
      expect(found, reference).toBeTypeOf('object')
    }
    for (const { name, operation } of operations()) {
      const contents = [
        operation.requestBody?.content,
        ...Object.values(operation.responses).map(({ content }) => content),
      ]
      const found = contents.flatMap((content) =>
        Object.values(content ?? {}).map(({ schema }) => schema),
      )
      for (const schema of found)
        expect(() => ajv.compile(withComponents(schema)), name).not.toThrow()
    }
  })

  it('describes what is answered', async () => {
    const { id, credentials } = await anchoredBatch(stage, 2)
    const built = await issueBatch(stage, 1)
    const { text } = await stage.ask(`GET /credentials/${credentials[0]}`)
    await conforms(
      'get',
      '/batches/{id}',
      200,
      await stage.ask(`GET /batches/${id}`, { key: stage.key }),
    )
    await conforms(
      'get',
      '/batches/{id}',
      200,
      await stage.ask(`GET /batches/${built}`, { key: stage.key }),
    )
    await conforms(
      'get',
      '/batches/{id}/credentials',
      200,
      await stage.ask(`GET /batches/${id}/credentials`, { key: stage.key }),
    )
    await conforms(
      'get',
      '/issuers/{issuer}',
      200,
      await stage.ask('GET /issuers/northfield', { key: stage.key }),
    )
    const log = await stage.ask('GET /issuers/northfield/log')
    await conforms('get', '/issuers/{issuer}/log', 200, log)
    await conforms(
      'get',
      '/credentials/{id}/proof',
      200,
      await stage.ask(`GET /credentials/${credentials[0]}/proof`),
    )
    await conforms('post', '/verify', 200, await stage.ask('POST /verify', { raw: text }))
    await conforms(
      'post',
      '/credentials/{id}/revoke',
      200,
      await stage.ask(`POST /credentials/${credentials[1]}/revoke`, { key: stage.key }),
    )
    await conforms(
      'get',
      '/batches/{id}',
      401,
      await stage.ask(`GET /batches/${id}`),
      'application/problem+json',
    )
    await conforms('get', '/healthz', 200, await stage.ask('GET /healthz'))
    const refused = await stage.ask('POST /credentials/verify', { json: null })
    await conforms('post', '/credentials/verify', 400, refused)
    const did = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
    const resolved = await stage.ask(`GET /1.0/identifiers/${did}`)
    await conforms('get', '/1.0/identifiers/{did}', 200, resolved, 'application/ld+json')
  })

  it('can be read at /docs, without asking anybody else', async () => {
    const page = await stage.ask('GET /docs')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Rootmark API')
    expect(page.headers['content-security-policy']).not.toMatch(
      /upgrade-insecure-requests|swagger\.io/,
    )
  })
})

function schemas() {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addFormat('binary', true)
  return ajv
}

/** A schema whose references are relative to the description. */
function withComponents(schema: object): object {
  return { ...schema, components: api.components }
}

async function conforms(
  method: string,
  path: string,
  status: number,
  answer: { readonly status: number; readonly body: unknown },
  type = 'application/json',
) {
  expect(answer.status, path).toBe(status)
  const schema = api.paths[path]?.[method]?.responses[status]?.content?.[type]?.schema
  if (!schema) throw new Error(`${method} ${path} describes no answer ${status}`)
  const validate = schemas().compile(withComponents(schema))
  validate(answer.body)
  expect(validate.errors ?? [], path).toEqual([])
}
