import type { AuthStore } from '../auth/auth-store.ts'
import type { Ownership } from '../auth/fence.ts'
import { KeyMissing } from '../auth/seal.ts'
import type { SessionStore, StoredSession } from '../session/session-store.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { isLive } from '../session/state.ts'
import { Refused } from './answers.ts'

/** For a session that has to be connected first; then the caller comes again. */
const LONGEST_ARRIVAL_MS = 5_000

/** Logs a session out and forgets its keys. The phone is told as well, and until it is, the session is not deleted. */
export class DeleteSession {
  readonly #sessions: Sessions
  readonly #store: SessionStore
  readonly #keysOf: (own: Ownership) => AuthStore

  constructor(sessions: Sessions, store: SessionStore, keysOf: (own: Ownership) => AuthStore) {
    this.#sessions = sessions
    this.#store = store
    this.#keysOf = keysOf
  }

  async run(name: string): Promise<void> {
    const held = this.#sessions.get(name)
    if (held) return this.#logOut(held)
    const stored = await this.#store.find(name)
    if (!stored) return
    if (stored.isElsewhere) throw new Refused(409, 'not_owner', undefined, { address: stored.address })
    if (!(await this.#isLinked({ session: name, epoch: stored.epoch }))) return this.#forget(name)
    await this.#logOutOnly(name, stored)
  }

  /** What was opened for that alone is left as it was where it fails: it would connect, and take a place, though nobody wants it. */
  async #logOutOnly(name: string, stored: StoredSession): Promise<void> {
    const session = await this.#sessions.open(name, async () => {})
    if (!session) throw new Refused(503, 'full')
    try {
      await this.#logOut(session)
    } catch (error) {
      const { state, detail, until } = stored
      if (isLive(session.state) && !isLive(state)) await session.rest(state, detail ?? undefined, until ?? undefined)
      throw error
    }
  }

  async #logOut(session: Session): Promise<void> {
    const hasArrived = await session.arrives(LONGEST_ARRIVAL_MS)
    if (!isLive(session.state)) return this.#forget(session.name)
    if (hasArrived && (await session.logOut())) return
    if (await this.#isLinked(session.own)) throw new Refused(503, 'connecting')
    await session.rest('stopped')
    await this.#forget(session.name)
  }

  /** What is sealed with a key that this process does not have is for one that has it, or for this one when it is configured anew. */
  async #isLinked(own: Ownership): Promise<boolean> {
    try {
      return await this.#keysOf(own).isLinked()
    } catch (error) {
      throw error instanceof KeyMissing ? new Refused(503, 'key_missing') : error
    }
  }

  /**
   * Also what WhatsApp refuses, banned or thrown out, and what no phone knows: there is nobody to log out from. Taken first, so that
   * whoever had it can bring no key back.
   */
  async #forget(name: string): Promise<void> {
    const own = await this.#store.take(name)
    await this.#store.erase(own)
    await this.#store.release(own)
  }
}
