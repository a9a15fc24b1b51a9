import type { IncomingMessage } from 'node:http'
import { invalid, Refused } from './answers.ts'

/** Reads a JSON object of at most so many bytes; nothing at all is an empty one. */
export async function readJson(request: IncomingMessage, most: number): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > most) throw new Refused(413, 'too_large', `The body may have ${most} bytes`)
    parts.push(part as Buffer)
  }
  if (size === 0) return {}
  const read = parse(Buffer.concat(parts).toString('utf8'))
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw invalid('body', 'must be a JSON object')
  return read as Record<string, unknown>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('body', 'is no JSON')
  }
}

/** Refuses fields that are not known: a caller that misspells one learns so. */
export function onlyFields(body: Record<string, unknown>, known: string[]) {
  const other = Object.keys(body).find(key => !known.includes(key))
  if (other !== undefined) throw invalid(other.slice(0, 64), 'is not known here')
}

export function phoneIn(value: unknown, field = 'phone'): string {
  if (typeof value !== 'string' || !/^[1-9][0-9]{6,14}$/.test(value)) {
    throw invalid(field, 'must be 7 to 15 digits with the country code and no plus sign')
  }
  return value
}
