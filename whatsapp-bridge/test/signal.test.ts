import '../src/observe/quiet-console.ts'

import { addTransactionCapability, Curve, getNextPreKeys, initAuthCreds, type SignalDataSet, type SignalKeyStore } from '@whiskeysockets/baileys'
import * as libsignal from 'libsignal'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { orderedSignalRepository, type StorePlain } from '../src/auth/signal-repository.ts'
import { Contact } from '../fake/contact.ts'

const logger = { level: 'silent', trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {}, child: () => logger } as never

type Lookup = (pns: string[]) => Promise<{ lid: string; pn: string }[] | undefined>

const nobody: Lookup = async () => undefined

/** A linked phone of ours: Baileys' repository as the bridge has it, over a store in memory that takes its time. */
class Phone {
  readonly jid: string
  readonly creds = initAuthCreds()
  readonly stored = new Map<string, unknown>()
  readonly preKey = Curve.generateKeyPair()
  readonly repository
  readonly keys
  isStuck = false

  constructor(phone: string, storePlain: StorePlain = async () => {}, lookup = nobody) {
    this.jid = `${phone}:1@s.whatsapp.net`
    this.stored.set('pre-key|1', this.preKey)
    const store: SignalKeyStore = {
      get: async (type, ids) => {
        await sleep(3)
        return Object.fromEntries(ids.map(id => [id, this.stored.get(`${type}|${id}`)]).filter(([, value]) => value)) as never
      },
      set: async data => {
        await sleep(3)
        this.#write(data)
      },
    }
    this.keys = addTransactionCapability(store, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 0 })
    this.repository = orderedSignalRepository(store, storePlain, () => (this.isStuck = true), 500)!({ creds: this.creds, keys: this.keys }, logger, lookup as never)
  }

  /** What a contact needs to write to it for the first time. */
  get device() {
    const { signedIdentityKey, signedPreKey, registrationId } = this.creds
    return {
      id: 1, preKeys: [], unacknowledged: new Map(), signed: true, registration: registrationId,
      identity: Buffer.from(signedIdentityKey.public),
      signedPreKey: { id: signedPreKey.keyId, public: Buffer.from(signedPreKey.keyPair.public), signature: Buffer.from(signedPreKey.signature) },
    }
  }

  async read(from: string, { type, body }: Sealed): Promise<string> {
    return Buffer.from(await this.repository.decryptMessage({ jid: from, type: type as 'msg', ciphertext: body })).toString()
  }

  #write(data: SignalDataSet) {
    for (const [type, values] of Object.entries(data)) {
      for (const [id, value] of Object.entries(values ?? {})) {
        if (value) this.stored.set(`${type}|${id}`, value)
        else this.stored.delete(`${type}|${id}`)
      }
    }
  }
}

type Sealed = { type: string; body: Buffer }

const seal = async (from: Contact, jid: string, text: string): Promise<Sealed> => {
  const { type, body } = await new libsignal.SessionCipher(from.store(), from.addressOf(jid)).encrypt(Buffer.from(text))
  return { type: type === 3 ? 'pkmsg' : 'msg', body: Buffer.from(body, 'binary') }
}

/** What our phone gets from the directory of this contact's keys. */
const bundleOf = (contact: Contact) => {
  const { id, pair } = contact.nextPreKey()
  const { keyPair, keyId, signature } = contact.signedPreKey
  const key = (each: Uint8Array) => Buffer.concat([Buffer.from([5]), each])
  return {
    registrationId: contact.registration,
    identityKey: key(contact.identity.public),
    signedPreKey: { keyId, publicKey: key(keyPair.public), signature },
    preKey: { keyId: id, publicKey: key(pair.public) },
  }
}

const write = async (phone: Phone, to: string, text: string): Promise<Sealed> => {
  const { type, ciphertext } = await phone.repository.encryptMessage({ jid: to, data: Buffer.from(text) })
  return { type, body: Buffer.from(ciphertext) }
}

const readBy = async (contact: Contact, phone: Phone, { type, body }: Sealed) => (await contact.decrypt(phone.jid, type, body)).toString()

test('a message in the session of before leaves the new one whole: what is sent in it can be read', async () => {
  const me = new Phone('60111000001')
  const aina = new Contact('60126000001')
  await me.repository.injectE2ESession({ jid: aina.jid, session: bundleOf(aina) })
  assert.equal(await readBy(aina, me, await write(me, aina.jid, 'first')), 'first')
  assert.equal(await me.read(aina.jid, await seal(aina, me.jid, 'answer')), 'answer')
  // the ratchet turns once more, so that the next answer steps it
  assert.equal(await readBy(aina, me, await write(me, aina.jid, 'second')), 'second')
  const late = await seal(aina, me.jid, 'an answer that crosses the new session')
  await me.repository.injectE2ESession({ jid: aina.jid, session: bundleOf(aina) })
  assert.equal(await me.read(aina.jid, late), 'an answer that crosses the new session')
  assert.equal(await readBy(aina, me, await write(me, aina.jid, 'third')), 'third')
  assert.equal(await me.read(aina.jid, await seal(aina, me.jid, 'answer to it')), 'answer to it')
})

test('a contact that writes to two of our phones at once is read by both, also by the one that could not store it at first', async () => {
  let fails = true
  const one = new Phone('60111000011')
  const other = new Phone('60111000012', async () => {
    if (fails) throw new Error('the database is away')
  })
  const aina = new Contact('60126000011')
  const sealed = await Promise.all([one, other].map(async phone => {
    await aina.beginSession(phone.jid, phone.device, { id: 1, public: Buffer.from(phone.preKey.public) })
    return seal(aina, phone.jid, 'STOP')
  }))
  const [first, second] = await Promise.allSettled([one.read(aina.jid, sealed[0]!), other.read(aina.jid, sealed[1]!)])
  assert.equal(first.status, 'fulfilled')
  assert.equal(second.status, 'rejected')
  assert.deepEqual([...other.stored.keys()], ['pre-key|1'], 'its keys moved on, and what they opened was not stored')
  fails = false
  assert.equal(await other.read(aina.jid, sealed[1]!), 'STOP')
})

test('of a contact whose LID becomes known the older sessions and the newer ones are kept', async () => {
  const me = new Phone('60111000021')
  const aina = new Contact('60126000021')
  const lid = `${aina.lid}@lid`
  await me.repository.injectE2ESession({ jid: aina.jid, session: bundleOf(aina) })
  assert.equal(await readBy(aina, me, await write(me, aina.jid, 'by phone')), 'by phone')
  const older = await seal(aina, me.jid, 'in the older one')
  await me.repository.injectE2ESession({ jid: lid, session: bundleOf(aina) })
  assert.equal(await readBy(aina, me, await write(me, lid, 'by LID')), 'by LID')
  const newer = await seal(aina, me.jid, 'in the newer one')
  await me.repository.lidMapping.storeLIDPNMappings([{ lid, pn: aina.jid }])
  await me.repository.migrateSession(aina.jid, lid)
  assert.equal(await me.read(lid, newer), 'in the newer one')
  assert.equal(await me.read(lid, older), 'in the older one')
  assert.equal(await readBy(aina, me, await write(me, lid, 'after it')), 'after it')
  assert.ok(!me.stored.has(`session|${aina.phone}.0`))
})

test('a contact that has its messages hosted as well keeps its sessions', async () => {
  const me = new Phone('60111000023')
  const aina = new Contact('60126000023')
  const lid = `${aina.lid}@lid`
  me.stored.set(`device-list|${aina.phone}`, ['0', '99'])
  await me.repository.injectE2ESession({ jid: `${aina.phone}:99@hosted`, session: bundleOf(aina) })
  await me.repository.injectE2ESession({ jid: aina.jid, session: bundleOf(aina) })
  assert.deepEqual(await me.repository.migrateSession(aina.jid, lid), { migrated: 2, skipped: 0, total: 2 })
  assert.deepEqual([...me.stored.keys()].filter(each => each.startsWith('session')).sort(),
    [`${aina.lid}:99@hosted.lid`, lid].map(each => `session|${me.repository.jidToSignalProtocolAddress(each)}`).sort())
})

test('a session under a phone is found as soon as the LID of that phone is learnt', async () => {
  const me = new Phone('60111000022')
  const aina = new Contact('60126000022')
  await me.repository.injectE2ESession({ jid: aina.jid, session: bundleOf(aina) })
  assert.equal(await readBy(aina, me, await write(me, aina.jid, 'by phone')), 'by phone')
  const answer = await seal(aina, me.jid, 'answer')
  await me.repository.lidMapping.storeLIDPNMappings([{ lid: `${aina.lid}@lid`, pn: aina.jid }])
  assert.equal(await me.read(aina.jid, answer), 'answer')
})

test('a transaction and a look-up of the same LID do not wait for each other', async () => {
  const aina = new Contact('60126000031')
  let asked!: () => void
  const isAsked = new Promise<void>(done => (asked = done))
  let answer!: () => void
  const isAnswered = new Promise<void>(done => (answer = done))
  const me = new Phone('60111000031', async () => {}, async () => {
    asked()
    await isAnswered
    return [{ lid: `${aina.lid}@lid`, pn: aina.jid }]
  })
  const lookUp = me.repository.lidMapping.getLIDForPN(aina.jid)
  await isAsked
  const within = me.keys.transaction(() => me.repository.lidMapping.getLIDForPN(aina.jid), 'a send')
  await sleep(20)
  answer()
  assert.deepEqual(await Promise.all([lookUp, within]), [`${aina.lid}@lid`, `${aina.lid}@lid`])
  assert.equal(me.isStuck, false)
})

test('a session is forgotten without waiting for what is under way; what is under way for too long is told', async () => {
  const me = new Phone('60111000041')
  let end!: () => void
  const isOver = new Promise<void>(done => (end = done))
  const send = me.keys.transaction(() => isOver, 'a send')
  await me.repository.deleteSession(['60126000041@s.whatsapp.net'])
  assert.equal(me.isStuck, false)
  await sleep(600)
  assert.equal(me.isStuck, true)
  end()
  await send
})

test('a new pre-key and its number are stored before whoever asked for it goes on, also within a transaction and whatever becomes of that', async () => {
  const phone = new Phone('60112000401')
  const given = phone.keys.transaction(async () => {
    const { preKeys } = await getNextPreKeys({ creds: phone.creds, keys: phone.keys }, 1)
    const [id] = Object.keys(preKeys)
    assert.deepEqual(phone.stored.get(`pre-key|${id}`), preKeys[Number(id)])
    assert.deepEqual([phone.creds.nextPreKeyId, phone.creds.firstUnuploadedPreKeyId], [Number(id) + 1, Number(id) + 1])
    throw new Error('The connection is closed')
  }, 'x')
  await assert.rejects(given, /The connection is closed/)
})
