import { Fenced, type Ownership } from '../auth/fence.ts'
import type { Database } from '../database/database.ts'
import type { State } from './state.ts'

export type StoredSession = {
  state: State
  detail: string | null
  epoch: string
  until: Date | null
  /** Another process that lives has it, there. */
  isElsewhere: boolean
  address: string | null
}

/** Who owns which session, and in which state it was last. Every change but the taking over is fenced by the epoch. */
export class SessionStore {
  readonly #database: Database
  readonly #owner: string
  readonly #goneAfterMs: number

  constructor(database: Database, owner: string, goneAfterMs: number) {
    this.#database = database
    this.#owner = owner
    this.#goneAfterMs = goneAfterMs
  }

  /** Takes the session, whoever has it: from here on the owner before can write nothing. */
  async take(session: string): Promise<Ownership> {
    const { rows } = await this.#database.query(
      `INSERT INTO wa_session (session, epoch, owner, state) VALUES ($1, 1, $2, 'connecting')
       ON CONFLICT (session) DO UPDATE SET epoch = wa_session.epoch + 1, owner = $2, state = 'connecting', detail = NULL,
         again_at = NULL, changed_at = clock_timestamp()
       RETURNING epoch`,
      [session, this.#owner],
    )
    return { session, epoch: rows[0].epoch }
  }

  /** What this process had before it died and nobody can go on with: whoever was about to scan a code has left the page. */
  async letGo(): Promise<void> {
    await this.#database.query(
      `UPDATE wa_session SET owner = NULL, state = CASE WHEN state = 'qr' THEN 'stopped' ELSE state END
       WHERE owner = $1 AND state NOT IN ('connecting', 'open')`, [this.#owner])
  }

  /**
   * Takes up to so many linked sessions that nobody has, or whose process is gone, or that this process had before it died; and
   * those that WhatsApp had blocked for a while that is over.
   *
   * @param silenceCounts whether a process that was silent for long counts as gone
   */
  async adopt(limit: number, held: string[], silenceCounts: boolean): Promise<Ownership[]> {
    const { rows } = await this.#database.query(
      `WITH free AS (
         SELECT s.session FROM wa_session s LEFT JOIN wa_process p ON p.owner = s.owner
         WHERE (s.state IN ('connecting', 'open') OR (s.state = 'banned' AND s.again_at < clock_timestamp())) AND s.session <> ALL ($4)
           AND (s.owner IS NULL OR s.owner = $1 OR p.owner IS NULL OR ($5 AND p.beat_at < clock_timestamp() - $2 * interval '1 ms'))
         ORDER BY s.session LIMIT $3 FOR UPDATE OF s SKIP LOCKED)
       UPDATE wa_session s SET epoch = s.epoch + 1, owner = $1 FROM free WHERE s.session = free.session
       RETURNING s.session, s.epoch`,
      [this.#owner, this.#goneAfterMs, limit, held, silenceCounts],
    )
    return rows
  }

  /** Of these, the ones that somebody else has taken. */
  async lost(held: Ownership[]): Promise<string[]> {
    if (held.length === 0) return []
    const { rows } = await this.#database.query(
      `SELECT s.session FROM wa_session s JOIN unnest($1::text[], $2::bigint[]) mine (session, epoch) USING (session)
       WHERE s.epoch <> mine.epoch`,
      [held.map(each => each.session), held.map(each => each.epoch)],
    )
    return rows.map(row => row.session)
  }

  async saveState(own: Ownership, state: State, detail?: string, until?: Date): Promise<void> {
    await this.#fenced(own, `UPDATE wa_session SET state = $3, detail = $4, again_at = $5, changed_at = clock_timestamp()
      WHERE session = $1 AND epoch = $2`, [state, detail ?? null, until ?? null])
  }

  /** Gives it away: any process may adopt it, if its state says that it should be open. */
  async release(own: Ownership): Promise<void> {
    await this.#fenced(own, 'UPDATE wa_session SET owner = NULL WHERE session = $1 AND epoch = $2', [])
  }

  /**
   * Forgets the keys: the phone has to be linked anew. First the state, from which on no key is written; only a statement after it
   * sees every key that was written before.
   */
  async erase(own: Ownership, detail?: string): Promise<void> {
    await this.#fenced(own, `UPDATE wa_session SET state = 'logged_out', detail = $3, phone = NULL, changed_at = clock_timestamp()
      WHERE session = $1 AND epoch = $2`, [detail ?? null])
    await this.#database.query(
      `DELETE FROM wa_auth WHERE session = $1 AND EXISTS (SELECT FROM wa_session WHERE session = $1 AND epoch = $2)`,
      [own.session, own.epoch])
  }

  async find(session: string): Promise<StoredSession | undefined> {
    const { rows } = await this.#database.query(
      `SELECT s.state, s.detail, s.epoch, s.again_at AS until, p.address, p.owner IS NOT NULL AS "isElsewhere"
       FROM wa_session s LEFT JOIN wa_process p
         ON p.owner = s.owner AND p.owner <> $3 AND p.beat_at >= clock_timestamp() - $2 * interval '1 ms'
       WHERE s.session = $1`,
      [session, this.#goneAfterMs, this.#owner],
    )
    return rows[0]
  }

  async #fenced(own: Ownership, text: string, more: unknown[]) {
    const { rowCount } = await this.#database.query(text, [own.session, own.epoch, ...more])
    if (rowCount === 0) throw new Fenced()
  }
}
