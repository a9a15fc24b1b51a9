import { encodeBigEndian, type BinaryNode } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { companionFinish, companionHello, type LinkCode } from './link-code.ts'
import { bytes, child, children, deviceOf, isLid, SERVER, userOf } from './nodes.ts'

export type { LinkCode }

/** Answers an iq stanza by its namespace; what the fake knows nothing of is answered "done", as most settings are. */
export function answerQuery(connection: Connection, node: BinaryNode) {
  const { world } = connection
  if (node.attrs.type === 'result') return confirmLink(connection, node)
  world.asked.push(node.attrs.xmlns!)
  const first = children(node)[0]
  if (world.faults.silent.includes(node.attrs.xmlns!)) return world.tell(connection.jid, node, first?.tag)
  switch (node.attrs.xmlns) {
    case 'encrypt':
      return answer(connection, node, keys(connection, node, first))
    case 'usync':
      return answer(connection, node, [directory(connection, child(node, 'usync')!)])
    case 'w:m':
      return answer(connection, node, [mediaHost(connection)])
    case 'abt':
      return answer(connection, node, [{ tag: 'props', attrs: { hash: 'h' }, content: [] }])
    case 'privacy':
      return answer(connection, node, first?.tag === 'privacy' ? [privacySettings()] : undefined)
    case 'blocklist':
      return answer(connection, node, [{ tag: 'list', attrs: {} }])
    case 'w:mex':
      return answer(connection, node, [limits(connection)])
    case 'md':
      return companion(connection, node, first)
    default:
      return answer(connection, node)
  }
}

export function answer(connection: Connection, node: BinaryNode, content?: BinaryNode[]) {
  const attrs = { from: node.attrs.to ?? SERVER, id: node.attrs.id!, type: 'result' }
  const send = () => connection.send({ tag: 'iq', attrs, ...(content ? { content } : {}) })
  const { queryDelayMs } = connection.world.faults
  if (queryDelayMs > 0) setTimeout(send, queryDelayMs)
  else send()
}

/** The client has signed its link: it must connect anew, logged in. */
function confirmLink(connection: Connection, node: BinaryNode) {
  if (!child(node, 'pair-device-sign') || !connection.linked) return
  connection.linked.device.signed = true
  if (!connection.world.faults.noRestart) connection.end({ tag: 'stream:error', attrs: { code: '515' } })
}

function companion(connection: Connection, node: BinaryNode, first: BinaryNode | undefined) {
  if (first?.tag === 'remove-companion-device') {
    connection.account?.devices.delete(deviceOf(connection.jid))
    return answer(connection, node)
  }
  if (first?.tag !== 'link_code_companion_reg') return answer(connection, node)
  return first.attrs.stage === 'companion_hello'
    ? companionHello(connection, node, first)
    : companionFinish(connection, node, first)
}

function keys(connection: Connection, node: BinaryNode, first: BinaryNode | undefined): BinaryNode[] | undefined {
  const list = child(node, 'list')
  if (node.attrs.type === 'set' && list) {
    const uploaded = children(list).map(each => ({ id: bytes(child(each, 'id')).readUIntBE(0, 3), public: bytes(child(each, 'value')) }))
    connection.device!.preKeys.push(...uploaded)
    return undefined
  }
  if (first?.tag === 'count') return [{ tag: 'count', attrs: { value: String(connection.device!.preKeys.length) } }]
  if (first?.tag === 'digest') return [{ tag: 'digest', attrs: {} }]
  if (first?.tag === 'key') return [{ tag: 'list', attrs: {}, content: children(first).map(each => bundle(connection, each.attrs.jid!)) }]
  return undefined
}

/** What somebody needs to write to this contact for the first time. */
function bundle(connection: Connection, jid: string): BinaryNode {
  const contact = connection.world.contact(jid)
  const one = contact.nextPreKey()
  const { signedPreKey } = contact
  const value = (content: Uint8Array): BinaryNode => ({ tag: 'value', attrs: {}, content })
  const id = (number: number): BinaryNode => ({ tag: 'id', attrs: {}, content: encodeBigEndian(number, 3) })
  const signature = { tag: 'signature', attrs: {}, content: signedPreKey.signature }
  return {
    tag: 'user',
    attrs: { jid },
    content: [
      { tag: 'registration', attrs: {}, content: encodeBigEndian(contact.registration) },
      { tag: 'type', attrs: {}, content: Buffer.from([5]) },
      { tag: 'identity', attrs: {}, content: contact.identity.public },
      { tag: 'skey', attrs: {}, content: [id(signedPreKey.keyId), value(signedPreKey.keyPair.public), signature] },
      { tag: 'key', attrs: {}, content: [id(one.id), value(one.pair.public)] },
    ],
  }
}

/** The directory: who is on WhatsApp, with which devices, under which LID. */
function directory(connection: Connection, usync: BinaryNode): BinaryNode {
  const asked = children(child(usync, 'query')).map(each => each.tag)
  const users = children(child(usync, 'list')).map(each => entry(connection, each, asked))
  const list = { tag: 'list', attrs: {}, content: users }
  return { tag: 'usync', attrs: { sid: usync.attrs.sid!, index: '0', last: 'true' }, content: [list] }
}

function entry(connection: Connection, node: BinaryNode, asked: string[]): BinaryNode {
  const { world, account } = connection
  const typed = child(node, 'contact')?.content
  const jid = node.attrs.jid ?? `${String(typed).replace('+', '')}@${SERVER}`
  const mine = account!.isMine(userOf(jid))
  const missing = world.faults.unknown.includes(mine ? '' : world.contact(jid).phone)
  const content: BinaryNode[] = []
  if (asked.includes('contact')) content.push({ tag: 'contact', attrs: { type: missing ? 'out' : 'in' } })
  if (asked.includes('devices') && !missing) content.push(devices(connection, mine))
  if (asked.includes('lid') && !isLid(jid) && !missing) {
    const lid = mine ? account!.lid : world.contact(jid).lid
    content.push({ tag: 'lid', attrs: { val: `${lid}@lid` } })
  }
  return { tag: 'user', attrs: { jid }, content }
}

function devices(connection: Connection, mine: boolean): BinaryNode {
  const phone = { tag: 'device', attrs: { id: '0' } }
  const own = { tag: 'device', attrs: { id: String(deviceOf(connection.jid)), 'key-index': '1' } }
  return { tag: 'devices', attrs: {}, content: [{ tag: 'device-list', attrs: {}, content: mine ? [phone, own] : [phone] }] }
}

function mediaHost(connection: Connection): BinaryNode {
  const host = { tag: 'host', attrs: { hostname: connection.world.mediaHost, maxContentLengthBytes: '99999999' } }
  return { tag: 'media_conn', attrs: { auth: 'A', ttl: '3600' }, content: [host] }
}

function privacySettings(): BinaryNode {
  return { tag: 'privacy', attrs: {}, content: [{ tag: 'category', attrs: { name: 'readreceipts', value: 'all' } }] }
}

/** The answers to both questions about limits: the reach-out timelock, and how many new chats are left. */
function limits(connection: Connection): BinaryNode {
  const until = connection.world.faults.timelockUntil
  const data = {
    xwa2_fetch_account_reachout_timelock: {
      is_active: until !== null,
      time_enforcement_ends: String(until ?? 0),
      enforcement_type: 'DEFAULT',
    },
    xwa2_message_capping_info: { total_quota: 500, used_quota: 12, capping_status: 'NONE' },
  }
  return { tag: 'result', attrs: {}, content: Buffer.from(JSON.stringify({ data })) }
}
