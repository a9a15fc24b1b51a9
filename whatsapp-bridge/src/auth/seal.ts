import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

/** Sealed with a key that this process does not have: another one may, or this one when it is configured anew. */
export class KeyMissing extends Error {
  constructor(id: number) {
    super(`Sealed with the key ${id}, which is not configured`)
    this.name = 'KeyMissing'
  }
}

/**
 * Seals what is stored: AES-256-GCM. The first key seals, every key opens, so keys can be rotated. What is sealed is bound to
 * its place (session, kind, id): a value that somebody moved to another row does not open.
 */
export class Seal {
  readonly #keys: Map<number, Buffer>
  readonly #current: number

  /** @param keys by id (0 to 255), the sealing one first */
  constructor(keys: Map<number, Buffer>) {
    this.#keys = keys
    this.#current = [...keys.keys()][0]!
  }

  seal(place: string, plain: string): Buffer {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#keys.get(this.#current)!, nonce).setAAD(Buffer.from(place))
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from([this.#current]), nonce, cipher.getAuthTag(), body])
  }

  /** Throws {@link KeyMissing} where it may open elsewhere, and something else where nobody can open it any more. */
  open(place: string, sealed: Buffer): string {
    const key = this.#keys.get(sealed[0]!)
    if (!key) throw new KeyMissing(sealed[0]!)
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE)).setAAD(Buffer.from(place))
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG))
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8')
  }
}
