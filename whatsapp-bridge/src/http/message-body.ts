import { imageHead, isTooLarge, TOO_LARGE } from '../message/image-head.ts'
import type { Outgoing } from '../message/outgoing.ts'
import { invalid } from './answers.ts'
import { onlyFields, phoneIn } from './body.ts'

const LONGEST_TEXT = 65_536
const LARGEST_IMAGE = 5 * 1024 * 1024
/** Of a caller that does not say how long it waits. */
const LONGEST_WAIT_MS = 60_000
const TYPES = ['image/jpeg', 'image/png']

/** Base64 makes 4 bytes of 3; the rest is for the text and the names. */
export const LARGEST_MESSAGE = Math.ceil((LARGEST_IMAGE * 4) / 3) + 4 * LONGEST_TEXT + 4_096

/** Reads `{phone, text, image?: {mimetype, data}}`, data in base64. */
export function readMessageBody(body: Record<string, unknown>): Outgoing {
  onlyFields(body, ['phone', 'text', 'image', 'even_rejected', 'within_ms'])
  const phone = phoneIn(body.phone)
  const { text } = body
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) throw invalid('text', `must be a text of at most ${LONGEST_TEXT} characters`)
  const image = body.image === undefined || body.image === null ? undefined : readImage(body.image)
  if (!image && text.trim() === '') throw invalid('text', 'must not be blank without an image')
  const evenRejected = body.even_rejected ?? false
  if (typeof evenRejected !== 'boolean') throw invalid('even_rejected', 'must be true or false')
  return { phone, text, image, evenRejected, withinMs: readWithin(body.within_ms) }
}

function readWithin(value: unknown): number {
  if (value === undefined || value === null) return LONGEST_WAIT_MS
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > LONGEST_WAIT_MS) {
    throw invalid('within_ms', `must be a whole number from 1 to ${LONGEST_WAIT_MS}`)
  }
  return value as number
}

function readImage(value: unknown): NonNullable<Outgoing['image']> {
  if (typeof value !== 'object' || value === null) throw invalid('image', 'must be an object')
  const image = value as Record<string, unknown>
  onlyFields(image, ['mimetype', 'data'])
  if (typeof image.mimetype !== 'string' || !TYPES.includes(image.mimetype)) throw invalid('image.mimetype', `must be one of ${TYPES.join(', ')}`)
  if (typeof image.data !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(image.data)) throw invalid('image.data', 'must be base64')
  const data = Buffer.from(image.data, 'base64')
  if (data.length > LARGEST_IMAGE) throw invalid('image.data', `may have ${LARGEST_IMAGE} bytes`)
  const head = imageHead(data)
  if (!head) throw invalid('image.data', 'must be a JPEG or PNG image')
  if (isTooLarge(head)) throw invalid('image.data', TOO_LARGE)
  return { mimetype: image.mimetype, data }
}
