import { setTimeout as sleep } from 'node:timers/promises'
import type sharp from 'sharp'
import { kindOf, type Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import { imageHead, type ImageHead } from './image-head.ts'
import { Lane } from './lane.ts'

/** 3.3 times what the usual camera of a phone makes: what is larger takes too long. */
const MOST_DECODED = 40_000_000
/** In bytes, of an image that its decoder holds whole: a progressive JPEG of 12 million pixels has 36 MB, in 4:2:0. */
const MOST_HELD = 64_000_000
/** Of one that goes line by line: a decoder keeps some hundred lines, of 8 bytes a pixel at most. */
const LONGEST_LINE = 10_000
const LONGEST_DECODING_S = 5
const LONGEST_WAIT_MS = 3_000
/** A stripe of one pixel a line would be a million lines of the width. */
const SIZE = { width: 32, height: 128, fit: 'inside', withoutEnlargement: true } as const

/** What became of one: it would take much memory or time, it came too late, or nobody could decode the image. */
export type ThumbnailResult = 'made' | 'costly' | 'late' | 'failed'

type Thumbnail = { result: 'made'; picture: string } | { result: Exclude<ThumbnailResult, 'made'>; picture: null }

const without = (result: Exclude<ThumbnailResult, 'made'>): Thumbnail => ({ result, picture: null })

/** By the first image: a process that sends none does without. */
const loadSharp = async (): Promise<typeof sharp> => (await import('sharp')).default

/** The small pictures of a process's images. */
export class Thumbnails {
  readonly #metrics: Metrics
  readonly #log: Log
  readonly #load: typeof loadSharp
  /** One image at a time: what several take at once would be more than the process has, and with it all its phones. */
  readonly #decoding = new Lane(20)
  #isSaid = false

  constructor(metrics: Metrics, log: Log, load = loadSharp) {
    this.#metrics = metrics
    this.#log = log
    this.#load = load
  }

  /**
   * What a phone shows until it has the image, a JPEG in base64. Null where it would take much memory or much time, or cannot be made:
   * the image goes without it then.
   */
  async of(image: Buffer): Promise<string | null> {
    const { result, picture } = await this.#inTime(image)
    this.#metrics.thumbnails.inc({ result })
    return picture
  }

  async #inTime(image: Buffer): Promise<Thumbnail> {
    const head = imageHead(image)
    if (!head || !isCheap(head)) return without('costly')
    if (this.#decoding.isFull) return without('late')
    const patience = new AbortController()
    const made = this.#decoding.run(async () => (patience.signal.aborted ? without('late') : this.#decode(image)))
    const gaveUp = sleep(LONGEST_WAIT_MS, without('late'), { signal: patience.signal, ref: false }).catch(() => without('late'))
    return Promise.race([made, gaveUp]).finally(() => patience.abort())
  }

  async #decode(image: Buffer): Promise<Thumbnail> {
    const sharp = await this.#load().catch(error => this.#sayOnce(error))
    if (!sharp) return without('failed')
    try {
      const small = sharp(image, { limitInputPixels: MOST_DECODED, sequentialRead: true }).resize(SIZE).jpeg({ quality: 50 })
      return { result: 'made', picture: (await small.timeout({ seconds: LONGEST_DECODING_S }).toBuffer()).toString('base64') }
    } catch {
      return without('failed')
    }
  }

  /** It stays so for as long as the process lives: its files lack what belongs to this kind of machine. */
  #sayOnce(error: unknown): undefined {
    if (!this.#isSaid) this.#log.error({ error: kindOf(error) }, 'The program that decodes images cannot be loaded: all images go without a small picture')
    this.#isSaid = true
  }
}

const isCheap = (head: ImageHead): boolean =>
  head.width <= LONGEST_LINE && head.width * head.height <= MOST_DECODED && head.heldBytes <= MOST_HELD
