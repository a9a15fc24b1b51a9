import type { Ownership } from '../auth/fence.ts'
import type { News } from './news.ts'
import type { Services } from './services.ts'
import type { State } from './state.ts'

/** How a session ended. `until`: when that is over by itself. */
export type End = { state: State; detail?: string; phone?: string; until?: Date }

/** The end of a session: written down and told, then the session is nobody's, and takes no place any more. */
export class Farewell {
  readonly #services: Services
  readonly #own: Ownership
  readonly #news: News
  #isTold = false
  #running: Promise<void> | undefined

  constructor(services: Services, own: Ownership, news: News) {
    this.#services = services
    this.#own = own
    this.#news = news
  }

  /** Throws where the database fails; then it is to be said again. */
  say(end: End): Promise<void> {
    this.#running ??= this.#say(end).finally(() => (this.#running = undefined))
    return this.#running
  }

  async #say({ state, detail, phone, until }: End): Promise<void> {
    if (!this.#isTold) await this.#news.state(state, detail, phone, until)
    this.#isTold = true
    await this.#services.sessions.release(this.#own)
  }
}
