import { createServer, type Server } from 'node:https'
import type { World } from './world.ts'

/** Where images are uploaded, encrypted: only their size is kept. */
export function mediaServer(world: World, identity: { key: string; cert: string }): Server {
  return createServer(identity, (request, response) => {
    let size = 0
    request.on('data', part => (size += part.length))
    request.on('end', () => {
      if (world.faults.stalledUploads) return
      world.uploads.push({ path: request.url!.split('?')[0]!, bytes: size })
      const path = `/m/${world.uploads.length}`
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ url: `https://127.0.0.1${path}`, direct_path: path }))
    })
  })
}
