import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/support/postgres.ts'
import { costOf } from './cost.ts'
import { fleet } from './fleet.ts'
import { print, table } from './site.ts'

/*
 * Bridge processes on a real PostgreSQL against the fake of WhatsApp.
 *   cost    one process: memory, CPU a send, time to connect          --sessions 1,100,250 --sends 2000
 *   fleet   several processes, each session at a human pace           --fleet 1000 --processes 4 --minutes 10
 * --only cost or --only fleet does one of them; --quick makes both small.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' }, quick: { type: 'boolean', default: false },
    sessions: { type: 'string', default: '1,100,250' }, sends: { type: 'string', default: '2000' },
    fleet: { type: 'string', default: '1000' }, processes: { type: 'string', default: '4' }, minutes: { type: 'string', default: '10' },
  },
})
const { quick, only } = values
const postgres = await startPostgres()
try {
  if (only !== 'fleet') {
    const rows = []
    for (const size of quick ? [1, 10] : values.sessions.split(',').map(Number)) rows.push(await costOf(size, quick ? 50 : Number(values.sends), postgres))
    table(rows)
    print('')
  }
  if (only !== 'cost') await (quick ? fleet(10, 2, 1, postgres) : fleet(Number(values.fleet), Number(values.processes), Number(values.minutes), postgres))
} finally {
  await postgres.stop()
}
print(`${cpus().length} cores (${cpus()[0]!.model}), Node ${process.versions.node}; PostgreSQL (without fsync), the fake, the driver and the bridge share them.`)
process.exit(0)
