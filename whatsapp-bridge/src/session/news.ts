import type { ConnectionState } from '@whiskeysockets/baileys'
import type { Ownership } from '../auth/fence.ts'
import type { BridgeEvent } from '../event/event-store.ts'
import type { Services } from './services.ts'
import type { State } from './state.ts'

const inSeconds = (time: Date | undefined) => time && Math.floor(time.getTime() / 1_000)
const now = () => Math.floor(Date.now() / 1_000)

/** What a session says of itself: stored, then told, one thing after the other. */
export class News {
  readonly #services: Services
  readonly #own: Ownership
  #last: Promise<void> = Promise.resolve()
  #count = 0

  constructor(services: Services, own: Ownership) {
    this.#services = services
    this.#own = own
  }

  get isSilent(): boolean {
    return this.#count === 0
  }

  /** @param until when an end is over by itself */
  state(state: State, detail?: string, phone?: string, until?: Date): Promise<void> {
    this.#services.log.info({ session: this.#own.session, state, epoch: this.#own.epoch }, 'The session changed its state')
    return this.#say('c', { kind: 'connection', state, detail, phone, until: inSeconds(until), at: now() }, async () => {
      // the keys of a link that is no more would be refused for ever
      if (state === 'logged_out') await this.#services.sessions.erase(this.#own, detail)
      else await this.#services.sessions.saveState(this.#own, state, detail, until)
    })
  }

  timelock(lock: NonNullable<ConnectionState['reachoutTimeLock']>): Promise<void> {
    const until = inSeconds(lock.timeEnforcementEnds)
    return this.#say('t', { kind: 'timelock', active: Boolean(lock.isActive), until, at: now() }, async () => {})
  }

  /** When all that was said is stored, or could not be. */
  idle(): Promise<void> {
    return this.#last
  }

  #say(letter: string, event: BridgeEvent, store: () => Promise<void>): Promise<void> {
    const dedupe = `${letter}|${this.#own.epoch}|${++this.#count}`
    const said = this.#last.then(store).then(() => this.#services.events.append(this.#own.session, dedupe, event))
    this.#last = said.catch(() => {})
    return said
  }
}
