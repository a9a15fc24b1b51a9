import './observe/quiet-console.ts' // first of all: libraries print keys

import { Bridge } from './bridge.ts'
import { Misconfigured, readConfig, type Config } from './config.ts'
import { createLog, kindOf } from './observe/log.ts'

const config = configure()
const log = createLog(config.logLevel)

// A library's forgotten rejection is one session's trouble, never the end of the 249 others.
process.on('unhandledRejection', error => log.error({ error: kindOf(error) }, 'A rejection was not handled'))
// After an exception nobody knows what holds: end at once. The database knows what was begun, and another process goes on.
process.on('uncaughtException', error => {
  log.error({ error: kindOf(error) }, 'An exception was not handled: the process ends')
  process.exit(1)
})

let stopping = false

const bridge = await Bridge.start(config, log).catch(error => {
  log.error({ error: kindOf(error) }, 'The bridge cannot start')
  process.exit(1)
})

const hasParent = process.env.BRIDGE_STOP_WITH_PARENT === 'true'

process.once('SIGTERM', stop)
for (const signal of ['SIGINT', 'SIGHUP'] as const) {
  // Ctrl-C, or that the terminal is closed, reaches whatever runs there: the parent ends the bridge when nobody sends through it any more.
  if (hasParent) process.on(signal, () => {})
  else process.once(signal, stop)
}

if (hasParent) process.stdin.on('end', stop).on('error', stop).resume()

function stop() {
  if (stopping) return
  stopping = true
  log.info({}, 'The bridge stops')
  setTimeout(() => process.exit(1), config.stopWithinMs).unref()
  bridge.stop().then(
    () => process.exit(0),
    error => {
      log.error({ error: kindOf(error) }, 'The bridge did not stop in order')
      process.exit(1)
    },
  )
}

function configure(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
