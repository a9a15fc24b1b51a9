/**
 * Where a session stands.
 *
 * `connecting`: on its way to WhatsApp, or back to it after a cut. `qr`: waits for a person to scan or to type a code. `open`:
 * sends and receives. All others are ends, left only by opening the session anew: `logged_out` by the phone, `replaced` by
 * another connection of the same link, `banned`, `passkey_required` (the account asks for what this client cannot give),
 * `failed` (the detail says why), `stopped` by the API, `fenced` by another owner (never stored: the other owner's state is).
 */
export type State =
  | 'connecting' | 'qr' | 'open' | 'logged_out' | 'replaced' | 'banned' | 'failed' | 'fenced' | 'passkey_required' | 'stopped'

export const isLive = (state: State): boolean => state === 'connecting' || state === 'qr' || state === 'open'
