import {
  aesDecryptCTR, aesDecryptGCM, aesEncryptCTR, Curve, derivePairingCodeKey, hkdf, type BinaryNode, type KeyPair,
} from '@whiskeysockets/baileys'
import { randomBytes } from 'node:crypto'
import type { Connection } from './connection.ts'
import { linkDevice } from './linking.ts'
import { bytes, child, seconds, SERVER, userOf } from './nodes.ts'
import { answer } from './queries.ts'

const NOTHING = Buffer.alloc(0)
const REFERENCE: BinaryNode = { tag: 'link_code_pairing_ref', attrs: {}, content: Buffer.from('REF') }

/** Where a link by a typed code stands. */
export type LinkCode = { phone: string; wrapped: Buffer; identity?: KeyPair; shared?: Uint8Array }

/** The client wants a code for this phone. */
export function companionHello(connection: Connection, node: BinaryNode, first: BinaryNode) {
  const phone = userOf(first.attrs.jid!)
  connection.linkCode = { phone, wrapped: bytes(child(first, 'link_code_pairing_wrapped_companion_ephemeral_pub')) }
  connection.world.linking.set(`code:${phone}`, connection)
  answer(connection, node, [{ tag: 'link_code_companion_reg', attrs: { stage: 'companion_hello' }, content: [REFERENCE] }])
}

/** The phone's side: a person has typed the code. A wrong one shows only in what follows, as on the real server. */
export async function typeCode(connection: Connection, code: string) {
  const link = connection.linkCode!
  const key = await derivePairingCodeKey(code, link.wrapped.subarray(0, 32))
  const companion = aesDecryptCTR(link.wrapped.subarray(48, 80), key, link.wrapped.subarray(32, 48))
  const ephemeral = Curve.generateKeyPair()
  link.identity = Curve.generateKeyPair()
  link.shared = Curve.sharedKey(ephemeral.private, companion)
  const salt = randomBytes(32)
  const iv = randomBytes(16)
  const wrapped = Buffer.concat([salt, iv, aesEncryptCTR(ephemeral.public, await derivePairingCodeKey(code, salt), iv)])
  const content = [
    REFERENCE,
    { tag: 'primary_identity_pub', attrs: {}, content: link.identity.public },
    { tag: 'link_code_pairing_wrapped_primary_ephemeral_pub', attrs: {}, content: wrapped },
  ]
  connection.send({
    tag: 'notification',
    attrs: { from: SERVER, type: 'link_code_companion_reg', id: 'n1', t: seconds() },
    content: [{ tag: 'link_code_companion_reg', attrs: { stage: 'primary_hello' }, content }],
  })
}

/** Both sides have each other's keys: the link is made. A wrong code fails here, since nothing can be decrypted. */
export function companionFinish(connection: Connection, node: BinaryNode, first: BinaryNode) {
  answer(connection, node)
  const link = connection.linkCode!
  const box = bytes(child(first, 'link_code_pairing_wrapped_key_bundle'))
  const info = { salt: box.subarray(0, 32), info: 'link_code_pairing_key_bundle_encryption_key' }
  const key = Buffer.from(hkdf(Buffer.from(link.shared!), 32, info))
  const opened = aesDecryptGCM(box.subarray(44), key, box.subarray(32, 44), NOTHING)
  const identity = opened.subarray(0, 32)
  const secret = Curve.sharedKey(link.identity!.private, identity)
  const material = Buffer.concat([Buffer.from(link.shared!), Buffer.from(secret), opened.subarray(64)])
  linkDevice(connection, link.phone, Buffer.from(hkdf(material, 32, { info: 'adv_secret' })), identity)
}
