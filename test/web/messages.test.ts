import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { reasons } from '../../web/messages/en-reasons.ts'

const core = new URL('../../core/', import.meta.url)

/** Every code that core gives an invalid or indeterminate check, or a credential's bytes are refused with. */
async function reasonCodes(): Promise<readonly string[]> {
  const checks = (await readdir(new URL('checks/', core))).map((file) => `checks/${file}`)
  const parts = [
    'json.ts',
    'i-json.ts',
    'format.ts',
    'proof.ts',
    'anchor-state.ts',
    'accreditors.ts',
    'baked.ts',
    'carried.ts',
    'digits.ts',
    'baked-png.ts',
    'baked-svg.ts',
    'bounded-xml.ts',
    'foreign-list.ts',
    'listed-status.ts',
    'proof-options.ts',
    'proof-set.ts',
    'proof-chain.ts',
    'data-integrity.ts',
    'data-model/linked-data.ts',
    'json-ld-bounds.ts',
    'contexts.ts',
    'json-ld.ts',
    'did-resolver.ts',
    'did-document.ts',
    'multikey.ts',
    'jwk.ts',
    'curve-point.ts',
    'x25519.ts',
    'did-jwk.ts',
    'data-model/envelope.ts',
    'jwt/algorithm.ts',
    'jwt/claims.ts',
    'jwt/key.ts',
    'jwt/open.ts',
    'jwt/signature.ts',
    'jwt/token.ts',
  ]
  const texts = await Promise.all(
    [...checks, ...parts, 'chain.ts', 'report.ts'].map((file) =>
      readFile(new URL(file, core), 'utf8'),
    ),
  )
  return texts.flatMap((text) =>
    [
      ...[...text.matchAll(/'(?:invalid|indeterminate)',\s*(?:code: )?'([a-z_]+)'/g)],
      ...[...text.matchAll(/(?:InvalidInputError|ChainUnreadableError|problem)\(\s*'([a-z_]+)'/g)],
      ...[...text.matchAll(/reason: '([a-z_]+)'/g)],
      ...[...text.matchAll(/\? '([a-z]+_[a-z_]+)' : '([a-z]+_[a-z_]+)'/g)],
    ].flatMap(([, ...codes]) => codes),
  )
}

test('every reason of core has a headline and a next step', async () => {
  const codes = [...new Set(await reasonCodes())]
  expect(codes.length).toBeGreaterThan(30)
  expect(codes.filter((code) => !Object.hasOwn(reasons, code))).toEqual([])
})
