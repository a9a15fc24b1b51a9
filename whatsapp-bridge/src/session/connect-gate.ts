/** Spreads connections: at most so many begin in a second, in the order of asking, so that a process that starts is no storm. */
export class ConnectGate {
  readonly #gapMs: number
  #next = 0

  constructor(perSecond: number) {
    this.#gapMs = 1_000 / perSecond
  }

  /**
   * Takes the next place; answers how many ms it is away.
   *
   * @param now by a clock that nobody sets: after one that was set back the next place would be as far away as that
   */
  reserve(now: number): number {
    const at = Math.max(now, this.#next)
    this.#next = at + this.#gapMs
    return at - now
  }
}

/** So many at once; the others wait in line. */
export class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  /** Answers with the function that gives the place back; calling it again does nothing. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>(resolve => this.#waiting.push(resolve))
    let given = false
    return () => {
      if (given) return
      given = true
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }
}
