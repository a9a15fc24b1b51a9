import type { AuthStore } from '../auth/auth-store.ts'
import { reconnectDelay } from './close-verdict.ts'
import { Comebacks } from './comebacks.ts'
import { LinkTurn } from './link-turn.ts'
import type { Services } from './services.ts'
import { Uplink, type UplinkOwner } from './uplink.ts'

/** The one connection of a session: begun when the process may, never two at once, and again after pauses that grow. */
export class Connector {
  readonly #services: Services
  readonly #keys: AuthStore
  readonly #owner: UplinkOwner
  readonly #isWanted: () => boolean
  readonly #linkTurn: LinkTurn
  readonly #comebacks = new Comebacks()
  #uplink: Uplink | undefined
  /** Two connections must not use the keys at once: the next one waits until the last one has left them alone. */
  #lastSaved: () => Promise<void> = () => Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #attempt = 0
  /** Since when the connection stands. */
  #standsSince: number | undefined
  /** Rises with every connection that is begun or ended: a connect that was overtaken while it waited gives up. */
  #turn = 0
  #isClosed = false

  /** @param isWanted whether the session still wants a connection */
  constructor(services: Services, keys: AuthStore, owner: UplinkOwner, isWanted: () => boolean) {
    this.#services = services
    this.#keys = keys
    this.#owner = owner
    this.#isWanted = isWanted
    this.#linkTurn = new LinkTurn(services.links)
  }

  get uplink(): Uplink | undefined {
    return this.#uplink
  }

  begin(ms = 0) {
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    this.#timer = setTimeout(() => {
      const wait = this.#services.gate.reserve(performance.now())
      this.#timer = setTimeout(() => this.#connect().catch(error => this.#owner.fault(error)), wait)
    }, ms)
  }

  /** After a pause that is longer each time, until one has stood for a while. */
  again() {
    this.begin(reconnectDelay(++this.#attempt, Math.random))
  }

  /** The phone agreed to the link: the next connection reads its history, so it waits until few others do. */
  beginLinked() {
    const goOn = async () => {
      if (await this.#linkTurn.take(() => this.#mayBegin)) this.begin()
    }
    goOn().catch(error => this.#owner.fault(error))
  }

  /** After another connection of the same link threw this one out; false where that has happened too often. */
  comeBack(): boolean {
    const pause = this.#comebacks.next(performance.now(), Math.random)
    if (pause !== undefined) this.begin(pause)
    return pause !== undefined
  }

  stands() {
    this.#standsSince = performance.now()
    this.#linkTurn.leaveSoon()
  }

  /** Lets go of the connection, and of one that is on its way; who asks closes what it gets. */
  drop(): Uplink | undefined {
    this.#turn++
    clearTimeout(this.#timer)
    this.#judgePause()
    this.#linkTurn.leave()
    const uplink = this.#uplink
    this.#uplink = undefined
    return uplink
  }

  /** Lets go as well, for good: what waits for its turn, or fails later, begins nothing any more. */
  close(): Uplink | undefined {
    this.#isClosed = true
    return this.drop()
  }

  /** When the last connection, which was let go, has saved all that it saves; throws where it cannot in time. */
  saved(): Promise<void> {
    return this.#lastSaved()
  }

  /** One that ends as soon as it stands would come back each second for ever. */
  #judgePause() {
    const stood = this.#standsSince === undefined ? -1 : performance.now() - this.#standsSince
    if (stood >= this.#services.config.whatsApp.calmAfterMs) this.#attempt = 0
    this.#standsSince = undefined
  }

  get #mayBegin(): boolean {
    return !this.#isClosed && this.#isWanted() && !this.#uplink
  }

  async #connect(): Promise<void> {
    if (!this.#mayBegin) return
    const turn = ++this.#turn
    await this.#lastSaved()
    const credentials = await this.#keys.credentials() // says as well whether the session is still ours
    if (turn !== this.#turn || !this.#isWanted()) return
    const uplink = new Uplink(this.#services, this.#owner, credentials)
    this.#uplink = uplink
    this.#lastSaved = () => uplink.saved()
  }
}
