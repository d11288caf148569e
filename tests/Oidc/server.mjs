// A provider of OpenID Connect for the tests: node server.mjs PORT
// It is the package oidc-provider, with people that exist only in memory. A test drives the pages for signing in over HTTP. The addresses
// below /test are for the tests only: they set the people, make the provider lie, and show what the provider has sent.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const port = Number(process.argv[2])
const issuer = `http://localhost:${port}`
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const key = newKey()
const otherKey = newKey()
const kid = 'test-key'
const jwk = { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }

/** Each person's claims by the name for signing in. */
let people = {}
/** What the provider lies about, or an empty text. */
let lie = ''
/** Whether the provider answers nothing. */
let away = false
/** The logout tokens that the provider has sent. */
const sent = []
/** The parameters with which browsers came to sign in. */
const begun = []
let handler = (_, response) => response.writeHead(503).end()

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signed(payload, { by = key, typ = 'JWT' } = {}) {
  const text = `${base64({ alg: 'RS256', kid, typ })}.${base64(payload)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), by).toString('base64url')}`
}

const now = () => Math.floor(Date.now() / 1000)

function falsified(idToken) {
  const payload = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url'))
  switch (lie) {
    case 'nonce':
      return signed({ ...payload, nonce: randomBytes(16).toString('hex') })
    case 'audience':
      return signed({ ...payload, aud: 'another-client' })
    case 'issuer':
      return signed({ ...payload, iss: 'https://another.example' })
    case 'expired':
      return signed({ ...payload, iat: now() - 7200, exp: now() - 3600 })
    case 'key':
      return signed(payload, { by: otherKey })
    case 'subject':
      return signed({ ...payload, sub: 'somebody-else' })
    default:
      return idToken
  }
}

function begin(hub) {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'consult-hub',
        client_secret: 'a secret of the tests',
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${hub}/api/session/oidc/clinic/callback`],
        backchannel_logout_uri: `${hub}/api/oidc/clinic/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'], groups: ['groups'] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: { AccessToken: 60, Grant: 3600, IdToken: 60, Interaction: 600, RefreshToken: 3600, Session: 3600 },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined),
    // The hub of the tests is on this machine, which the package's own way of sending refuses.
    fetch: (url, { dispatcher: _, ...options }) => {
      sent.push(options.body.get('logout_token'))
      return fetch(url, options)
    },
  })
  provider.use(async (context, next) => {
    await next()
    if (lie && context.path === '/token' && context.body?.id_token) context.body.id_token = falsified(context.body.id_token)
  })
  provider.on('interaction.started', (context) => begun.push({ ...context.oidc.params }))
  const serve = provider.callback()
  handler = async (request, response, body) => {
    const interaction = request.url.match(/^\/interaction\/[\w-]+$/)
    if (!interaction) return serve(request, response)
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/plain' }).end(prompt.name)
    const answer = new URLSearchParams(body)
    if (answer.get('deny')) return provider.interactionFinished(request, response, { error: 'access_denied' })
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: answer.get('login') } })
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
    grant.addOIDCScope(params.scope)
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }
}

const controls = {
  'PUT /test/hub': ({ address }) => begin(address),
  'PUT /test/people': (all) => (people = all),
  'PUT /test/lie': ({ about }) => (lie = about),
  'PUT /test/away': ({ is }) => (away = is),
  'GET /test/sent': () => sent,
  'GET /test/begun': () => begun,
  'POST /test/tokens': ({ payload, typ, other }) => signed(payload, { typ, by: other ? otherKey : key }),
}

const bodyOf = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

createServer(async (request, response) => {
  try {
    const control = controls[`${request.method} ${request.url}`]
    if (control) {
      const body = await bodyOf(request)
      const answer = (await control(body ? JSON.parse(body) : undefined)) ?? {}
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    }
    if (away) return request.socket.destroy()
    const isAnswer = request.method === 'POST' && request.url.startsWith('/interaction/')
    return await handler(request, response, isAnswer ? await bodyOf(request) : undefined)
  } catch (error) {
    console.error(error)
    response.writeHead(500).end()
  }
}).listen(port, '127.0.0.1', () => console.log('ready'))
