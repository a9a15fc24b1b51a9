import { crc32, deflateSync } from 'node:zlib'

/** A black square of one bit a pixel, in the seven passes of Adam7: a decoder holds all of it before it has the first line. */
export function interlacedPng(side: number): Buffer {
  const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const
  const bytes = passes.reduce((sum, [x, y, dx, dy]) => sum + Math.ceil((side - y) / dy) * (1 + Math.ceil(Math.ceil((side - x) / dx) / 8)), 0)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 1], 8)
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(bytes))), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** The head of a JPEG: something else, its frame of three colours by that marker, and the beginning of its first scan. */
export function jpeg(marker: number, width: number, height: number, inFirstScan = 3): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(height, 0)
  size.writeUInt16BE(width, 2)
  const frame = [0xff, marker, 0, 17, 8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
  return Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0xff, 0xc0, 0xff, ...frame, 0xff, 0xda, 0, 12, inFirstScan, 1, 0, 2, 0, 3, 0, 0, 63, 0])
}
