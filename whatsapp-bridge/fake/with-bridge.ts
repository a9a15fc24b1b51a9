import '../src/observe/quiet-console.ts'

import { setDefaultCACertificates } from 'node:tls'
import { startFake } from './program.ts'

/*
 * The fake and a bridge that is linked to it in one process, for a machine where both only wait most of the time: a second
 * process of Node would hold the same code once more. The bridge decides about the end, so that what it does last still
 * finds the fake there.
 */
const { fake, save } = await startFake(process.env)
// The bridge meets nobody else by TLS.
setDefaultCACertificates([fake.certificate.cert])
process.once('exit', save)

await import('../src/main.ts')
