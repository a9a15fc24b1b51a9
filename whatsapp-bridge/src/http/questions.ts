import type { WASocket } from '@whiskeysockets/baileys'
import { phoneOfLid } from '../session/lid.ts'
import type { Session } from '../session/session.ts'
import { Refused, type Answer } from './answers.ts'

/** What can be asked of an open session without sending. */
export const askSession = {
  async check(session: Session, phone: string): Promise<Answer> {
    const found = await open(session).onWhatsApp(phone)
    if (!found) throw new Refused(504, 'no_answer')
    return { status: 200, body: { phone, on_whatsapp: found.some(each => each.exists === true) } }
  },

  async typing(session: Session, phone: string): Promise<Answer> {
    await open(session).sendPresenceUpdate('composing', `${phone}@s.whatsapp.net`)
    return { status: 204 }
  },

  /** Whose LID it is, as far as this session has learnt it. */
  async phoneOf(session: Session, lid: string): Promise<Answer> {
    return { status: 200, body: { lid, phone: (await phoneOfLid(open(session), lid)) ?? null } }
  },

  /** The reach-out timelock (no new contacts until then), and how many new chats are left, where WhatsApp says. */
  async limits(session: Session): Promise<Answer> {
    const socket = open(session)
    const lock = await socket.fetchAccountReachoutTimelock()
    const cap = await socket.fetchNewChatMessageCap().catch(() => undefined)
    const until = lock.isActive && lock.timeEnforcementEnds ? lock.timeEnforcementEnds.toISOString() : null
    const chats = cap ? { total: cap.total_quota ?? null, used: cap.used_quota ?? null } : null
    return { status: 200, body: { timelock: { active: lock.isActive, until }, new_chats: chats } }
  },
}

function open(session: Session): WASocket {
  if (session.state !== 'open' || !session.socket) throw new Refused(503, 'not_open', `The session is ${session.state}`)
  return session.socket
}
