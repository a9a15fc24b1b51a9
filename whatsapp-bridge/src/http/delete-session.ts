import type { SessionStore } from '../session/session-store.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { isLive } from '../session/state.ts'
import { Refused } from './answers.ts'

/** For a session that has to be connected first; then the caller comes again. */
const LONGEST_ARRIVAL_MS = 3_000

/** Logs a session out and forgets its keys. The phone is told as well, and until it is, the session is not deleted. */
export class DeleteSession {
  readonly #sessions: Sessions
  readonly #store: SessionStore

  constructor(sessions: Sessions, store: SessionStore) {
    this.#sessions = sessions
    this.#store = store
  }

  async run(name: string): Promise<void> {
    const session = this.#sessions.get(name) ?? (await this.#taken(name))
    if (session && !(await session.arrives(LONGEST_ARRIVAL_MS))) throw new Refused(503, 'connecting')
    if (!session) return
    if (!isLive(session.state)) return this.#forget(name)
    if (!(await session.logOut())) throw new Refused(503, 'connecting')
  }

  /** What no phone knows is erased at once; taken first, so that whoever had it can bring no key back. */
  async #taken(name: string): Promise<Session | undefined> {
    const stored = await this.#store.find(name)
    if (!stored) return undefined
    if (stored.isElsewhere) throw new Refused(409, 'not_owner', undefined, { address: stored.address })
    if (stored.hasKeys) return (await this.#sessions.open(name, async () => {})) ?? Promise.reject(new Refused(503, 'full'))
    await this.#forget(name)
    return undefined
  }

  /** Also what WhatsApp refuses, banned or thrown out: there is nobody to log out from. */
  async #forget(name: string): Promise<void> {
    const own = await this.#store.take(name)
    await this.#store.erase(own)
    await this.#store.release(own)
  }
}
