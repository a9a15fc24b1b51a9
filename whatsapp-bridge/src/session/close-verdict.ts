import type { State } from './state.ts'

/**
 * What follows when a connection to WhatsApp has ended. `linked`: a new one, now that the phone is linked. `cut`: a new one, later.
 * `contested`: another connection of the same link threw it out. `end`: none.
 */
export type Verdict =
  | { kind: 'linked' | 'cut' | 'contested' }
  | { kind: 'end'; state: Final; detail?: string; until?: Date }

type Final = Extract<State, 'logged_out' | 'banned' | 'failed' | 'passkey_required'>

/** One word for what follows: the last state where there is one. */
export type Ended = Exclude<Verdict['kind'], 'end'> | Final

/**
 * @param code the status that the connection ended with
 * @param linked whether the session has credentials of a phone
 * @param blockedFor seconds, where WhatsApp says how long
 * @param agreed whether a phone has agreed to the link in this very connection
 */
export function closeVerdict(code: number | undefined, linked: boolean, blockedFor = 0, agreed = false): Verdict {
  switch (code) {
    case 515: // a link was made: WhatsApp asks for a new connection; of one that stood it asks the same when it wants to restart
      return { kind: linked ? 'cut' : 'linked' }
    case 401:
      return { kind: 'end', state: 'logged_out' }
    case 402: // it ends by itself; asked all the while, it might not
      return { kind: 'end', state: 'banned', detail: 'for_a_while', ...(blockedFor > 0 && { until: new Date(Date.now() + blockedFor * 1_000) }) }
    case 403:
    case 406:
      return { kind: 'end', state: 'banned' }
    case 440:
      // somebody connected with the same link: an owner of before that was slow, or a rival that nobody here knows
      return { kind: 'contested' }
    case 405:
      return { kind: 'end', state: 'failed', detail: 'client_too_old' }
    case 411:
      return { kind: 'end', state: 'failed', detail: 'multi_device_missing' }
    default:
      if (linked) return { kind: 'cut' }
      // nobody scanned in time: offering codes for ever would be traffic for nobody
      return agreed ? { kind: 'linked' } : { kind: 'end', state: 'failed', detail: 'not_linked_in_time' }
  }
}

/** How long to wait before the n-th connection after a cut, n from 1: doubling from 1 s to 60 s, with half of it by chance. */
export function reconnectDelay(attempt: number, random: () => number): number {
  const full = Math.min(60_000, 1_000 * 2 ** Math.min(attempt - 1, 6))
  return full / 2 + (full / 2) * random()
}
