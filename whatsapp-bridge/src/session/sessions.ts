import type { Ownership } from '../auth/fence.ts'
import { LONGEST_QUESTION_MS } from '../database/database.ts'
import { Lane } from '../message/lane.ts'
import { kindOf } from '../observe/log.ts'
import type { Presence } from './presence.ts'
import type { Services } from './services.ts'
import { Session } from './session.ts'
import { isLive, type State } from './state.ts'

const STATES: State[] = [
  'connecting', 'qr', 'open', 'logged_out', 'replaced', 'banned', 'failed', 'fenced', 'passkey_required', 'stopped',
]

/** Not a whole round: it counts as gone until it has said that it lives, and others take its sessions. */
const AFTER_A_FAILED_BEAT_MS = 500

/** The sessions of this process: opens, adopts, gives away, renews. */
export class Sessions {
  readonly #services: Services
  readonly #presence: Presence
  readonly #held = new Map<string, Session>()
  /** One after the other: what is being opened must not be adopted at the same moment, nor the other way round. */
  readonly #claims = new Lane(Number.MAX_SAFE_INTEGER)
  readonly #opening = new Map<string, Promise<Session>>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<unknown> = Promise.resolve()
  /** From when on others who are silent count as gone, by `performance.now()`. */
  #judgesFrom = 0
  #stopping = false
  #renewing = false

  constructor(services: Services, presence: Presence) {
    this.#services = services
    this.#presence = presence
  }

  get(name: string): Session | undefined {
    return this.#held.get(name)
  }

  all(): Session[] {
    return [...this.#held.values()]
  }

  get isFull(): boolean {
    return this.#held.size >= this.#services.config.maxSessions
  }

  /** Says that it lives and adopts what nobody has, now and again. */
  async start(): Promise<void> {
    await this.#services.sessions.letGo()
    await this.#beat()
    this.#next(0)
  }

  /**
   * Opens the session here, whoever had it. One that is here and on its way stays as it is, but for one that was lost and does not
   * know it yet. Answers null where this process is full or stops.
   *
   * @param arrange what is to stand before its connection begins: which phone may be linked, and where its news go
   */
  async open(name: string, arrange: () => Promise<void>): Promise<Session | null> {
    const held = await this.#stillHeld(name)
    if (held && isLive(held.state)) return this.#arranged(held, arrange)
    if (this.#stopping || (!held && this.isFull)) return null
    const opening = this.#opening.get(name)
    return opening ? this.#arranged(await opening, arrange) : this.#take(name, arrange)
  }

  async #arranged(session: Session, arrange: () => Promise<void>): Promise<Session> {
    await arrange()
    return session
  }

  async #stillHeld(name: string): Promise<Session | undefined> {
    const held = this.#held.get(name)
    if (held && (await this.#services.sessions.lost([held.own])).length > 0) held.fence()
    return this.#held.get(name)
  }

  /** Gives up what was held in an end state, and takes it anew under a new epoch. */
  #take(name: string, arrange: () => Promise<void>): Promise<Session> {
    const taken = this.#claims.run(() => this.#takeArranged(name, arrange)).finally(() => this.#opening.delete(name))
    this.#opening.set(name, taken)
    return taken
  }

  async #takeArranged(name: string, arrange: () => Promise<void>): Promise<Session> {
    const held = this.#held.get(name)
    if (held && isLive(held.state)) return this.#arranged(held, arrange) // adopted while this waited for its turn
    // taken before it has forgotten its keys, it would log in by those of the link that is no more, and be logged out once again
    await held?.leave().catch(error => this.#services.log.warn({ session: name, error: kindOf(error) }, 'The end of the session before cannot be written down'))
    const own = await this.#services.sessions.take(name)
    try {
      await arrange()
    } catch (error) {
      // begun by the next round, without what was arranged, it could be linked to another phone, and tell nobody
      await this.#services.sessions.saveState(own, 'stopped').catch(() => undefined)
      throw error
    }
    return this.#begin(own)
  }

  async #begin(own: Ownership): Promise<Session> {
    const session = new Session(this.#services, own, ended => {
      if (this.#held.get(ended.name) === ended) this.#held.delete(ended.name)
    })
    // Held, it takes messages: one that began before this would be taken for one that the process before left unfinished.
    await session.inherit()
    this.#held.set(own.session, session)
    session.start()
    return session
  }

  /** Gives all sessions away, a few at a time, so that other processes go on with them. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#timer)
    await this.#round
    await Promise.allSettled([...this.#opening.values()])
    await Promise.allSettled([...this.#held.values()].map(each => each.handOver()))
    await this.#presence.leave().catch(() => {})
  }

  #next(ms: number) {
    if (this.#stopping) return
    this.#timer = setTimeout(() => {
      const round = this.#beatAndLook()
      this.#round = round
      void round.then(pause => this.#next(pause))
    }, ms)
  }

  /** Answers how long the pause after it is. */
  async #beatAndLook(): Promise<number> {
    const { config, log } = this.#services
    const pause = config.goneAfterMs / 3
    try {
      await this.#beat()
    } catch (error) {
      log.error({ error: kindOf(error) }, 'Cannot say that this process lives')
      return Math.min(pause, AFTER_A_FAILED_BEAT_MS)
    }
    await this.#look().catch(error => log.error({ error: kindOf(error) }, 'Cannot look for sessions'))
    return pause
  }

  /**
   * Who missed a beat does not know why others did: a database that stood still silenced all of them, and they would take each other's
   * sessions. They have as long again to say that they live, and as long as a beat may hang that was begun before the database answered
   * again. A beat is due each third of the time, so theirs may be a third older.
   */
  async #beat(): Promise<void> {
    const { goneAfterMs } = this.#services.config
    const silentMs = await this.#presence.beat()
    if (silentMs > (goneAfterMs * 2) / 3) this.#judgesFrom = performance.now() + goneAfterMs + LONGEST_QUESTION_MS
  }

  async #look(): Promise<void> {
    for (const name of await this.#services.sessions.lost([...this.#held.values()].map(each => each.own))) {
      this.#held.get(name)?.fence()
    }
    await this.#leaveEnded()
    await this.#claims.run(() => this.#adopt())
    this.#renewOldest()
    this.#count()
  }

  /** Whose end could not be written down when it came. */
  async #leaveEnded(): Promise<void> {
    for (const each of this.all()) {
      await each.leave().catch(error => this.#services.log.error({ session: each.name, error: kindOf(error) }, 'The end of a session is not written down'))
    }
  }

  /** As many as may connect until the next round: what is left over is for the other processes, or for later. */
  async #adopt(): Promise<void> {
    const { config, sessions, log } = this.#services
    const room = Math.min(config.maxSessions - this.#held.size, Math.ceil((config.connectsPerSecond * config.goneAfterMs) / 3_000))
    if (room <= 0) return
    const adopted = await sessions.adopt(room, [...this.#held.keys()], performance.now() >= this.#judgesFrom)
    for (const own of adopted) await this.#begin(own)
    if (adopted.length > 0) log.info({ count: adopted.length }, 'Sessions were adopted')
  }

  /** One at a time, and one a round: the connections of a process are renewed one after the other. */
  #renewOldest() {
    const hours = this.#services.config.recycleHours
    if (hours === 0 || this.#renewing) return
    const before = performance.now() - hours * 3_600_000
    const oldest = [...this.#held.values()]
      .filter(each => each.state === 'open' && each.openedAt < before)
      .sort((a, b) => a.openedAt - b.openedAt)[0]
    if (!oldest) return
    this.#renewing = true
    oldest.renew().catch(() => {}).finally(() => (this.#renewing = false))
  }

  #count() {
    const counts = new Map<State, number>(STATES.map(state => [state, 0]))
    for (const each of this.#held.values()) counts.set(each.state, counts.get(each.state)! + 1)
    for (const [state, count] of counts) this.#services.metrics.sessions.set({ state }, count)
  }
}
