import { BufferJSON } from '@whiskeysockets/baileys'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Account } from './account.ts'
import { Contact } from './contact.ts'
import type { World } from './world.ts'

const EVERY_MS = 500

/** Who is linked, and every person's keys: without them each start of the fake would log all phones out. */
type Remembered = { accounts: ReturnType<Account['remembered']>[]; contacts: ReturnType<Contact['remembered']>[] }

/** Keeps that in a file. The ledger and the faults are of one run. */
export class Memory {
  readonly #file: string
  readonly #world: World
  #written = ''

  constructor(file: string, world: World) {
    this.#file = file
    this.#world = world
  }

  /** Reads what was kept, and keeps from here on what changes. */
  start() {
    if (existsSync(this.#file)) {
      this.#written = readFileSync(this.#file, 'utf8')
      const { accounts, contacts } = JSON.parse(this.#written, BufferJSON.reviver) as Remembered
      for (const each of accounts) this.#world.accounts.set(each.phone, Account.of(each))
      for (const each of contacts) this.#world.meet(Contact.of(each))
    }
    setInterval(() => this.save(), EVERY_MS).unref()
  }

  save() {
    const remembered: Remembered = {
      accounts: [...this.#world.accounts.values()].map(each => each.remembered()),
      contacts: this.#world.contacts().map(each => each.remembered()),
    }
    const text = JSON.stringify(remembered, BufferJSON.replacer)
    if (text === this.#written) return
    // killed in the middle of it, the one of before stands
    writeFileSync(`${this.#file}.new`, text, { mode: 0o600 })
    renameSync(`${this.#file}.new`, this.#file)
    this.#written = text
  }
}
