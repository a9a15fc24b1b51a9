import type { BinaryNode } from '@whiskeysockets/baileys'

/** Small reading aids for the stanzas of WhatsApp's protocol. */
export const SERVER = 's.whatsapp.net'

export const children = (node: BinaryNode | undefined): BinaryNode[] =>
  Array.isArray(node?.content) ? node.content : []

export const child = (node: BinaryNode | undefined, tag: string): BinaryNode | undefined =>
  children(node).find(each => each.tag === tag)

export const bytes = (node: BinaryNode | undefined): Buffer => Buffer.from((node?.content ?? '') as Uint8Array)

export const userOf = (jid: string): string => jid.split('@')[0]!.split(':')[0]!

export const deviceOf = (jid: string): number => Number(jid.split('@')[0]!.split(':')[1] ?? 0)

export const isLid = (jid: string): boolean => jid.endsWith('@lid')

export const seconds = (): string => String(Math.floor(Date.now() / 1000))
