import { reconnectDelay } from './close-verdict.ts'

const MOST = 3
const WITHIN_MS = 10 * 60_000

/**
 * How often a session that was thrown out by another connection of its link comes back. A process that owned it before, and
 * connected too late, throws the rightful owner out once: that one has to come back, or its phone stays off. A rival that nobody
 * here knows would throw it out again each time, and be thrown out by it: that has to end.
 */
export class Comebacks {
  #times: number[] = []

  /**
   * How many ms to wait before the next one, longer each time; nothing where there were too many in a short time.
   *
   * @param now by a clock that nobody sets
   */
  next(now: number, random: () => number): number | undefined {
    this.#times = this.#times.filter(each => each > now - WITHIN_MS)
    if (this.#times.length >= MOST) return undefined
    this.#times.push(now)
    return reconnectDelay(this.#times.length, random)
  }
}
