import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, type Stage, setStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

const upload = (raw: string, type: string) =>
  stage.ask('POST /issuers/northfield/batches', { key: stage.key, raw, type })

describe('an odd request is refused with problem details', () => {
  it('a form without a boundary, cut off, or without any part', async () => {
    const part =
      '--b\r\nContent-Disposition: form-data; name="roster"; filename="r.csv"\r\n\r\nname,email\r\n'
    for (const [raw, type] of [
      ['x', 'multipart/form-data'],
      [part, 'multipart/form-data; boundary=b'],
      ['--b--\r\n', 'multipart/form-data; boundary=b'],
      ['', 'multipart/form-data; boundary=b'],
    ] as const) {
      const answer = await upload(raw, type)
      expect(answer.status, JSON.stringify([raw, type])).toBe(400)
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(answer.body.code).toBeTruthy()
    }
  })

  it('a form with too many parts', async () => {
    const form = new FormData()
    for (let i = 0; i < 20; i++) form.append('validFrom', '2026-01-01T00:00:00Z')
    const answer = await stage.ask('POST /issuers/northfield/batches', { key: stage.key, form })
    expect(answer.status).toBe(413)
    expect(answer.headers['content-type']).toBe('application/problem+json')
  })

  it('a path that cannot be decoded, or is very long', async () => {
    for (const path of ['/credentials/%E0%A4%A', '/%', `/credentials/${'x'.repeat(5000)}`]) {
      const answer = await stage.ask(`GET ${path}`)
      expect([400, 403, 404, 414]).toContain(answer.status)
      expect(answer.headers['content-type'], path).toBe('application/problem+json')
    }
  })

  it('a content type that is none, and a method that is not served', async () => {
    expect(refusal(await stage.ask('POST /verify', { raw: '{}', type: 'nonsense' }))).toBe(
      '415 content_type_unsupported',
    )
    expect((await stage.ask('PUT /verify', { json: {} })).status).toBe(404)
    expect((await stage.ask('GET /verify')).status).toBe(404)
  })

  it('an empty body where none is needed is none', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    const answer = await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key, raw: '' })
    expect(refusal(answer)).toBe('404 batch_unknown')
  })

  it('bytes that are no HTTP', async () => {
    const url = new URL(await stage.listen())
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(url.port), url.hostname, () => socket.end('HELLO\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
    })
    expect(said).toContain('400')
    expect((await stage.ask('GET /healthz')).status).toBe(200)
  })
})
