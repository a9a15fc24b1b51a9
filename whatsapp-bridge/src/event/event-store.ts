import { KeyMissing, type Seal } from '../auth/seal.ts'
import type { Database } from '../database/database.ts'
import { isWaId, keptId } from '../message/wa-id.ts'
import type { Metrics } from '../observe/metrics.ts'

export type EventKind = 'connection' | 'message' | 'receipt' | 'timelock'

export type BridgeEvent = { kind: EventKind } & Record<string, unknown>

/** What is sealed with a key that this process does not have: while keys are rotated, another one may. */
export const SEALED = 'sealed'

/** What does not verify: nobody reads it any more. */
export const SPOILED = 'spoiled'

type Unopened = typeof SEALED | typeof SPOILED

export type StoredEvent = { id: string; session: string; body: BridgeEvent | Unopened; callback: Callback | null | Unopened }

/** Where the events of one session are told: below the gateway's address, signed with a secret of its own. */
export type Callback = { path: string; secret: string }

/** What one look takes: of so many sessions, of each so many. */
export type Share = { sessions: number; each: number }

/**
 * What waits of that session, from there on. Asked for by `session =`, the planner may walk through all that waits by its number, on the
 * chance that the session's are among the first; without an end, the walk of a session of which nothing waits goes on past what was told
 * of all that come after it, and is not cleared away yet.
 */
const untoldFrom = (session: string, id: string, limit: string) =>
  `SELECT * FROM wa_event WHERE (session, id) >= (${session}, ${id}::bigint) AND session <= ${session}
     AND body IS NOT NULL AND NOT parked ORDER BY session, id LIMIT ${limit}`

/** The sessions of which something waits, by a probe of the index for each, however much waits of them. */
const WAITING = `waiting AS (
  (SELECT session FROM wa_event WHERE body IS NOT NULL AND NOT parked ORDER BY session, id LIMIT 1)
  UNION ALL
  SELECT (SELECT e.session FROM wa_event e WHERE e.body IS NOT NULL AND NOT e.parked AND e.session > w.session ORDER BY e.session, e.id LIMIT 1)
  FROM waiting w WHERE w.session IS NOT NULL)`

/** Far above what waits while all is well; a count without end walks past all that waits, each time that somebody asks. */
const MOST_COUNTED = 10_000

const callbackPlace = (session: string) => `callback|${session}`

const place = (session: string) => `event|${session}`

/** What must be told to the gateway: stored first, told then, forgotten last. */
export class EventStore {
  readonly #database: Database
  readonly #seal: Seal
  readonly #metrics: Metrics
  /** Called when there is something to tell of that session. */
  wake: (session: string) => void = () => {}

  constructor(database: Database, seal: Seal, metrics: Metrics) {
    this.#database = database
    this.#seal = seal
    this.#metrics = metrics
  }

  /** @param dedupe what makes it the same event as one before, within its session: it is stored, and told, once */
  async append(session: string, dedupe: string, body: BridgeEvent): Promise<void> {
    const { rowCount } = await this.#database.query({
      name: 'event-append',
      text: 'INSERT INTO wa_event (session, dedupe, body) VALUES ($1, $2, $3) ON CONFLICT (session, dedupe) DO NOTHING',
      values: [session, keptId(dedupe), this.#seal.seal(place(session), JSON.stringify(body))],
    })
    if (rowCount === 0) return
    this.#metrics.events.inc({ kind: body.kind })
    this.wake(session)
  }

  /**
   * A contact's phone has a message: it was sent, then, whatever we knew of it. Receipts of what we never sent are dropped. The
   * receipt may overtake the storing of the keys: until the send itself has ended, nobody knows that they are there.
   */
  async appendReceipt(session: string, id: string, type: string, at: number): Promise<void> {
    if (!isWaId(id)) return
    const { rows } = await this.#database.query(
      `UPDATE wa_out SET state = CASE WHEN state IN ('started', 'unknown') THEN 'accepted' ELSE state END, renew = renew OR state = 'started'
       WHERE session = $1 AND wa_id = $2 RETURNING message_id, recipient`, [session, id])
    if (rows.length === 0) return
    await this.append(session, `r|${id}|${type}`, { kind: 'receipt', message_id: rows[0].message_id, recipient: rows[0].recipient, wa_id: id, type, at })
  }

  /**
   * The oldest untold events of this process's sessions but those, and of sessions that nobody has if this process is the first that
   * lives, or has left as the last one: of the sessions that wait longest. Goes from session to session, since past all that waits a
   * look would take the longer the more waits that it is not about.
   */
  async untold(owner: string, goneAfterMs: number, except: string[], share: Share): Promise<StoredEvent[]> {
    const { rows } = await this.#database.query(
      `WITH RECURSIVE live AS (SELECT owner FROM wa_process WHERE beat_at >= clock_timestamp() - $2 * interval '1 ms'),
       first AS (SELECT coalesce((SELECT min(owner) FROM live), (SELECT $1 WHERE NOT EXISTS (SELECT FROM wa_process WHERE owner = $1))) AS owner),
       ${WAITING},
       ours AS (
         SELECT session FROM wa_session WHERE owner = $1
         UNION ALL
         SELECT w.session FROM waiting w LEFT JOIN wa_session s USING (session)
         WHERE w.session IS NOT NULL AND $1 = (SELECT owner FROM first) AND s.owner IS DISTINCT FROM $1
           AND NOT EXISTS (SELECT FROM live WHERE live.owner = s.owner)),
       next AS (
         SELECT o.session, e.id FROM ours o CROSS JOIN LATERAL (${untoldFrom('o.session', '0', '1')}) e
         WHERE o.session <> ALL ($3) ORDER BY e.id LIMIT $4)
       SELECT e.id, n.session, e.body, s.callback FROM next n LEFT JOIN wa_session s USING (session)
         CROSS JOIN LATERAL (${untoldFrom('n.session', 'n.id', '$5')}) e
       ORDER BY n.id, e.id`,
      [owner, goneAfterMs, except, share.sessions, share.each],
    )
    return rows.map(row => ({
      ...row,
      body: this.#open(place(row.session), row.body),
      callback: row.callback && this.#open(callbackPlace(row.session), row.callback),
    }))
  }

  /** One that does not open is no reason to tell nobody anything. */
  #open<T>(where: string, sealed: Buffer): T | Unopened {
    try {
      return JSON.parse(this.#seal.open(where, sealed)) as T
    } catch (error) {
      return error instanceof KeyMissing ? SEALED : SPOILED
    }
  }

  /** The gateway says where a session's events go, each time it opens the session: the secret may have been changed. */
  async setCallback(session: string, callback: Callback): Promise<void> {
    const sealed = this.#seal.seal(callbackPlace(session), JSON.stringify(callback))
    await this.#database.query('UPDATE wa_session SET callback = $2 WHERE session = $1', [session, sealed])
  }

  async told(ids: string[]): Promise<void> {
    await this.#database.query('UPDATE wa_event SET body = NULL WHERE id = ANY ($1::bigint[])', [ids])
  }

  /** The gateway will never take it, or it was spoiled: it stays, for a person who looks, and holds back nothing. */
  async park(id: string): Promise<void> {
    await this.#database.query('UPDATE wa_event SET parked = true WHERE id = $1', [id])
  }

  async measure(): Promise<void> {
    const { rows } = await this.#database.query(
      `WITH RECURSIVE ${WAITING}
       SELECT (SELECT count(*)::int FROM (SELECT FROM wa_event WHERE body IS NOT NULL AND NOT parked ORDER BY session, id LIMIT $1) AS few) AS waiting,
         (SELECT count(*)::int FROM (SELECT FROM wa_event WHERE parked ORDER BY id LIMIT $1) AS few) AS parked,
         (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.created_at)), 0)::float
            FROM waiting w CROSS JOIN LATERAL (${untoldFrom('w.session', '0', '1')}) e) AS age`,
      [MOST_COUNTED])
    this.#metrics.backlog.set(rows[0].waiting)
    this.#metrics.parked.set(rows[0].parked)
    this.#metrics.oldestEvent.set(rows[0].age)
  }

  /** Told ones go after 3 days. What was not told stays: it is somebody's answer. */
  async purge(limit: number): Promise<void> {
    await this.#database.query(
      `DELETE FROM wa_event WHERE ctid = ANY (ARRAY(SELECT ctid FROM wa_event
         WHERE body IS NULL AND created_at < clock_timestamp() - interval '3 days' ORDER BY created_at LIMIT $1))`, [limit])
  }
}
