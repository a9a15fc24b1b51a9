/** What the first bytes of an image say of it. */
export type ImageHead = {
  width: number
  height: number
  /** What a decoder holds that cannot go line by line, however small the picture that is made of it, in bytes; 0: it can. */
  heldBytes: number
}

type Frame = ImageHead & { components: number }

/** Of a PNG's pixel, at most. */
const PIXEL_BYTES = 8
/** Of a JPEG's block, of 8 by 8 coefficients. */
const BLOCK_BYTES = 128

/** As many as the largest cameras of phones have, 16 times the usual 12 million. What we decode ourselves is bounded by much less. */
export const MOST_PIXELS = 200_000_000
const LONGEST_SIDE = 32_767

export const TOO_LARGE = `may have ${MOST_PIXELS} pixels, and ${LONGEST_SIDE} on a side`

export const isTooLarge = ({ width, height }: ImageHead): boolean => width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE

/** Undefined where it is neither JPEG nor PNG, or does not say how large it is. */
export function imageHead(image: Buffer): ImageHead | undefined {
  const head = isPng(image) ? pngHead(image) : image.toString('latin1', 0, 3) === '\xff\xd8\xff' ? jpegHead(image) : undefined
  return head && head.width > 0 && head.height > 0 ? head : undefined
}

const isPng = (image: Buffer): boolean => image.length >= 29 && image.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n' && image.toString('latin1', 12, 16) === 'IHDR'

function pngHead(image: Buffer): ImageHead {
  const width = image.readUInt32BE(16)
  const height = image.readUInt32BE(20)
  const isInterlaced = image[28] !== 0
  return { width, height, heldBytes: isInterlaced ? width * height * PIXEL_BYTES : 0 }
}

/** Goes from marker to marker as decoders do, over what is between them, to the first scan. */
function jpegHead(image: Buffer): ImageHead | undefined {
  let frame: Frame | undefined
  let isProgressive = false
  for (let at = 2; (at = image.indexOf(0xff, at)) >= 0 && at + 9 < image.length; ) {
    const marker = image[++at]!
    if (marker === 0xda) return frame && headOf(frame, isProgressive || image[at + 3]! < frame.components)
    if (marker === 0xff || marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd9)) continue
    if (isFrame(marker)) {
      frame = frameAt(image, at)
      isProgressive = marker > 0xc1
    }
    at += 1 + image.readUInt16BE(at + 1)
  }
  return undefined
}

const headOf = ({ width, height, heldBytes }: Frame, isHeldWhole: boolean): ImageHead => ({ width, height, heldBytes: isHeldWhole ? heldBytes : 0 })

/** Of every unit a component has so many blocks, across and down. Where that is not said, `heldBytes` is NaN, which is within no limit. */
function frameAt(image: Buffer, at: number): Frame {
  const height = image.readUInt16BE(at + 4)
  const width = image.readUInt16BE(at + 6)
  const components = image[at + 8]!
  const samplings = Array.from({ length: components }, (_, n) => image[at + 10 + 3 * n]!)
  const across = samplings.map(each => each >> 4)
  const down = samplings.map(each => each & 0xf)
  const units = Math.ceil(width / (8 * Math.max(...across))) * Math.ceil(height / (8 * Math.max(...down)))
  const blocks = across.reduce((sum, each, n) => sum + each * down[n]!, 0)
  return { width, height, components, heldBytes: units * blocks * BLOCK_BYTES }
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
