/** One piece of work after the other; refuses more than so many that wait, since nobody waits for their answers any more. */
export class Lane {
  readonly #most: number
  #tail: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(most: number) {
    this.#most = most
  }

  get isFull(): boolean {
    return this.#waiting >= this.#most
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++
    const result = this.#tail.then(work, work).finally(() => this.#waiting--)
    this.#tail = result.catch(() => {})
    return result
  }

  /** When all that was asked for is done. */
  idle(): Promise<unknown> {
    return this.#tail
  }
}
