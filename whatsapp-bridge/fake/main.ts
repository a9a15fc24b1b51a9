import '../src/observe/quiet-console.ts'

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { controlServer, type BridgeAccess } from './control.ts'
import { FakeWhatsApp } from './fake-whatsapp.ts'
import { Memory } from './memory.ts'
import { World } from './world.ts'

/*
 * The fake as a process: FAKE_PORT for clients, FAKE_CONTROL_PORT for the switches and the page, FAKE_CERTIFICATE a file that
 * gets the certificate of its media host (for NODE_EXTRA_CA_CERTS), FAKE_MEMORY a file that keeps who
 * is linked, FAKE_BRIDGE_URL and FAKE_BRIDGE_TOKEN the bridge whose QR codes its phones scan. Ends with its standard input where FAKE_STOP_WITH_PARENT is true.
 */
const environment = process.env
const world = new World()
const memory = environment.FAKE_MEMORY ? new Memory(environment.FAKE_MEMORY, world) : undefined
memory?.start()
const fake = await FakeWhatsApp.start(Number(environment.FAKE_PORT ?? 0), world)
fake.set({ receipts: (environment.FAKE_RECEIPTS as 'read' | undefined) ?? 'read', receiptDelayMs: 500, retryUnreadable: true })
if (environment.FAKE_CERTIFICATE) writeFileSync(environment.FAKE_CERTIFICATE, fake.certificate.cert)
const bridge: BridgeAccess | undefined = environment.FAKE_BRIDGE_URL
  ? { url: environment.FAKE_BRIDGE_URL, token: environment.FAKE_BRIDGE_TOKEN ?? '' }
  : undefined
const control = controlServer(fake, bridge)
control.listen(Number(environment.FAKE_CONTROL_PORT ?? 0), '127.0.0.1')
await once(control, 'listening')

const { port } = control.address() as { port: number }
process.stdout.write(JSON.stringify({ url: fake.url, control: `http://127.0.0.1:${port}` }) + '\n')

const end = () => {
  memory?.save()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end)
if (environment.FAKE_STOP_WITH_PARENT === 'true') process.stdin.on('end', end).resume()
