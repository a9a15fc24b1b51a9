/** Somebody else has the session: a later epoch stands in the database. Whoever gets this must stop, and write nothing. */
export class Fenced extends Error {
  constructor() {
    super('The session has another owner')
    this.name = 'Fenced'
  }
}

/** A session as its owner holds it: good only while this epoch stands. */
export type Ownership = { session: string; epoch: string }
