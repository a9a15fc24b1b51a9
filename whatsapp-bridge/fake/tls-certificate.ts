import { generateKeyPairSync, sign } from 'node:crypto'

/**
 * A certificate of its own for 127.0.0.1, since images are uploaded over TLS only. Node makes keys but no certificates, and a
 * machine need not have openssl: so it is written out here, X.509 in DER.
 */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(ECDSA_WITH_SHA256)
  const name = sequence(set(sequence(COMMON_NAME, utf8('127.0.0.1'))))
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    sequence(time('20200101000000Z'), time('20991231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(ALTERNATIVE_NAME, tagged(0x04, sequence(tagged(0x87, Buffer.from([127, 0, 0, 1]))))))),
  )
  const signature = sign('sha256', body, privateKey)
  const der = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])))
  return { key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), cert: pem(der) }
}

const tagged = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([tag]), length(content.length), content])
const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))
const set = (content: Buffer): Buffer => tagged(0x31, content)
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]))
const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text))
const time = (text: string): Buffer => tagged(0x18, Buffer.from(text))

const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex')

function length(count: number): Buffer {
  if (count < 128) return Buffer.from([count])
  return count < 256 ? Buffer.from([0x81, count]) : Buffer.from([0x82, count >> 8, count & 255])
}

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
