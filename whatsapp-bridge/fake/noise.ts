import {
  aesDecryptGCM, aesEncryptGCM, Curve, decodeBinaryNode, encodeBinaryNode, hkdf, NOISE_MODE, NOISE_WA_HEADER, proto, sha256,
  type BinaryNode, type KeyPair,
} from '@whiskeysockets/baileys'
import { recordedCertificateChain } from './certificate.ts'

const NOTHING = Buffer.alloc(0)

/** The server's side of the Noise_XX handshake that a WhatsApp client opens with, and the encrypted frames after it. */
export class NoiseResponder {
  #hash: Buffer = Buffer.from(NOISE_MODE)
  #salt: Buffer = this.#hash
  #key: Buffer = this.#hash
  #counter = 0
  #inbox: Buffer = NOTHING
  #awaitsIntro = true
  #ephemeral: KeyPair | undefined
  #out = { key: NOTHING as Buffer, counter: 0 }
  #in = { key: NOTHING as Buffer, counter: 0 }

  constructor() {
    this.#mixHash(NOISE_WA_HEADER)
  }

  /** Cuts what came in into whole frames; keeps the rest for the next call. */
  frames(data: Buffer): Buffer[] {
    this.#inbox = Buffer.concat([this.#inbox, data])
    if (this.#awaitsIntro) this.#skipIntro()
    const whole: Buffer[] = []
    for (;;) {
      if (this.#inbox.length < 3) return whole
      const length = this.#inbox.readUIntBE(0, 3)
      if (this.#inbox.length < length + 3) return whole
      whole.push(this.#inbox.subarray(3, length + 3))
      this.#inbox = this.#inbox.subarray(length + 3)
    }
  }

  /** Answers the client's first frame. */
  hello(frame: Buffer): Buffer {
    const theirs = proto.HandshakeMessage.decode(frame).clientHello!.ephemeral!
    const own = (this.#ephemeral = Curve.generateKeyPair())
    const fixed = Curve.generateKeyPair()
    this.#mixHash(theirs)
    this.#mixHash(own.public)
    this.#mixKey(Curve.sharedKey(own.private, theirs))
    const encryptedStatic = this.#encrypt(fixed.public)
    this.#mixKey(Curve.sharedKey(fixed.private, theirs))
    const payload = this.#encrypt(recordedCertificateChain())
    const answer = { serverHello: { ephemeral: own.public, static: encryptedStatic, payload } }
    return frameOf(Buffer.from(proto.HandshakeMessage.encode(answer).finish()))
  }

  /** Reads the client's second frame: who it says it is. From here on frames are encrypted nodes. */
  finish(frame: Buffer): proto.ClientPayload {
    const message = proto.HandshakeMessage.decode(frame).clientFinish!
    const theirs = this.#decrypt(Buffer.from(message.static!))
    this.#mixKey(Curve.sharedKey(this.#ephemeral!.private, theirs))
    const payload = this.#decrypt(Buffer.from(message.payload!))
    const [first, second] = this.#derive(NOTHING)
    this.#in.key = first
    this.#out.key = second
    return proto.ClientPayload.decode(payload)
  }

  seal(node: BinaryNode): Buffer {
    return frameOf(aesEncryptGCM(encodeBinaryNode(node), this.#out.key, nonce(this.#out.counter++), NOTHING))
  }

  open(frame: Buffer): Promise<BinaryNode> {
    return decodeBinaryNode(aesDecryptGCM(frame, this.#in.key, nonce(this.#in.counter++), NOTHING))
  }

  /** "WA" and its version, or routing information before it. */
  #skipIntro() {
    const routed = this.#inbox.subarray(0, 2).toString() === 'ED'
    const before = routed ? 7 + this.#inbox.readUIntBE(4, 3) : 0
    this.#inbox = this.#inbox.subarray(before + 4)
    this.#awaitsIntro = false
  }

  #mixHash(data: Uint8Array) {
    this.#hash = sha256(Buffer.concat([this.#hash, data]))
  }

  #encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(Buffer.from(plain), this.#key, nonce(this.#counter++), this.#hash)
    this.#mixHash(sealed)
    return sealed
  }

  #decrypt(sealed: Buffer): Buffer {
    const plain = aesDecryptGCM(sealed, this.#key, nonce(this.#counter++), this.#hash)
    this.#mixHash(sealed)
    return plain
  }

  #derive(secret: Uint8Array): [Buffer, Buffer] {
    const both = Buffer.from(hkdf(Buffer.from(secret), 64, { salt: this.#salt, info: '' }))
    return [both.subarray(0, 32), both.subarray(32)]
  }

  #mixKey(secret: Uint8Array) {
    ;[this.#salt, this.#key] = this.#derive(secret)
    this.#counter = 0
  }
}

function frameOf(body: Buffer): Buffer {
  const head = Buffer.alloc(3)
  head.writeUIntBE(body.length, 0, 3)
  return Buffer.concat([head, body])
}

function nonce(counter: number): Buffer {
  const iv = Buffer.alloc(12)
  iv.writeUInt32BE(counter, 8)
  return iv
}
