import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'

type Me = Pick<Config, 'owner' | 'address' | 'maxSessions' | 'goneAfterMs'>

/** The processes that live: each says so again and again; who is silent too long is gone, and its sessions are adopted. */
export class Presence {
  readonly #database: Database
  readonly #me: Me

  constructor(database: Database, me: Me) {
    this.#database = database
    this.#me = me
  }

  /** Answers for how many ms it was silent before, by the database's clock; 0 where it was not there. */
  async beat(): Promise<number> {
    const { owner, address, maxSessions } = this.#me
    const { rows } = await this.#database.query(
      `WITH before AS (SELECT beat_at FROM wa_process WHERE owner = $1)
       INSERT INTO wa_process (owner, address, capacity) VALUES ($1, $2, $3)
       ON CONFLICT (owner) DO UPDATE SET address = $2, capacity = $3, beat_at = clock_timestamp()
       RETURNING (SELECT extract(epoch FROM clock_timestamp() - beat_at) * 1000 FROM before)::float AS silent`,
      [owner, address, maxSessions],
    )
    return rows[0].silent ?? 0
  }

  async leave(): Promise<void> {
    await this.#database.query('DELETE FROM wa_process WHERE owner = $1', [this.#me.owner])
  }

  /**
   * Where a session is, or should be opened: its owner while that lives, else the live process with the most room. Null where
   * all are full.
   */
  async place(session: string): Promise<{ address: string; owned: boolean } | null> {
    const { rows } = await this.#database.query(
      `WITH live AS (SELECT owner, address, capacity FROM wa_process WHERE beat_at >= clock_timestamp() - $2 * interval '1 ms'),
         mine AS (SELECT live.address FROM wa_session s JOIN live USING (owner) WHERE s.session = $1),
         room AS (SELECT live.address, live.owner, live.capacity - count(s.session) AS left_over
                  FROM live LEFT JOIN wa_session s ON s.owner = live.owner AND s.state IN ('connecting', 'qr', 'open')
                  GROUP BY live.address, live.owner, live.capacity)
       SELECT address, true AS owned FROM mine
       UNION ALL
       (SELECT address, false FROM room WHERE left_over > 0 AND NOT EXISTS (SELECT FROM mine)
        ORDER BY left_over DESC, owner LIMIT 1)`,
      [session, this.#me.goneAfterMs],
    )
    return rows[0] ?? null
  }
}
