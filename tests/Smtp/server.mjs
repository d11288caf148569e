// A mail server for the tests: node server.mjs SMTP-PORT CONTROL-PORT
// It uses the package smtp-server, and keeps the mails that it has taken in memory. Requests to the control port make it refuse, wait or be
// away, and show what it has taken.
import { createServer } from 'node:http'
import { SMTPServer } from 'smtp-server'

const [port, controlPort] = process.argv.slice(2).map(Number)

/** The mails that the server has taken. */
let taken = []
/** How often a program has connected, and which user names have signed in. */
let connections = 0
let users = []
/**
 * How the server answers. `mailFrom`, `rcpt` and `data` are the codes with which it refuses these commands. `only` limits a refusal of
 * `rcpt` to one address. `times` says how often the server refuses before it takes mails. With `hold`, it answers a mail only when the test
 * says so.
 */
let mode = {}
let held = []
let server

function refusal(code) {
  if (!code || mode.times === 0) return null
  if (mode.times) mode.times--
  return Object.assign(new Error(code >= 500 ? 'No such person here' : 'Come back later'), { responseCode: code })
}

/** Listens with these settings: `secure`, `startTls`, `auth` (user and pass), `key` and `cert`. */
function begin({ secure = false, startTls = false, auth = null, key, cert } = {}) {
  server = new SMTPServer({
    logger: false,
    secure,
    ...(cert && { key, cert }),
    authOptional: !auth,
    allowInsecureAuth: false,
    disabledCommands: [...(startTls ? [] : ['STARTTLS']), ...(auth ? [] : ['AUTH'])],
    disableReverseLookup: true,
    onConnect: (_, done) => (connections++, done()),
    onAuth: ({ username, password }, _, done) =>
      username === auth?.user && password === auth?.pass
        ? (users.push(username), done(null, { user: username }))
        : done(Object.assign(new Error('Wrong password'), { responseCode: 535 })),
    onMailFrom: (_, __, done) => done(refusal(mode.mailFrom)),
    onRcptTo: ({ address }, _, done) => done(!mode.only || mode.only === address ? refusal(mode.rcpt) : null),
    onData: (stream, session, done) => {
      const parts = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        const refused = refusal(mode.data)
        if (refused) return done(refused)
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom.address,
          to: rcptTo.map((rcpt) => rcpt.address),
          secure: session.secure,
          raw: Buffer.concat(parts).toString('base64'),
        })
        if (mode.hold) held.push(done)
        else done()
      })
    },
  })
  server.on('error', () => undefined) // a program that breaks its connection off
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
}

/** Ends all connections and listens no longer. */
function end() {
  const ending = server
  server = undefined
  if (!ending) return undefined
  for (const connection of ending.connections) connection._socket?.destroy()
  return new Promise((resolve) => ending.server.close(resolve))
}

const controls = {
  'PUT /test/server': async (settings) => (await end(), await begin(settings)),
  'PUT /test/away': end,
  'PUT /test/mode': (wanted) => void (mode = wanted),
  'PUT /test/release': () => void held.splice(0).forEach((done) => done()),
  'PUT /test/forget': () => void ([taken, users, connections] = [[], [], 0]),
  'GET /test/state': () => ({ taken, users, connections, held: held.length }),
}

const bodyOf = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

await begin()
createServer(async (request, response) => {
  try {
    const body = await bodyOf(request)
    const answer = (await controls[`${request.method} ${request.url}`](body ? JSON.parse(body) : undefined)) ?? {}
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  } catch (error) {
    console.error(error)
    response.writeHead(500).end()
  }
}).listen(controlPort, '127.0.0.1')
