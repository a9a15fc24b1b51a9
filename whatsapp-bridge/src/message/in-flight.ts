import type { Metrics } from '../observe/metrics.ts'
import type { Term } from './term.ts'

export type Answer = { kind: 'taken' } | { kind: 'refused'; code: string } | { kind: 'none'; why: string }

type Entry = {
  written: boolean
  writtenAt: number
  answer: Promise<Answer>
  settle: (answer: Answer) => void
  term: Term
  timer?: NodeJS.Timeout
}

/**
 * The messages that are on their way over one connection. Baileys resolves a send before the server has answered, and throws
 * where a message was sent all the same; so what counts is seen at the two ends: the line that it logs just before the write,
 * and the server's answer.
 */
export class InFlight {
  readonly #entries = new Map<string, Entry>()
  readonly #ackTimeoutMs: number
  readonly #metrics: Metrics

  constructor(ackTimeoutMs: number, metrics: Metrics) {
    this.#ackTimeoutMs = ackTimeoutMs
    this.#metrics = metrics
  }

  /** False where an earlier try of it has not ended yet. */
  begin(id: string, term: Term): boolean {
    if (this.#entries.has(id)) return false
    let settle!: (answer: Answer) => void
    const answer = new Promise<Answer>(resolve => (settle = resolve))
    this.#entries.set(id, { written: false, writtenAt: 0, answer, settle, term })
    return true
  }

  /**
   * It is about to be written: from here on it may have gone out. The wait for the answer begins. Throws `TooLate` where it must
   * not leave any more.
   */
  written(id: string): void {
    const entry = this.#entries.get(id)
    if (!entry || entry.written) return
    entry.term.leave()
    entry.written = true
    entry.writtenAt = performance.now()
    entry.timer = setTimeout(() => entry.settle({ kind: 'none', why: 'no_answer' }), this.#ackTimeoutMs)
  }

  wasWritten(id: string): boolean {
    return this.#entries.get(id)?.written ?? false
  }

  /** The server's answer. False where nobody waits for it any more. */
  answered(id: string, code: string | undefined): boolean {
    const entry = this.#entries.get(id)
    if (!entry) return false
    if (entry.written) this.#metrics.ackSeconds.observe((performance.now() - entry.writtenAt) / 1_000)
    entry.settle(code === undefined ? { kind: 'taken' } : { kind: 'refused', code })
    return true
  }

  /** The connection is gone, and with it every answer. */
  cut(): void {
    for (const each of this.#entries.values()) each.settle({ kind: 'none', why: 'connection_closed' })
  }

  /** Waits for the answer, at most the time for it after the write. */
  async answer(id: string): Promise<Answer> {
    return this.#entries.get(id)?.answer ?? { kind: 'none', why: 'not_begun' }
  }

  end(id: string): void {
    clearTimeout(this.#entries.get(id)?.timer)
    this.#entries.delete(id)
  }

  get size(): number {
    return this.#entries.size
  }
}
