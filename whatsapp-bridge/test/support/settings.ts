import type { FakeWhatsApp } from '../../fake/fake-whatsapp.ts'
import type { TestGateway } from './gateway.ts'

export const TOKEN = 'a-bridge-token-for-tests-only-0123456789abc'

let owners = 0

/** The environment of a bridge under test: short waits, so that a test of a silence is no long silence. */
export function environment(databaseUrl: string, fake: Pick<FakeWhatsApp, 'url'>, gateway: TestGateway, more: Record<string, string> = {}) {
  return {
    BRIDGE_PORT: '0',
    BRIDGE_OWNER: `bridge-${process.pid}-${++owners}`,
    BRIDGE_TOKEN: TOKEN,
    BRIDGE_DATABASE_URL: databaseUrl,
    BRIDGE_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    BRIDGE_WEBHOOK_URL: gateway.url,
    BRIDGE_WEBHOOK_SECRET: gateway.secret,
    BRIDGE_WHATSAPP_URL: fake.url,
    BRIDGE_QUERY_TIMEOUT_MS: '4000',
    BRIDGE_ACK_TIMEOUT_MS: '4000',
    BRIDGE_CONNECT_TIMEOUT_MS: '15000',
    BRIDGE_CALM_AFTER_MS: '0',
    BRIDGE_CONNECTS_PER_SECOND: '200',
    BRIDGE_GONE_AFTER_MS: '9000',
    BRIDGE_LOG_LEVEL: 'info',
    ...more,
  }
}
