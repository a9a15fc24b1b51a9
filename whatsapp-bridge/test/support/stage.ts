import '../../src/observe/quiet-console.ts'

import { setDefaultCACertificates, getCACertificates } from 'node:tls'
import { Bridge } from '../../src/bridge.ts'
import { readConfig } from '../../src/config.ts'
import { silentLog, type Log } from '../../src/observe/log.ts'
import { FakeWhatsApp } from '../../fake/fake-whatsapp.ts'
import { BridgeClient } from './client.ts'
import { TestGateway } from './gateway.ts'
import { freshDatabase } from './postgres.ts'
import { environment } from './settings.ts'

/** A bridge in this process, with everything around it: database, WhatsApp, gateway. */
export class Stage {
  readonly fake: FakeWhatsApp
  readonly gateway: TestGateway
  readonly databaseUrl: string
  readonly #bridges: Bridge[] = []

  static async set(): Promise<Stage> {
    const fake = await FakeWhatsApp.start()
    setDefaultCACertificates([...getCACertificates('default'), fake.certificate.cert])
    return new Stage(fake, await TestGateway.start(), await freshDatabase())
  }

  private constructor(fake: FakeWhatsApp, gateway: TestGateway, databaseUrl: string) {
    this.fake = fake
    this.gateway = gateway
    this.databaseUrl = databaseUrl
  }

  environment(more: Record<string, string> = {}): Record<string, string> {
    return environment(this.databaseUrl, this.fake, this.gateway, more)
  }

  async bridge(more: Record<string, string> = {}, log: Log = silentLog): Promise<BridgeClient & { bridge: Bridge }> {
    const bridge = await Bridge.start(readConfig(this.environment(more)), log)
    this.#bridges.push(bridge)
    return Object.assign(new BridgeClient(bridge.url), { bridge })
  }

  async strike() {
    await Promise.all(this.#bridges.map(each => each.stop().catch(() => {})))
    await this.fake.close()
    this.gateway.close()
  }
}
