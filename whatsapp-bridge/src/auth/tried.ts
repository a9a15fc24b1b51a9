import { setTimeout as sleep } from 'node:timers/promises'
import { Fenced } from './fence.ts'

const TRIES = 3
const PAUSE_MS = 300

/**
 * What the database may refuse for a moment, tried some times. Who has lost the session has lost it for good.
 *
 * @param mayGoOn asked before each further try
 */
export async function tried<T>(work: () => Promise<T>, mayGoOn = () => true, tries = TRIES): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left === 0 || error instanceof Fenced) throw error
      await sleep(PAUSE_MS)
      if (!mayGoOn()) throw error
    }
  }
}
