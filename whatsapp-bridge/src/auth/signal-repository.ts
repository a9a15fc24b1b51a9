import './mended-libsignal.ts'

import {
  DEFAULT_CONNECTION_CONFIG, isLidUser, isPnUser, type AuthenticationCreds, type SignalAuthState, type SignalDataSet, type SignalDataTypeMap, type SignalKeyStore,
  type SignalKeyStoreWithTransaction, type SignalRepositoryWithLIDStore, type SocketConfig,
} from '@whiskeysockets/baileys'
import { AsyncLocalStorage } from 'node:async_hooks'
import { joinSessions, type Names } from './joined-sessions.ts'

/** The lock of everything. Not the name of a type of keys: Baileys locks reads by those names, within the transaction. */
const ONE_KEY = 'everything of this session'

/** Baileys' name for a transaction that is one write, of who is whose LID. */
const LID_MAPPING = 'lid-mapping'

/** Longer than all questions that a send asks within its transaction. */
const LONGEST_MS = 120_000

/** Of contacts whose LIDs are learnt together, as from a phone's history. */
const JOINED_AT_ONCE = 500

/** Stores what a contact wrote, before its keys move on and before WhatsApp hears that we have it. */
export type StorePlain = (ciphertext: Uint8Array, plain: Uint8Array) => Promise<void>

/**
 * Baileys' Signal repository, with these faults mended:
 *
 * - It locks by contact for what comes in and by message for what goes out. A contact that writes while we write to it has its
 *   session read by both and written by both: one ratchet step is lost, and what follows cannot be read. Here everything of a
 *   session runs one after the other, under one key, re-entrant within one piece of work.
 * - Work that goes on after its transaction has ended (privacy tokens) would write into the transaction's memory, which nobody
 *   reads any more. Here it goes to the store.
 * - What was decrypted is handed on only after Baileys has acknowledged it. Here it is stored within the transaction that moves
 *   the keys: if that fails, the keys stay, and WhatsApp sends the message again.
 * - A new pre-key goes to WhatsApp, in a question for a message, before its transaction has stored it. Here it is stored at once.
 * - A contact's sessions under its phone are written over those under its LID. Here they are joined.
 *
 * Two things wait for a transaction while the transaction may wait for them, so they do not wait here: that a device's session
 * is forgotten (Baileys holds its list of devices meanwhile), and that a LID is noted (a transaction asks for the same LID).
 *
 * @param onStuck ends the connection: a transaction does not come to its end, and nothing is sent or read meanwhile
 */
export function orderedSignalRepository(
  store: SignalKeyStore, storePlain: StorePlain, onStuck: () => void, longestMs = LONGEST_MS,
): SocketConfig['makeSignalRepository'] {
  return (auth, logger, lookup) => {
    const keys = auth.keys as SignalKeyStoreWithTransaction
    const later = orderTransactions(keys, store, onStuck, longestMs)
    // all credentials, whatever the type says
    storeNewPreKeysAtOnce(keys, store, auth.creds as AuthenticationCreds)
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth as SignalAuthState, logger, lookup)
    const { decryptMessage, deleteSession } = repository
    repository.decryptMessage = options =>
      keys.transaction(async () => {
        const plain = await decryptMessage(options)
        await storePlain(options.ciphertext, plain)
        return plain
      }, ONE_KEY)
    repository.deleteSession = async jids => later(() => deleteSession(jids))
    joinWhatIsFoundTogether(repository, keys, later)
    return repository
  }
}

function joinWhatIsFoundTogether(repository: SignalRepositoryWithLIDStore, keys: SignalKeyStoreWithTransaction, later: Later) {
  const join = (contacts: Names[]) =>
    keys.transaction(() => joinSessions(keys, jid => repository.jidToSignalProtocolAddress(jid), contacts), ONE_KEY)
  repository.migrateSession = async (pn, lid) =>
    isPnUser(pn) && isLidUser(lid) ? join([{ pn, lid }]) : { migrated: 0, skipped: 0, total: 0 }
  const { lidMapping } = repository
  const note = lidMapping.storeLIDPNMappings.bind(lidMapping)
  lidMapping.storeLIDPNMappings = async pairs => {
    const noted = new Set((await lidMapping.getPNsForLIDs(pairs.map(each => each.lid)))?.map(each => each.lid))
    await note(pairs)
    const fresh = pairs.filter(({ pn, lid }) => isPnUser(pn) && isLidUser(lid) && !noted.has(lid))
    for (let i = 0; i < fresh.length; i += JOINED_AT_ONCE) later(() => join(fresh.slice(i, i + JOINED_AT_ONCE)))
  }
}

/**
 * Also within a transaction, and whatever becomes of that: a pre-key that nobody knows of harms nobody. Its number is taken with it;
 * Baileys says so only after it has been told that the key is stored, and waits for nobody then.
 */
function storeNewPreKeysAtOnce(keys: SignalKeyStoreWithTransaction, store: SignalKeyStore, credentials: AuthenticationCreds) {
  const { set } = keys
  keys.set = async (data: SignalDataSet) => {
    const preKeys = Object.entries(data['pre-key'] ?? {})
    const fresh = preKeys.filter(([, value]) => value)
    if (fresh.length === 0) return set(data)
    const last = Math.max(...fresh.map(([id]) => Number(id)))
    if (last >= credentials.nextPreKeyId) credentials.nextPreKeyId = credentials.firstUnuploadedPreKeyId = last + 1
    await store.set({ 'pre-key': Object.fromEntries(fresh) })
    return set({ ...data, 'pre-key': Object.fromEntries(preKeys.filter(([, value]) => !value)) })
  }
}

/** Begins a piece of work, of which nobody waits for the end, outside whatever runs. A store that fails ends the connection by itself. */
type Later = (work: () => Promise<unknown>) => void

function orderTransactions(keys: SignalKeyStoreWithTransaction, store: SignalKeyStore, onStuck: () => void, longestMs: number): Later {
  const { transaction, get, set } = keys
  const current = new AsyncLocalStorage<{ over: boolean }>()
  // Baileys remembers a transaction in its own way: what comes out of one that is over must not be taken for a part of it
  const outside = AsyncLocalStorage.snapshot()
  keys.transaction = <T>(work: () => Promise<T>, key: string) => {
    const outer = current.getStore()
    if (outer && !outer.over) return work()
    if (key === LID_MAPPING) return outside(work)
    const context = { over: false }
    // over before it is committed: what is written meanwhile is not in what is committed, and would be lost as well
    const run = () => transaction(() => {
      const watch = setTimeout(onStuck, longestMs).unref()
      return work().finally(() => {
        clearTimeout(watch)
        context.over = true
      })
    }, ONE_KEY)
    return outside(() => current.run(context, run))
  }
  keys.get = <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) =>
    current.getStore()?.over ? store.get(type, ids) : get(type, ids)
  keys.set = (data: SignalDataSet) => (current.getStore()?.over ? store.set(data) : set(data))
  return work => void outside(work).catch(() => {})
}
