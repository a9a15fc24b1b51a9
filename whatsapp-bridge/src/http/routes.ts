import type { IncomingMessage } from 'node:http'
import type { AuthStore } from '../auth/auth-store.ts'
import { Fenced, type Ownership } from '../auth/fence.ts'
import type { EventStore } from '../event/event-store.ts'
import type { OutStore } from '../message/out-store.ts'
import type { Outcome, Outgoing } from '../message/outgoing.ts'
import { NotWrittenDown, type Put, type PutMessage } from '../message/put-message.ts'
import { Term } from '../message/term.ts'
import { waId } from '../message/wa-id.ts'
import type { Presence } from '../session/presence.ts'
import type { LinkedPhones } from '../session/linked-phones.ts'
import type { SessionStore } from '../session/session-store.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { isLive } from '../session/state.ts'
import { invalid, Refused, type Answer } from './answers.ts'
import { onlyFields, phoneIn, readJson } from './body.ts'
import type { Health } from './health.ts'
import { LARGEST_MESSAGE, readMessageBody } from './message-body.ts'
import { readCallback } from './callback-body.ts'
import { DeleteSession } from './delete-session.ts'
import { askSession } from './questions.ts'

const SMALL = 4_096

const STATUS: Record<Outcome['state'], number> = { accepted: 200, rejected: 422, not_sent: 503, unknown: 504, started: 409 }

export type RouteServices = {
  sessions: Sessions
  store: SessionStore
  keysOf: (own: Ownership) => AuthStore
  phones: LinkedPhones
  presence: Presence
  out: OutStore
  events: EventStore
  putMessage: PutMessage
  health: Health
}

/** The API: `/v1/sessions/{session}` and what belongs to it. */
export class Routes {
  readonly #services: RouteServices

  constructor(services: RouteServices) {
    this.#services = services
  }

  /** What needs no token: probes and metrics. */
  async open(method: string, path: string): Promise<Answer | undefined> {
    return method === 'GET' ? this.#services.health.answer(path) : undefined
  }

  /** @param hungUp aborted when nobody waits for the answer any more */
  async route(method: string, path: string[], request: IncomingMessage, hungUp: AbortSignal): Promise<Answer> {
    const [version, kind, name, part, item, ...more] = path
    if (version === 'v1' && kind === 'sessions' && name === undefined && method === 'GET') return this.#list()
    if (version !== 'v1' || name === undefined || more.length > 0) throw new Refused(404, 'not_found')
    const session = nameIn(name)
    if (kind === 'placement' && method === 'GET' && part === undefined) return this.#placement(session)
    if (kind !== 'sessions') throw new Refused(404, 'not_found')
    switch (`${method} ${part ?? ''}${item === undefined ? '' : '/*'}`) {
      case 'PUT ':
        return this.#open(session, request)
      case 'GET ':
        return this.#state(session)
      case 'DELETE ':
        return this.#delete(session)
      case 'POST stop':
        return this.#stop(session)
      case 'PUT messages/*':
        return this.#put(session, nameIn(item!), request, hungUp)
      case 'GET messages/*':
        return this.#lookUp(session, nameIn(item!))
      case 'POST pairing-code':
        return this.#pairingCode(session, request)
      case 'POST typing':
        return askSession.typing(await this.#owned(session), phoneIn((await this.#small(request, ['phone'])).phone))
      case 'GET check/*':
        return askSession.check(await this.#owned(session), phoneIn(item))
      case 'GET lids/*':
        return askSession.phoneOf(await this.#owned(session), lidIn(item!))
      case 'GET limits':
        return askSession.limits(await this.#owned(session))
      default:
        throw new Refused(404, 'not_found')
    }
  }

  /** The sessions of this process, as many as it takes at most. */
  #list(): Answer {
    return { status: 200, body: { sessions: this.#services.sessions.all().map(view) } }
  }

  async #placement(session: string): Promise<Answer> {
    const place = await this.#services.presence.place(session)
    if (!place) throw new Refused(503, 'full')
    return { status: 200, body: place }
  }

  async #open(name: string, request: IncomingMessage): Promise<Answer> {
    const { callback, phone } = await this.#small(request, ['callback', 'phone'])
    const only = phone === undefined || phone === null ? null : phoneIn(phone)
    const told = callback === undefined ? undefined : readCallback(callback)
    const session = await this.#services.sessions.open(name, async () => {
      await this.#services.phones.expect(name, only)
      if (told) await this.#services.events.setCallback(name, told)
    })
    if (!session) throw new Refused(503, 'full')
    return { status: 202, body: view(session) }
  }

  async #state(name: string): Promise<Answer> {
    const held = this.#services.sessions.get(name)
    if (held) return { status: 200, body: view(held) }
    const stored = await this.#services.store.find(name)
    if (!stored) throw new Refused(404, 'no_session')
    if (stored.isElsewhere) throw new Refused(409, 'not_owner', undefined, { address: stored.address })
    // on its way to be adopted, or waiting for a person who left the page
    const state = stored.state === 'open' ? 'connecting' : stored.state === 'qr' ? 'stopped' : stored.state
    const { detail, until } = stored
    return { status: 200, body: { session: name, state, detail, until: iso(until), qr: null, me: null, epoch: Number(stored.epoch) } }
  }

  async #stop(name: string): Promise<Answer> {
    await (await this.#owned(name)).rest('stopped')
    return { status: 200, body: { session: name, state: 'stopped' } }
  }

  async #delete(name: string): Promise<Answer> {
    await new DeleteSession(this.#services.sessions, this.#services.store, this.#services.keysOf).run(name)
    return { status: 204 }
  }

  async #put(name: string, messageId: string, request: IncomingMessage, hungUp: AbortSignal): Promise<Answer> {
    const since = performance.now()
    const message = readMessageBody(await readJson(request, LARGEST_MESSAGE))
    const term = new Term(message.withinMs, since, hungUp)
    try {
      return outcome(messageId, await this.#putOnce(name, messageId, message, term))
    } catch (error) {
      if (!(error instanceof NotWrittenDown)) throw error
      return outcome(messageId, { state: 'not_sent', detail: 'not_written_down', waId: waId(messageId), replayed: false })
    } finally {
      term.close()
    }
  }

  async #putOnce(name: string, messageId: string, message: Outgoing, term: Term): Promise<Put> {
    const held = this.#services.sessions.get(name)
    // what has an outcome has it whoever is asked
    const known = held ? undefined : await beforehand(this.#services.out.find(name, messageId))
    if (known) return { ...known, replayed: true }
    const session = held ?? (await beforehand(this.#owned(name)))
    try {
      return await this.#services.putMessage.put(session, messageId, message, term)
    } catch (error) {
      throw error instanceof Fenced ? await beforehand(this.#notOwner(name)) : error
    }
  }

  async #lookUp(name: string, messageId: string): Promise<Answer> {
    const found = await this.#services.out.find(name, messageId)
    if (!found) throw new Refused(404, 'no_message')
    return { ...outcome(messageId, found), status: 200 }
  }

  async #pairingCode(name: string, request: IncomingMessage): Promise<Answer> {
    const phone = phoneIn((await this.#small(request, ['phone'])).phone)
    const session = await this.#owned(name)
    if (session.state !== 'qr' || !session.socket) throw new Refused(409, 'not_linking', `The session is ${session.state}`)
    return { status: 200, body: { code: await session.socket.requestPairingCode(phone) } }
  }

  async #owned(name: string): Promise<Session> {
    return this.#services.sessions.get(name) ?? Promise.reject(await this.#notOwner(name))
  }

  async #notOwner(name: string): Promise<Refused> {
    const stored = await this.#services.store.find(name)
    if (!stored) return new Refused(404, 'no_session')
    if (!isLive(stored.state)) return new Refused(503, 'not_open', `The session is ${stored.state}`)
    return new Refused(409, 'not_owner', undefined, { address: stored.address })
  }

  async #small(request: IncomingMessage, fields: string[]): Promise<Record<string, unknown>> {
    const body = await readJson(request, SMALL)
    onlyFields(body, fields)
    return body
  }
}

/** What is asked before a message begins; throws {@link NotWrittenDown} where the database has no answer. */
function beforehand<T>(answer: Promise<T>): Promise<T> {
  return answer.catch(error => {
    throw error instanceof Refused ? error : new NotWrittenDown()
  })
}

function nameIn(value: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(value)) throw invalid('path', 'ids have letters, digits, - and _, at most 64')
  return value
}

const iso = (time: Date | null | undefined): string | null => time?.toISOString() ?? null

function lidIn(value: string): string {
  if (!/^[0-9]{1,20}$/.test(value)) throw invalid('path', 'a LID has 1 to 20 digits')
  return value
}

function view(session: Session): object {
  const { name, state, detail, until, qr, me, own } = session
  return { session: name, state, detail: detail ?? null, until: iso(until), qr: qr ?? null, me: me.phone ? me : null, epoch: Number(own.epoch) }
}

function outcome(messageId: string, { state, detail, waId, ...more }: Outcome & { replayed?: boolean }): Answer {
  const code = state === 'rejected' ? { code: detail } : { detail: detail ?? null }
  return { status: STATUS[state], body: { message_id: messageId, wa_id: waId, state, ...code, ...more } }
}
