import { connect, createServer, type Socket } from 'node:net'

/**
 * What the way between a service and its neighbour does.
 *
 * `cut` breaks connections and takes none, `delay` holds each piece back, `stall` holds all of them until the weather changes,
 * `lose answers` passes a request on and breaks the connection instead of answering. `garble` overwrites parts of answers with
 * control characters, which no JSON may hold: an endpoint that lies convincingly is beyond what one endpoint can be checked for.
 * `429` answers so without passing on; `500` passes on and answers so, as a gateway does that lost patience.
 */
export type Weather =
  | 'clear'
  | 'cut'
  | 'delay'
  | 'stall'
  | 'garble'
  | 'lose answers'
  | '429'
  | '500'

/** A TCP proxy on a free port of loopback. */
export interface TcpProxy {
  readonly port: number
  readonly turn: (weather: Weather) => void
  readonly close: () => Promise<void>
}

const delayMs = 150
const http = {
  '429':
    'HTTP/1.1 429 Too Many Requests\r\ncontent-length: 17\r\nconnection: close\r\n\r\ntoo many requests',
  '500':
    'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 6\r\nconnection: close\r\n\r\nfailed',
} as const

export async function openProxy(targetPort: number): Promise<TcpProxy> {
  let weather: Weather = 'clear'
  let turned = Promise.withResolvers<void>()
  const sockets = new Set<Socket>()

  const passage = async () => {
    if (weather === 'delay') await new Promise((resolve) => setTimeout(resolve, delayMs))
    while (weather === 'stall') await turned.promise
  }
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A broken connection is what this proxy is for; its close is passed on.
    socket.on('error', () => undefined)
  }
  /** Passes pieces on in their order; `alter` gives what arrives, or nothing. */
  const pass = (from: Socket, to: Socket, alter: (piece: Buffer) => Buffer | undefined) => {
    let tail = Promise.resolve()
    from.on('data', (piece: Buffer) => {
      tail = tail.then(passage).then(() => {
        const arriving = alter(piece)
        if (arriving && !to.destroyed) to.write(arriving)
      })
    })
    from.on('close', () => tail.then(() => to.destroy()))
  }
  const server = createServer((near) => {
    keep(near)
    if (weather === 'cut') {
      near.destroy()
      return
    }
    const far = connect(targetPort, '127.0.0.1')
    keep(far)
    let answered = false
    const answerInstead = (status: keyof typeof http) => {
      answered = true
      near.end(http[status])
      return undefined
    }
    pass(near, far, (piece) => {
      if (answered) return undefined
      if (weather !== '429') return piece
      // A request may come in two pieces: the answer must not overtake the second.
      return endsRequest(piece) ? answerInstead('429') : undefined
    })
    pass(far, near, (piece) => {
      if (answered) return undefined
      if (weather === '500') return answerInstead('500')
      if (weather === 'lose answers') {
        near.destroy()
        return undefined
      }
      return weather === 'garble' ? garbled(piece) : piece
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    turn(next) {
      weather = next
      turned.resolve()
      turned = Promise.withResolvers<void>()
      if (next === 'cut') breakAll()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        breakAll()
      }),
  }
}

/** Whether a request of JSON-RPC ends with this piece. */
function endsRequest(piece: Buffer): boolean {
  return piece.at(-1) === 0x7d
}

function garbled(piece: Buffer): Buffer {
  const copy = Buffer.from(piece)
  for (let at = Math.floor(copy.length * 0.7); at < copy.length; at += 7) copy[at] = 1
  return copy
}
