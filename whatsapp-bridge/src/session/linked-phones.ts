import { Fenced, type Ownership } from '../auth/fence.ts'
import type { Database } from '../database/database.ts'

const UNIQUE_VIOLATION = '23505'

/** `ours`: this session's. `taken`: another session is linked to that phone. `other`: this session is for another phone. */
export type Claim = 'ours' | 'taken' | 'other'

/** Which phone each session is linked to: one phone is one session, or the two would send at twice the pace of one. */
export class LinkedPhones {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Says which phone may be linked; null: any. A phone that is linked already stays. */
  async expect(session: string, phone: string | null): Promise<void> {
    await this.#database.query('UPDATE wa_session SET expected = $2 WHERE session = $1 AND expected IS DISTINCT FROM $2', [session, phone])
  }

  /** The session came up with this phone. */
  async claim({ session, epoch }: Ownership, phone: string): Promise<Claim> {
    const { rows } = await this.#database.query(
      'SELECT phone, expected FROM wa_session WHERE session = $1 AND epoch = $2', [session, epoch])
    if (rows.length === 0) throw new Fenced()
    if (rows[0].phone === phone) return 'ours'
    if (rows[0].expected && !isSamePhone(rows[0].expected, phone)) return 'other'
    return this.#write(session, epoch, phone)
  }

  async #write(session: string, epoch: string, phone: string): Promise<Claim> {
    try {
      const { rowCount } = await this.#database.query(
        'UPDATE wa_session SET phone = $3 WHERE session = $1 AND epoch = $2', [session, epoch, phone])
      if (rowCount === 0) throw new Fenced()
      return 'ours'
    } catch (error) {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) return 'taken'
      throw error
    }
  }
}

/** Whether both are one phone: in three countries WhatsApp's name of a mobile phone has a digit more or less than what people dial. */
export const isSamePhone = (one: string, other: string): boolean => plain(one) === plain(other)

const plain = (phone: string): string =>
  phone
    .replace(/^521(?=\d{10}$)/, '52')
    .replace(/^549(?=\d{10}$)/, '54')
    .replace(/^(55\d{2})9(?=\d{8}$)/, '$1')
