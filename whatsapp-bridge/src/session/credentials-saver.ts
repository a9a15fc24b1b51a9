import { setTimeout as sleep } from 'node:timers/promises'
import { Fenced } from '../auth/fence.ts'
import { tried } from '../auth/tried.ts'

const PAUSE_MS = 300
const LONGEST_WAIT_MS = 5_000

/**
 * Saves the credentials one save after the other, the latest state each time: two saves at once could end in either order, and
 * an older one on top would hand out the same pre-keys again. What could not be saved stays owed: forgotten, a link that the phone
 * lists would be nobody's, and pre-keys that the server has would be made a second time.
 */
export class CredentialsSaver {
  readonly #save: () => Promise<void>
  readonly #onFailure: (error: Error) => void
  readonly #longestWaitMs: number
  #running: Promise<void> | undefined
  #isOwed = false

  /** @param onFailure called when a save fails after some tries: nothing more may come of these credentials */
  constructor(save: () => Promise<void>, onFailure: (error: Error) => void, longestWaitMs = LONGEST_WAIT_MS) {
    this.#save = save
    this.#onFailure = onFailure
    this.#longestWaitMs = longestWaitMs
  }

  /** What stands now is to be saved. */
  request(): void {
    this.#isOwed = true
    this.#start().catch(this.#onFailure)
  }

  /**
   * Resolves when nothing is owed, tried on for as long as that may take; or when the session is another owner's, who has keys of its
   * own. Throws where it takes too long: who waits would begin with credentials that are no more.
   */
  async saved(): Promise<void> {
    const late = sleep(this.#longestWaitMs, 'late' as const, { ref: false })
    while (this.#isOwed || this.#running) {
      const end = await Promise.race([late, this.#start().then(() => 'saved' as const, error => error as Error)])
      if (end === 'late') throw new Error('The credentials are not saved')
      if (end instanceof Fenced) return
      if (end instanceof Error) await sleep(PAUSE_MS)
    }
  }

  #start(): Promise<void> {
    this.#running ??= this.#run()
    return this.#running
  }

  async #run(): Promise<void> {
    try {
      while (this.#isOwed) await tried(() => this.#saveNow())
    } finally {
      this.#running = undefined
    }
  }

  async #saveNow(): Promise<void> {
    this.#isOwed = false
    try {
      await this.#save()
    } catch (error) {
      this.#isOwed = true
      throw error
    }
  }
}
