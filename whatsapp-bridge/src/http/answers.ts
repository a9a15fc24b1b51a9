/** What a request ends with. */
export type Answer = { status: number; body?: object; headers?: Record<string, string>; text?: string; type?: string }

/** A refusal: `error` is from a closed list, `detail` names the field. */
export class Refused extends Error {
  readonly answer: Answer

  constructor(status: number, error: string, detail?: string, more: object = {}) {
    super(error)
    this.answer = { status, body: { error, ...(detail ? { detail } : {}), ...more } }
  }
}

export const invalid = (field: string, why: string): Refused => new Refused(400, 'invalid', `${field}: ${why}`)
