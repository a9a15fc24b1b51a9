/** It would leave after its term: whoever handed it over was told that it never will, or believes so. */
export class TooLate extends Error {
  constructor() {
    super('The term of the message is over')
    this.name = 'TooLate'
  }
}

/**
 * The time in which a message may leave. It is over at its deadline, or when whoever handed the message over hangs up; once over it
 * stays so, and once the message has left it is never over. There is one answer to both questions, whoever asks first, and no clock
 * that a person or a time server sets has a say in it.
 */
export class Term {
  /** Resolves when it is over; never where the message has left in time. */
  readonly over: Promise<void>
  readonly #deadline: number
  readonly #hungUp: AbortSignal
  readonly #timer: NodeJS.Timeout
  #state: 'running' | 'left' | 'over' = 'running'
  #resolve!: () => void
  readonly #expire = () => {
    if (this.#state !== 'running') return
    this.#state = 'over'
    this.close()
    this.#resolve()
  }

  /**
   * @param since when it was handed over, by `performance.now()`
   * @param hungUp aborted when nobody waits for the answer any more
   */
  constructor(withinMs: number, since: number, hungUp: AbortSignal) {
    this.over = new Promise(resolve => (this.#resolve = resolve))
    this.#deadline = since + withinMs
    this.#timer = setTimeout(this.#expire, this.#deadline - performance.now())
    this.#hungUp = hungUp
    hungUp.addEventListener('abort', this.#expire)
    if (hungUp.aborted) this.#expire()
  }

  get isOver(): boolean {
    // a process that stood still may come to this before its timers
    if (performance.now() >= this.#deadline) this.#expire()
    return this.#state === 'over'
  }

  /** The message leaves now. Throws {@link TooLate} where it must not. */
  leave(): void {
    if (this.isOver) throw new TooLate()
    this.#state = 'left'
    this.close()
  }

  /** Nobody looks at it any more. */
  close(): void {
    clearTimeout(this.#timer)
    this.#hungUp.removeEventListener('abort', this.#expire)
  }
}
