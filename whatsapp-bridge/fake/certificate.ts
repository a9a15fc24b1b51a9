import { readFileSync } from 'node:fs'

let chain: Buffer | undefined

/**
 * WhatsApp's own certificate chain, recorded from a real handshake: a client checks its signature, and only WhatsApp can make
 * one. The package that carries the recording does not export it, so it is read out of its text.
 */
export function recordedCertificateChain(): Buffer {
  chain ??= read()
  return chain
}

function read(): Buffer {
  const file = new URL('servers/whatsapp-baileys-websocket.js', import.meta.resolve('@openclaw/crabline'))
  const found = /WHATSAPP_NOISE_CERT_CHAIN = Buffer\.from\("([^"]+)"/.exec(readFileSync(file, 'utf8'))
  if (!found) throw new Error('The recorded certificate chain is not where @openclaw/crabline 0.1.27 has it')
  return Buffer.from(found[1]!, 'base64')
}
