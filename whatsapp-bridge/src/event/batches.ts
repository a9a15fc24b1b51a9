import type { BridgeEvent, Callback } from './event-store.ts'

/** Well below what the gateway takes in one call. */
const BATCH_BYTES = 256 * 1_024

export type OpenEvent = { id: string; session: string; body: BridgeEvent; callback: Callback | null }

/** As the gateway reads it. */
export const wire = ({ id, session, body }: OpenEvent): object => ({ id, session, ...body })

/** In their order, each of at most so many bytes, or of one event. */
export function batches(events: OpenEvent[]): OpenEvent[][] {
  const all: OpenEvent[][] = []
  let left = 0
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(wire(event)))
    if (size > left) {
      all.push([])
      left = BATCH_BYTES
    }
    all.at(-1)!.push(event)
    left -= size
  }
  return all
}
