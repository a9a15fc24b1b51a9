import type { Slots } from './connect-gate.ts'

/** The history of a new link comes in the first seconds. */
const HISTORY_MS = 3_000

/** One session's turn to be linked: each new link reads its history, so a process makes only a few at once. */
export class LinkTurn {
  readonly #slots: Slots
  #leave: () => void = () => {}

  constructor(slots: Slots) {
    this.#slots = slots
  }

  /** Resolves when it is this one's turn; false where nobody wants it any more by then. */
  async take(isWanted: () => boolean): Promise<boolean> {
    const leave = await this.#slots.take()
    if (!isWanted()) {
      leave()
      return false
    }
    this.#leave = leave
    return true
  }

  leave() {
    this.#leave()
  }

  /** When the history is read. */
  leaveSoon() {
    setTimeout(this.#leave, HISTORY_MS).unref()
  }
}
