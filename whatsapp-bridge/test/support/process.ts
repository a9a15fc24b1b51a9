import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { BridgeClient, eventually } from './client.ts'
import { freePort } from './postgres.ts'

/** A bridge in a process of its own, to be killed. */
export class BridgeProcess extends BridgeClient {
  /** Everything that it ever printed. */
  output = ''
  readonly #child: ChildProcess

  /** @param script what runs: the bridge alone, or with the fake in its process */
  static async start(environment: Record<string, string>, script = 'src/main.ts'): Promise<BridgeProcess> {
    const port = await freePort()
    const started = new BridgeProcess(port, environment, script)
    await eventually(() => started.#isReady(), 60_000, () => `the bridge does not come up: ${started.output}`)
    return started
  }

  private constructor(port: number, environment: Record<string, string>, script: string) {
    super(`http://127.0.0.1:${port}`)
    this.#child = spawn(process.execPath, [script], {
      cwd: new URL('../..', import.meta.url),
      env: { PATH: process.env.PATH, ...environment, BRIDGE_PORT: String(port) },
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream!.on('data', part => (this.output += part))
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode
    const over = once(this.#child, 'exit')
    this.#child.kill(signal)
    await over
    return this.#child.exitCode
  }

  /** What its terminal sends: Ctrl-C, or that it is closed. */
  interrupt(signal: 'SIGINT' | 'SIGHUP') {
    this.#child.kill(signal)
  }

  /** It stands still; its sockets take what comes. */
  pause() {
    this.#child.kill('SIGSTOP')
  }

  goOn() {
    this.#child.kill('SIGCONT')
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async #isReady(): Promise<boolean> {
    if (this.isOver) throw new Error(`the bridge ended: ${this.output}`)
    return fetch(`${this.url}/health/ready`).then(response => response.ok, () => false)
  }
}
