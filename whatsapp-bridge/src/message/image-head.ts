/** What the first bytes of an image say of it. */
export type ImageHead = {
  width: number
  height: number
  /** Its decoder cannot go line by line: it holds the whole image, however small the picture that is made of it. */
  isHeldWhole: boolean
}

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

const pngHead = (image: Buffer): ImageHead => ({ width: image.readUInt32BE(16), height: image.readUInt32BE(20), isHeldWhole: image[28] !== 0 })

/** Goes from marker to marker as decoders do, over what is between them, to the first scan. */
function jpegHead(image: Buffer): ImageHead | undefined {
  let frame: (ImageHead & { components: number }) | undefined
  for (let at = 2; (at = image.indexOf(0xff, at)) >= 0 && at + 9 < image.length; ) {
    const marker = image[++at]!
    if (marker === 0xda) return frame && { width: frame.width, height: frame.height, isHeldWhole: frame.isHeldWhole || image[at + 3]! < frame.components }
    if (marker === 0xff || marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd9)) continue
    if (isFrame(marker)) frame = { height: image.readUInt16BE(at + 4), width: image.readUInt16BE(at + 6), components: image[at + 8]!, isHeldWhole: marker > 0xc1 }
    at += 1 + image.readUInt16BE(at + 1)
  }
  return undefined
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
