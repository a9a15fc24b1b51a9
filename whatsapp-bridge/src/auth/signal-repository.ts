import {
  DEFAULT_CONNECTION_CONFIG, type SignalAuthState, type SignalDataSet, type SignalDataTypeMap, type SignalKeyStore,
  type SignalKeyStoreWithTransaction, type SocketConfig,
} from '@whiskeysockets/baileys'
import { AsyncLocalStorage } from 'node:async_hooks'
import './whole-sessions.ts'

/** The lock of everything. Not the name of a type of keys: Baileys locks reads by those names, within the transaction. */
const ONE_KEY = 'everything of this session'

/** Stores what a contact wrote, before its keys move on and before WhatsApp hears that we have it. */
export type StorePlain = (ciphertext: Uint8Array, plain: Uint8Array) => Promise<void>

/**
 * Baileys' Signal repository, with three faults mended:
 *
 * - It locks by contact for what comes in and by message for what goes out. A contact that writes while we write to it has its
 *   session read by both and written by both: one ratchet step is lost, and what follows cannot be read. Here everything of a
 *   session runs one after the other, under one key, re-entrant within one piece of work.
 * - Work that goes on after its transaction has ended (privacy tokens) would write into the transaction's memory, which nobody
 *   reads any more. Here it goes to the store.
 * - What was decrypted is handed on only after Baileys has acknowledged it. Here it is stored within the transaction that moves
 *   the keys: if that fails, the keys stay, and WhatsApp sends the message again.
 */
export function orderedSignalRepository(store: SignalKeyStore, storePlain: StorePlain): SocketConfig['makeSignalRepository'] {
  return (auth, logger, lookup) => {
    const keys = auth.keys as SignalKeyStoreWithTransaction
    orderTransactions(keys, store)
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth as SignalAuthState, logger, lookup)
    const decrypt = repository.decryptMessage
    repository.decryptMessage = options =>
      keys.transaction(async () => {
        const plain = await decrypt(options)
        await storePlain(options.ciphertext, plain)
        return plain
      }, ONE_KEY)
    return repository
  }
}

function orderTransactions(keys: SignalKeyStoreWithTransaction, store: SignalKeyStore) {
  const { transaction, get, set } = keys
  const current = new AsyncLocalStorage<{ over: boolean }>()
  // Baileys remembers a transaction in its own way: what comes out of one that is over must not be taken for a part of it
  const outside = AsyncLocalStorage.snapshot()
  keys.transaction = <T>(work: () => Promise<T>) => {
    const outer = current.getStore()
    if (outer && !outer.over) return work()
    const context = { over: false }
    // over before it is committed: what is written meanwhile is not in what is committed, and would be lost as well
    const run = () => transaction(() => work().finally(() => (context.over = true)), ONE_KEY)
    return outside(() => current.run(context, run))
  }
  keys.get = <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) =>
    current.getStore()?.over ? store.get(type, ids) : get(type, ids)
  keys.set = (data: SignalDataSet) => (current.getStore()?.over ? store.set(data) : set(data))
}
