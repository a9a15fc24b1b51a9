import type { Callback } from '../event/event-store.ts'
import { invalid } from './answers.ts'
import { onlyFields } from './body.ts'

/** Reads `{path, secret}`. A path below the configured address, so that nobody can send events elsewhere. */
export function readCallback(value: unknown): Callback {
  if (typeof value !== 'object' || value === null) throw invalid('callback', 'must be an object')
  const callback = value as Record<string, unknown>
  onlyFields(callback, ['path', 'secret'])
  const { path, secret } = callback
  if (typeof path !== 'string' || path.length > 300 || !/^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/.test(path)) {
    throw invalid('callback.path', 'must be a path without . at the beginning of a part')
  }
  if (typeof secret !== 'string' || secret.length < 16 || secret.length > 300) throw invalid('callback.secret', 'must have 16 to 300 characters')
  return { path, secret }
}
