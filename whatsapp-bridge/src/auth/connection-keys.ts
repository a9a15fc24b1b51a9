import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys'
import { tried } from './tried.ts'

/** The connection that asks is over: its successor may use the keys already. */
export class ConnectionOver extends Error {
  constructor() {
    super('The connection is over')
    this.name = 'ConnectionOver'
  }
}

/**
 * The keys as one connection sees them. Baileys takes a store that fails for a session that is not there, refuses the message
 * and acknowledges it, so that it never comes again: a store that still fails after some tries ends the connection first, and
 * only then says so. And a connection that is over reads and writes nothing more, so that no two use the keys of a session.
 */
export class ConnectionKeys implements SignalKeyStore {
  readonly #keys: SignalKeyStore
  readonly #onFailure: (error: Error) => void
  readonly #numbered: () => Promise<void>
  readonly #running = new Set<Promise<unknown>>()
  #isOver = false

  /**
   * @param onFailure ends the connection before it returns: nothing may be written to it any more
   * @param numbered stores which numbers of pre-keys are taken: only then do new ones go to WhatsApp
   */
  constructor(keys: SignalKeyStore, onFailure: (error: Error) => void, numbered = async () => {}) {
    this.#numbered = numbered
    this.#keys = keys
    this.#onFailure = onFailure
  }

  get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]): Promise<{ [id: string]: SignalDataTypeMap[T] }> {
    return this.#run(async () => this.#keys.get(type, ids))
  }

  async set(data: SignalDataSet): Promise<void> {
    await this.#run(async () => this.#keys.set(data))
    if (Object.values(data['pre-key'] ?? {}).some(each => each)) await this.#numbered()
  }

  close(): void {
    this.#isOver = true
  }

  /** When nothing is read or written any more; after {@link close} that is for good. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running])
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#tried(work)
    this.#running.add(run)
    const done = () => void this.#running.delete(run)
    run.then(done, done)
    return run
  }

  async #tried<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isOver) throw new ConnectionOver()
    try {
      return await tried(work, () => !this.#isOver)
    } catch (error) {
      if (this.#isOver) throw new ConnectionOver()
      this.#onFailure(error as Error)
      throw error
    }
  }
}
