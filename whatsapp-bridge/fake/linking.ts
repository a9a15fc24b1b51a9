import { Curve, hmacSign, proto } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { seconds, SERVER } from './nodes.ts'
import type { World } from './world.ts'

/** A phone scans a QR code. Throws where the code is no longer on offer. */
export function scan(world: World, qr: string, phone: string) {
  const [reference, , identity, secret] = qr.split('#').pop()!.split(',')
  const connection = world.linking.get(reference!)
  if (!connection?.isOpen) throw new Error('This QR code is not valid any more')
  if (world.faults.passkey) return askForPasskey(connection)
  linkDevice(connection, phone, Buffer.from(secret!, 'base64'), Buffer.from(identity!, 'base64'))
}

/** Since 2026 some accounts must prove themselves by a passkey, which only WhatsApp's own clients can. */
function askForPasskey(connection: Connection) {
  connection.send({ tag: 'notification', attrs: { from: SERVER, type: 'passkey_prologue_request', id: 'p1', t: seconds() }, content: [] })
}

/** Makes the link that both sides have agreed on, signed by the account. */
export function linkDevice(connection: Connection, phone: string, secret: Buffer, identity: Buffer) {
  const account = connection.world.account(phone)
  const registration = connection.registration!
  const device = account.link({
    identity,
    registration: Buffer.from(registration.eRegid).readUInt32BE(0),
    signedPreKey: {
      id: Buffer.from(registration.eSkeyId).readUIntBE(0, 3),
      public: Buffer.from(registration.eSkeyVal),
      signature: Buffer.from(registration.eSkeySig),
    },
  })
  connection.linked = { account, device }
  const jid = account.jidOf(device.id)
  connection.send({
    tag: 'iq',
    attrs: { from: SERVER, type: 'set', id: 'ps1', xmlns: 'md', t: seconds() },
    content: [{
      tag: 'pair-success',
      attrs: {},
      content: [
        { tag: 'device-identity', attrs: {}, content: signedIdentity(account.identity, secret, identity) },
        { tag: 'device', attrs: { jid, lid: `${account.lid}:${device.id}@lid` } },
        { tag: 'platform', attrs: { name: 'android' } },
      ],
    }],
  })
}

function signedIdentity(account: { public: Uint8Array; private: Uint8Array }, secret: Buffer, identity: Buffer): Uint8Array {
  const details = proto.ADVDeviceIdentity.encode({ rawId: 1, timestamp: Number(seconds()), keyIndex: 1 }).finish()
  const accountSignature = Curve.sign(account.private, Buffer.concat([Buffer.from([6, 0]), details, identity]))
  const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: account.public, accountSignature }).finish()
  const hmac = hmacSign(Buffer.from(signed), secret)
  return proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish()
}
