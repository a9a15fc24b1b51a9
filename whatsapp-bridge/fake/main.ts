import '../src/observe/quiet-console.ts'

import { startFake } from './program.ts'

/* The fake as a process of its own. Ends with its standard input where FAKE_STOP_WITH_PARENT is true. */
const { fake, control, save } = await startFake(process.env)
process.stdout.write(JSON.stringify({ url: fake.url, control }) + '\n')

const end = () => {
  save()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end)
if (process.env.FAKE_STOP_WITH_PARENT === 'true') process.stdin.on('end', end).resume()
