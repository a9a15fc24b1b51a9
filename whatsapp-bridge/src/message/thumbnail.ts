import { setTimeout as sleep } from 'node:timers/promises'
import { imageHead, type ImageHead } from './image-head.ts'
import { Lane } from './lane.ts'

/** 3.3 times what the usual camera of a phone makes: what is larger takes too long. */
const MOST_DECODED = 40_000_000
/** Of an image that its decoder holds whole: at most 64 MB, by 8 bytes a pixel. */
const MOST_HELD_WHOLE = 8_000_000
/** Of one that goes line by line: a decoder keeps some hundred lines, of 8 bytes a pixel at most. */
const LONGEST_LINE = 10_000
const LONGEST_DECODING_S = 5
const LONGEST_WAIT_MS = 3_000
/** A stripe of one pixel a line would be a million lines of the width. */
const SIZE = { width: 32, height: 128, fit: 'inside', withoutEnlargement: true } as const

/** One image at a time: what several take at once would be more than the process has, and with it all its phones. */
const decoding = new Lane(20)

/**
 * What a phone shows until it has the image, a JPEG in base64. Null where it would take much memory or much time: the image goes
 * without it then.
 */
export async function thumbnailOf(image: Buffer): Promise<string | null> {
  const head = imageHead(image)
  if (!head || decoding.isFull || !isCheap(head)) return null
  const patience = new AbortController()
  const made = decoding.run(async () => (patience.signal.aborted ? null : decode(image))).catch(() => null)
  const gaveUp = sleep(LONGEST_WAIT_MS, null, { signal: patience.signal, ref: false }).catch(() => null)
  return Promise.race([made, gaveUp]).finally(() => patience.abort())
}

const isCheap = (head: ImageHead): boolean =>
  head.width <= LONGEST_LINE && head.width * head.height <= (head.isHeldWhole ? MOST_HELD_WHOLE : MOST_DECODED)

async function decode(image: Buffer): Promise<string> {
  const { default: sharp } = await import('sharp') // by the first image: a process that sends none does without
  const small = sharp(image, { limitInputPixels: MOST_DECODED, sequentialRead: true }).resize(SIZE).jpeg({ quality: 50 })
  return (await small.timeout({ seconds: LONGEST_DECODING_S }).toBuffer()).toString('base64')
}
