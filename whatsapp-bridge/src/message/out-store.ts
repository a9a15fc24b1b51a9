import { proto } from '@whiskeysockets/baileys'
import type { Ownership } from '../auth/fence.ts'
import type { Seal } from '../auth/seal.ts'
import type { Database } from '../database/database.ts'
import type { Ended, Outcome } from './outgoing.ts'
import { isWaId, waId } from './wa-id.ts'

export type Begun = 'new' | 'known' | 'fenced'

/** Every message that was ever begun: what makes a repeated PUT answer instead of send. */
export class OutStore {
  readonly #database: Database
  readonly #seal: Seal

  constructor(database: Database, seal: Seal) {
    this.#database = database
    this.#seal = seal
  }

  /**
   * Writes down that a message is begun, before anything of it leaves. Only the owner can begin one, and only
   * once: but one that WhatsApp refused, which nobody got, again where the caller knows that and asks for it.
   */
  async begin(own: Ownership, messageId: string, recipient: string, content: proto.IMessage | undefined, evenRejected: boolean): Promise<Begun> {
    const { rows } = await this.#database.query({
      name: 'out-begin',
      text: `WITH fence AS (SELECT 1 FROM wa_session WHERE session = $1 AND epoch = $2 FOR SHARE),
        begun AS (INSERT INTO wa_out (session, message_id, wa_id, recipient, state, body)
          SELECT $1, $3, $4, $5, 'started', $6 FROM fence
          ON CONFLICT (session, message_id) DO UPDATE SET state = 'started', detail = NULL, body = excluded.body
            WHERE $7 AND wa_out.state = 'rejected' RETURNING 1)
        SELECT (SELECT count(*)::int FROM fence) AS stands, (SELECT count(*)::int FROM begun) AS begun`,
      values: [
        own.session, own.epoch, messageId, waId(messageId), recipient, content ? this.#sealed(own.session, content) : null, evenRejected,
      ],
    })
    if (rows[0].stands === 0) return 'fenced'
    return rows[0].begun === 1 ? 'new' : 'known'
  }

  /**
   * The truth of an answer, whoever owns the session now: it replaces `started` and `unknown`, and nothing else. Who sent it
   * alone knows whether its keys were stored.
   *
   * @param content what was sent, where it is not what was kept when it began
   */
  async settle(session: string, messageId: string, ended: Ended): Promise<void> {
    await this.#database.query(
      `UPDATE wa_out SET state = CASE WHEN is_open THEN $3 ELSE state END, detail = CASE WHEN is_open THEN $4 ELSE detail END,
         renew = $5, body = coalesce($6, body)
       FROM (SELECT state IN ('started', 'unknown') AS is_open FROM wa_out WHERE session = $1 AND message_id = $2 FOR UPDATE) known
       WHERE session = $1 AND message_id = $2`,
      [session, messageId, ended.state, ended.detail ?? null, ended.renew ?? false, ended.content ? this.#sealed(session, ended.content) : null],
    )
  }

  /** An answer that nobody waits for any more, or not yet, by WhatsApp's id. */
  async settleLate(session: string, id: string, state: 'accepted' | 'rejected', detail?: string): Promise<void> {
    await this.#database.query(
      `UPDATE wa_out SET state = $3, detail = $4 WHERE session = $1 AND wa_id = $2 AND state IN ('started', 'unknown')`,
      [session, id, state, detail ?? null],
    )
  }

  /**
   * Nothing left: the same id may be put again. Only for the PUT that began it, which knows; then it goes although an owner who
   * did not know made it `unknown` meanwhile.
   */
  async forget(session: string, messageId: string): Promise<void> {
    await this.#database.query(
      `DELETE FROM wa_out WHERE session = $1 AND message_id = $2 AND state IN ('started', 'unknown')`, [session, messageId])
  }

  async find(session: string, messageId: string): Promise<Outcome | undefined> {
    const { rows } = await this.#database.query(
      'SELECT state, detail, wa_id AS "waId" FROM wa_out WHERE session = $1 AND message_id = $2', [session, messageId])
    return rows[0] && { ...rows[0], detail: rows[0].detail ?? undefined }
  }

  /**
   * The process before ended in the middle of these: nobody knows how far they came. The keys of their contacts may be older
   * than what was sent, so they are to be renewed.
   */
  async takeOver(session: string): Promise<void> {
    await this.#database.query(
      `UPDATE wa_out SET state = 'unknown', detail = 'process_ended', renew = true WHERE session = $1 AND state = 'started'`,
      [session])
  }

  async toRenew(session: string): Promise<string[]> {
    const { rows } = await this.#database.query(
      'SELECT DISTINCT recipient FROM wa_out WHERE session = $1 AND renew LIMIT 10000', [session])
    return rows.map(row => row.recipient)
  }

  async renewed(session: string, recipient: string): Promise<void> {
    await this.#database.query(
      'UPDATE wa_out SET renew = false WHERE session = $1 AND recipient = $2 AND renew', [session, recipient])
  }

  /**
   * A contact's phone asks for a message again: it got it, then, whatever we knew of it, and what WhatsApp says to the copy is no
   * answer to the message. Nobody writes down how far that copy comes: the contact's keys are to be renewed after it, lest a process
   * that ends in the middle of it leaves keys that were used.
   */
  async askedAgain(session: string, id: string): Promise<string | undefined> {
    if (!isWaId(id)) return undefined
    const { rows } = await this.#database.query(
      `UPDATE wa_out SET state = CASE WHEN state IN ('started', 'unknown') THEN 'accepted' ELSE state END, renew = true
       WHERE session = $1 AND wa_id = $2 RETURNING recipient`, [session, id])
    return rows[0]?.recipient
  }

  /** A message as it was sent, for a contact's phone that asks for it again. */
  async content(session: string, id: string): Promise<proto.IMessage | undefined> {
    const { rows } = await this.#database.query('SELECT body FROM wa_out WHERE session = $1 AND wa_id = $2', [session, id])
    if (!rows[0]?.body) return undefined
    return proto.Message.decode(Buffer.from(this.#seal.open(`out|${session}`, rows[0].body), 'base64'))
  }

  #sealed(session: string, content: proto.IMessage): Buffer {
    return this.#seal.seal(`out|${session}`, Buffer.from(proto.Message.encode(content).finish()).toString('base64'))
  }

  /** Contents go after 3 days, rows after 60: nobody asks for a message again by then, and the gateway has ended it. */
  async purge(limit: number): Promise<void> {
    await this.#database.query(
      `UPDATE wa_out SET body = NULL WHERE ctid = ANY (ARRAY(SELECT ctid FROM wa_out
         WHERE created_at < clock_timestamp() - interval '3 days' AND body IS NOT NULL ORDER BY created_at LIMIT $1))`, [limit])
    await this.#database.query(
      `DELETE FROM wa_out WHERE ctid = ANY (ARRAY(SELECT ctid FROM wa_out
         WHERE created_at < clock_timestamp() - interval '60 days' ORDER BY created_at LIMIT $1))`, [limit])
  }
}
