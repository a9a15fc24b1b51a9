import { startPostgres, type TestPostgres } from './postgres.ts'

let postgres: TestPostgres

/** One PostgreSQL for all test files; each takes a database of its own. */
export async function globalSetup() {
  postgres = await startPostgres()
  process.env.BRIDGE_TEST_SERVER_URL = postgres.url
}

export async function globalTeardown() {
  await postgres.stop()
}
