import { expect, test } from 'vitest'
import { verified } from './signature'

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

async function signed(claims: unknown) {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const text = `${part({ alg: 'ES256', kid: 'k1' })}.${part(claims)}`
  const signature = Buffer.from(
    await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(text)),
  ).toString('base64url')
  return { token: `${text}.${signature}`, keys: { keys: [{ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', kid: 'k1', x: x!, y: y! }] } }
}

test('The claims of a signed certificate are read in any script', async () => {
  const { token, keys } = await signed({ jti: 'c.1', sub: '누라 نورة' })
  expect(await verified(token, keys)).toMatchObject({ jti: 'c.1', sub: '누라 نورة' })
})

test('A changed token, a token that an unknown key signed, and nonsense are refused', async () => {
  const { token, keys } = await signed({ jti: 'c.1', cr: 1 })
  const [header, , signature] = token.split('.')
  expect(await verified(`${header}.${part({ jti: 'c.1', cr: 9 })}.${signature}`, keys)).toBeNull()
  expect(await verified(token, { keys: [{ ...keys.keys[0]!, kid: 'other' }] })).toBeNull()
  expect(await verified(token, (await signed({})).keys)).toBeNull()
  for (const nonsense of ['', 'a.b.c', '..', `${token}.x`]) expect(await verified(nonsense, keys)).toBeNull()
})
