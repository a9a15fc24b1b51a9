import { encodeWAMessage, proto, unpadRandomMax16, type BinaryNode } from '@whiskeysockets/baileys'
import { randomBytes } from 'node:crypto'
import type { Connection } from './connection.ts'
import { envelopes } from './delivery.ts'
import { bytes, child, SERVER } from './nodes.ts'
import { sayTo } from './speech.ts'

/** A device asks the phone that it is linked to for messages that it could not read: the phone has them all. */
export async function askPhone(connection: Connection, node: BinaryNode) {
  const { world, account, device, jid } = connection
  const phone = world.contact(`${account!.phone}@${SERVER}`)
  const envelope = child(envelopes(node, node.attrs.to!)[0], 'enc')
  if (!envelope) return
  const message = proto.Message.decode(unpadRandomMax16(await phone.decrypt(jid, envelope.attrs.type!, bytes(envelope))))
  const asked = (message.deviceSentMessage?.message ?? message).protocolMessage
  const keys = asked?.peerDataOperationRequestMessage?.placeholderMessageResendRequest ?? []
  const found = keys.map(({ messageKey }) => world.said.get(messageKey?.id ?? '') && copyOf(world.said.get(messageKey!.id!)!, messageKey!))
  const results = found.filter(each => each !== undefined).map(each => ({ placeholderMessageResendResponse: { webMessageInfoBytes: each } }))
  if (results.length === 0) return
  const answer = encodeWAMessage({
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage: { stanzaId: node.attrs.id, peerDataOperationResult: results },
    },
  })
  const attrs = { from: phone.jid, id: randomBytes(8).toString('hex').toUpperCase(), type: 'text', category: 'peer' }
  await sayTo(world, phone, device!, jid, answer, attrs)
}

/** As the phone keeps it: the key that it is asked by, the time, and the words. */
function copyOf({ plain, at }: { plain: Uint8Array; at: number }, key: proto.IMessageKey): Uint8Array {
  return proto.WebMessageInfo.encode({ key, messageTimestamp: at, message: proto.Message.decode(unpadRandomMax16(plain)) }).finish()
}
