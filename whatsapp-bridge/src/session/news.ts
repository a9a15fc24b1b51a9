import type { ConnectionState } from '@whiskeysockets/baileys'
import type { Ownership } from '../auth/fence.ts'
import type { BridgeEvent } from '../event/event-store.ts'
import type { Services } from './services.ts'
import type { State } from './state.ts'

const now = () => Math.floor(Date.now() / 1_000)

/** What a session says of itself: stored, then told, one thing after the other. */
export class News {
  readonly #services: Services
  readonly #own: Ownership
  readonly #onFault: (error: unknown) => void
  #last: Promise<void> = Promise.resolve()
  #count = 0

  constructor(services: Services, own: Ownership, onFault: (error: unknown) => void) {
    this.#services = services
    this.#own = own
    this.#onFault = onFault
  }

  get isSilent(): boolean {
    return this.#count === 0
  }

  state(state: State, detail: string | undefined, phone: string | undefined) {
    this.#say('c', { kind: 'connection', state, detail, phone, at: now() }, async () => {
      // the keys of a link that is no more would be refused for ever
      if (state === 'logged_out') await this.#services.sessions.erase(this.#own, detail)
      else await this.#services.sessions.saveState(this.#own, state, detail)
    })
    this.#services.log.info({ session: this.#own.session, state, epoch: this.#own.epoch }, 'The session changed its state')
  }

  timelock(lock: NonNullable<ConnectionState['reachoutTimeLock']>) {
    const until = lock.timeEnforcementEnds ? Math.floor(lock.timeEnforcementEnds.getTime() / 1_000) : undefined
    this.#say('t', { kind: 'timelock', active: Boolean(lock.isActive), until, at: now() }, async () => {})
  }

  /** When all that was said is stored. */
  idle(): Promise<void> {
    return this.#last
  }

  #say(letter: string, event: BridgeEvent, store: () => Promise<void>) {
    const dedupe = `${letter}|${this.#own.epoch}|${++this.#count}`
    this.#last = this.#last
      .then(store)
      .then(() => this.#services.events.append(this.#own.session, dedupe, event))
      .catch(error => this.#onFault(error))
  }
}
