import { jidDecode, jidEncode, type SignalKeyStore } from '@whiskeysockets/baileys'

/** What libsignal stores of one contact's device: its sessions, by their base keys. */
type Sessions = { _sessions: Record<string, { indexInfo: { closed: number } }>; version: string }

const HOSTED = 99

/** A contact's address by phone, and the one by LID. */
export type Names = { pn: string; lid: string }

/** What Baileys' `migrateSession` answers. */
export type Migrated = { migrated: number; skipped: number; total: number }

/**
 * Brings the sessions that contacts have under their phones to those under their LIDs, where all of a contact's messages are
 * read from the moment on that its LID is known. Baileys writes the older ones over the newer ones: what the contact then
 * answered in the newer one could not be read. Here both stay; of two that are open the one under the LID goes on being.
 *
 * Two reads and at most one write, however many contacts. To be called within a transaction.
 *
 * @param addressOf the address that a device's sessions are stored under
 */
export async function joinSessions(keys: SignalKeyStore, addressOf: (jid: string) => string, contacts: Names[]): Promise<Migrated> {
  const users = contacts.map(({ pn }) => jidDecode(pn)!.user)
  const known = await keys.get('device-list', users)
  const moves = contacts.flatMap(names => devicesOf(names, known)).map(({ pn, lid }) => ({ from: addressOf(pn), to: addressOf(lid) }))
  const stored = await keys.get('session', moves.flatMap(({ from, to }) => [from, to])) as unknown as Record<string, Sessions | undefined>
  const changed: Record<string, Sessions | null> = {}
  for (const { from, to } of moves) {
    const old = stored[from]
    if (!old) continue
    changed[to] = joined(old, stored[to])
    changed[from] = null
  }
  const migrated = Object.keys(changed).length / 2
  if (migrated > 0) await keys.set({ session: changed as never })
  return { migrated, skipped: moves.length - migrated, total: moves.length }
}

/** Both addresses of each device. The one that a business has hosted has a server of its own: elsewhere Baileys refuses its number. */
function devicesOf({ pn, lid }: Names, known: Record<string, string[]>): Names[] {
  const { user, device } = jidDecode(pn)!
  const lidUser = jidDecode(lid)!.user
  const numbers = new Set([...(known[user] ?? []), device ?? 0].map(Number))
  return [...numbers].map(number =>
    number === HOSTED
      ? { pn: jidEncode(user, 'hosted', number), lid: jidEncode(lidUser, 'hosted.lid', number) }
      : { pn: jidEncode(user, 's.whatsapp.net', number), lid: jidEncode(lidUser, 'lid', number) })
}

function joined(old: Sessions, current: Sessions | undefined): Sessions {
  if (!current) return old
  const hasOpen = Object.values(current._sessions).some(each => each.indexInfo.closed === -1)
  const older = Object.entries(old._sessions).map(([key, session]) => [key, hasOpen ? closed(session) : session])
  return { ...current, _sessions: { ...Object.fromEntries(older), ...current._sessions } }
}

const closed = <T extends { indexInfo: { closed: number } }>(session: T): T =>
  session.indexInfo.closed === -1 ? { ...session, indexInfo: { ...session.indexInfo, closed: Date.now() } } : session
