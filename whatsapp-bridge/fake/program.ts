import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { controlServer, type BridgeAccess } from './control.ts'
import { FakeWhatsApp } from './fake-whatsapp.ts'
import { Memory } from './memory.ts'
import { World } from './world.ts'

export type FakeProgram = {
  fake: FakeWhatsApp
  /** Where its switches and the page of its phones are. */
  control: string
  /** Writes down who is linked; at the end, since it is done twice a second meanwhile. */
  save: () => void
}

/**
 * The fake as its environment says: FAKE_PORT for clients, FAKE_CONTROL_PORT for the switches and the page, FAKE_CERTIFICATE a file that
 * gets the certificate of its media host (for NODE_EXTRA_CA_CERTS), FAKE_MEMORY a file that keeps who
 * is linked, FAKE_BRIDGE_URL and FAKE_BRIDGE_TOKEN the bridge whose QR codes its phones scan. Resolves when it listens.
 */
export async function startFake(environment: NodeJS.ProcessEnv): Promise<FakeProgram> {
  const world = new World()
  const memory = environment.FAKE_MEMORY ? new Memory(environment.FAKE_MEMORY, world) : undefined
  memory?.start()
  const fake = await FakeWhatsApp.start(Number(environment.FAKE_PORT ?? 0), world)
  fake.set({ receipts: (environment.FAKE_RECEIPTS as 'read' | undefined) ?? 'read', receiptDelayMs: 500, retryUnreadable: true })
  if (environment.FAKE_CERTIFICATE) writeFileSync(environment.FAKE_CERTIFICATE, fake.certificate.cert)
  const bridge: BridgeAccess | undefined = environment.FAKE_BRIDGE_URL
    ? { url: environment.FAKE_BRIDGE_URL, token: environment.FAKE_BRIDGE_TOKEN ?? '' }
    : undefined
  const server = controlServer(fake, bridge)
  server.listen(Number(environment.FAKE_CONTROL_PORT ?? 0), '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { fake, control: `http://127.0.0.1:${port}`, save: () => memory?.save() }
}
