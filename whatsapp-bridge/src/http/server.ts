import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { kindOf, type Log } from '../observe/log.ts'
import { Refused, type Answer } from './answers.ts'
import type { Routes } from './routes.ts'

/** The HTTP side: who may call, which route, what comes back. */
export function bridgeServer(routes: Routes, token: string, log: Log): Server {
  const server = createServer((request, response) => {
    answer(routes, token, request, callerOf(response))
      .catch(error => failed(error, log))
      .then(result => write(response, result))
      .catch(() => response.destroy())
  })
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  // longer than the caller keeps an idle connection, so that we never close one under a request
  server.keepAliveTimeout = 65_000
  server.maxConnections = 5_000
  return server
}

async function answer(routes: Routes, token: string, request: IncomingMessage, hungUp: AbortSignal): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://bridge').pathname
  const open = await routes.open(request.method!, path)
  if (open) return open
  if (!mayCall(request, token)) return { status: 401, body: { error: 'unauthorized' }, headers: { 'www-authenticate': 'Bearer' } }
  return routes.route(request.method!, segments(path), request, hungUp)
}

/** Aborted when the connection ends before its answer is out: nobody waits for that any more. */
function callerOf(response: ServerResponse): AbortSignal {
  const caller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) caller.abort()
  })
  return caller.signal
}

function segments(path: string): string[] {
  try {
    return path.split('/').slice(1).map(decodeURIComponent)
  } catch {
    throw new Refused(404, 'not_found')
  }
}

/** Compares digests, in constant time whatever the lengths. */
function mayCall(request: IncomingMessage, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

function failed(error: unknown, log: Log): Answer {
  if (error instanceof Refused) return error.answer
  log.error({ error: kindOf(error) }, 'A request failed')
  return { status: 500, body: { error: 'internal' } }
}

function write(response: ServerResponse, { status, body, headers, text, type }: Answer) {
  const content = text ?? (body === undefined ? '' : JSON.stringify(body))
  response.writeHead(status, { 'content-type': type ?? 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(content)
}
