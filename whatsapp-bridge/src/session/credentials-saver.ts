/**
 * Saves the credentials one save after the other, the latest state each time: two saves at once could end in either order, and
 * an older one on top would hand out the same pre-keys again.
 */
export class CredentialsSaver {
  readonly #save: () => Promise<void>
  #running: Promise<void> | undefined
  #again = false

  constructor(save: () => Promise<void>) {
    this.#save = save
  }

  /** Resolves when what stands now is saved. */
  request(): Promise<void> {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#run().finally(() => (this.#running = undefined))
    return this.#running
  }

  idle(): Promise<void> {
    return this.#running?.catch(() => {}) ?? Promise.resolve()
  }

  async #run(): Promise<void> {
    do {
      this.#again = false
      await this.#save()
    } while (this.#again)
  }
}
