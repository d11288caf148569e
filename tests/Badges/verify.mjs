// Verifies an Open Badges 3.0 credential without a network, as a third party would do it. It reads one JSON object from its input:
// { badge, keys, list, at } with the badge and the status list as compact JWS, the keys as JWK Set, and the time in ISO 8601 (now if it is
// missing). It writes { valid: true, credential } or { valid: false, why }.
// Sources: Open Badges 3.0, section 8.2 (JSON Web Token proof format); Verifiable Credentials Data Model 2.0; Bitstring Status List 1.0.
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose'

const leastBits = 131_072
const contexts = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json']

class Refused extends Error {}

const demand = (condition, why) => {
  if (!condition) throw new Refused(why)
}
const isText = (value) => typeof value === 'string' && value.trim() !== ''
const isUri = (value) => isText(value) && URL.canParse(value)
const isInstant = (value) =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
const isOfType = (value, type) => Array.isArray(value?.type) && value.type.includes(type)
const seconds = (instant) => Math.floor(Date.parse(instant) / 1000)

/** Checks the signature and the times of a JWS. Only ES256 with a key of the set is accepted. */
async function signed(jws, keys, at, what, required) {
  try {
    return await jwtVerify(jws, createLocalJWKSet(keys), { algorithms: ['ES256'], currentDate: at, requiredClaims: required })
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Refused(`${what} expired`)
    if (error instanceof errors.JOSEError) throw new Refused(`${what} ${error.code}`)
    if (error instanceof DOMException) throw new Refused(`${what} key`) // the key is not a point of the curve
    throw error
  }
}

/** Checks the members that the data model of verifiable credentials demands of each credential. */
function checkCredential(credential, type, at) {
  demand(credential['@context']?.[0] === contexts[0], 'context')
  demand(isUri(credential.id) && credential.jti === credential.id, 'id')
  demand(isOfType(credential, 'VerifiableCredential') && isOfType(credential, type), 'type')
  const issuer = typeof credential.issuer === 'string' ? credential.issuer : credential.issuer?.id
  demand(isUri(issuer) && credential.iss === issuer, 'issuer')
  demand(isInstant(credential.validFrom) && seconds(credential.validFrom) === credential.nbf, 'validFrom')
  demand(Date.parse(credential.validFrom) <= at.getTime(), 'not valid yet')
  demand(credential.validUntil === undefined || seconds(credential.validUntil) === credential.exp, 'validUntil')
  demand(isUri(credential.credentialSubject?.id) && credential.sub === credential.credentialSubject.id, 'subject')
}

/** Checks the members that Open Badges 3.0 demands of an achievement credential. */
function checkBadge(badge, header, keys) {
  demand(header.typ === 'JWT' && isUri(header.kid), 'header')
  // A badge may name any key of the set, and the key has to be for signatures with ES256.
  const key = keys.keys.find((k) => k.kid === header.kid)
  demand(key?.kty === 'EC' && key.crv === 'P-256' && !('d' in key), 'key')
  demand(badge['@context'][1] === contexts[1], 'context')
  demand(isText(badge.name), 'name')
  demand(isOfType(badge.issuer, 'Profile') && isText(badge.issuer.name), 'issuer')
  const subject = badge.credentialSubject
  demand(isOfType(subject, 'AchievementSubject'), 'subject')
  for (const identity of subject.identifier ?? [])
    demand(
      identity.type === 'IdentityObject' && identity.hashed === false && isText(identity.identityHash) && isText(identity.identityType),
      'identifier',
    )
  demand(subject.creditsEarned === undefined || subject.creditsEarned > 0, 'credits')
  const achievement = subject.achievement
  demand(isUri(achievement?.id) && isOfType(achievement, 'Achievement'), 'achievement')
  demand(isText(achievement.name) && isText(achievement.description) && isText(achievement.criteria?.narrative), 'achievement')
  const descriptions = (achievement.resultDescription ?? []).map((d) => d.id)
  for (const result of subject.result ?? [])
    demand(isOfType(result, 'Result') && isText(result.value) && descriptions.includes(result.resultDescription), 'result')
  const schema = badge.credentialSchema?.[0]
  demand(schema?.type === '1EdTechJsonSchemaValidator2019' && isUri(schema.id), 'schema')
}

/** Whether the bit of a badge is set in its status list. */
async function isRevoked(badge, list, keys, at) {
  const status = badge.credentialStatus
  demand(status?.type === 'BitstringStatusListEntry' && status.statusPurpose === 'revocation', 'status')
  demand(isUri(status.statusListCredential) && /^\d+$/.test(status.statusListIndex), 'status')
  const { payload, protectedHeader } = await signed(list, keys, at, 'list', ['exp', 'iss', 'nbf', 'jti', 'sub'])
  demand(protectedHeader.typ === 'vc+jwt', 'list header')
  checkCredential(payload, 'BitstringStatusListCredential', at)
  demand(isInstant(payload.validUntil), 'list validUntil')
  demand(payload.id === status.statusListCredential && payload.iss === badge.iss, 'another list')
  const subject = payload.credentialSubject
  demand(subject.type === 'BitstringStatusList' && subject.statusPurpose === status.statusPurpose, 'list subject')
  demand(/^u[\w-]+$/.test(subject.encodedList), 'list encoding')
  const bits = gunzipSync(Buffer.from(subject.encodedList.slice(1), 'base64url'), { maxOutputLength: 1 << 24 })
  demand(bits.length * 8 >= leastBits, 'list too short')
  const index = Number(status.statusListIndex)
  demand(index < bits.length * 8, 'index out of range')
  // The first bit of the list is the leftmost bit of its first byte.
  return (bits[index >> 3] & (0x80 >> (index & 7))) !== 0
}

async function verify({ badge, keys, list, at }) {
  const time = at ? new Date(at) : new Date()
  demand(isText(badge) && decodeJwt(badge) !== null, 'badge')
  const { payload, protectedHeader } = await signed(badge, keys, time, 'badge', ['iss', 'sub', 'jti', 'nbf'])
  checkCredential(payload, 'OpenBadgeCredential', time)
  checkBadge(payload, protectedHeader, keys)
  demand(!(await isRevoked(payload, list, keys, time)), 'revoked')
  return payload
}

let answer
try {
  answer = { valid: true, credential: await verify(JSON.parse(await text(process.stdin))) }
} catch (error) {
  if (!(error instanceof Refused || error instanceof errors.JOSEError)) throw error
  answer = { valid: false, why: error.message }
}
process.stdout.write(JSON.stringify(answer))
