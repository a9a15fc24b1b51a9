import { jidDecode, type WASocket } from '@whiskeysockets/baileys'

/** The phone behind a LID, where WhatsApp has told this session of it; it cannot be asked for. */
export async function phoneOfLid(socket: WASocket, lid: string): Promise<string | undefined> {
  return jidDecode((await socket.signalRepository.lidMapping.getPNForLID(`${lid}@lid`)) ?? undefined)?.user
}
