import '../src/observe/quiet-console.ts'

import { generateSignalPubKey } from '@whiskeysockets/baileys'
import * as libsignal from 'libsignal'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Contact } from '../fake/contact.ts'
import '../src/auth/whole-sessions.ts'

const encrypt = async (from: Contact, to: Contact, text: string) => {
  const { type, body } = await new libsignal.SessionCipher(from.store(), from.addressOf(to.jid)).encrypt(Buffer.from(text))
  return { type: type === 3 ? 'pkmsg' : 'msg', body: Buffer.from(body, 'binary') }
}

const read = async (by: Contact, from: Contact, { type, body }: Awaited<ReturnType<typeof encrypt>>) =>
  (await by.decrypt(from.jid, type, body)).toString()

/** As after a crash: a fresh session, while the other side knows the one of before alone. */
const beginAnew = async (from: Contact, to: Contact) => {
  const { id, pair } = to.nextPreKey()
  const { keyPair, keyId, signature } = to.signedPreKey
  await new libsignal.SessionBuilder(from.store(), from.addressOf(to.jid)).initOutgoing({
    registrationId: to.registration,
    identityKey: generateSignalPubKey(to.identity.public),
    signedPreKey: { keyId, publicKey: generateSignalPubKey(keyPair.public), signature },
    preKey: { keyId: id, publicKey: generateSignalPubKey(pair.public) },
  })
}

test('a message in the session of before leaves the new one whole: what is sent in it can be read', async () => {
  const me = new Contact('60111000001')
  const aina = new Contact('60126000001')
  await beginAnew(me, aina)
  assert.equal(await read(aina, me, await encrypt(me, aina, 'first')), 'first')
  assert.equal(await read(me, aina, await encrypt(aina, me, 'answer')), 'answer')
  // the ratchet turns once more, so that the next answer steps it
  assert.equal(await read(aina, me, await encrypt(me, aina, 'second')), 'second')
  const late = await encrypt(aina, me, 'an answer that crosses the new session')
  await beginAnew(me, aina)
  assert.equal(await read(me, aina, late), 'an answer that crosses the new session')
  assert.equal(await read(aina, me, await encrypt(me, aina, 'third')), 'third')
  assert.equal(await read(me, aina, await encrypt(aina, me, 'answer to it')), 'answer to it')
})
