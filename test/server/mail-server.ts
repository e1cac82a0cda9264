import { createServer, type Socket } from 'node:net'

/** A mail as it reached the server. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly data: string
}

export interface MailServer {
  readonly url: string
  readonly received: Received[]
  /** Refuses the next mails, as a server does that is overloaded. */
  refuse: number
  readonly close: () => Promise<void>
}

/** An SMTP server (RFC 5321) on loopback, as far as one mail needs it. */
export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = []
  const server = createServer((socket) => talk(socket))
  const state: MailServer = {
    url: '',
    received,
    refuse: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  function talk(socket: Socket): void {
    const say = (line: string) => void socket.write(`${line}\r\n`)
    let from = ''
    let to: string[] = []
    let data: string | undefined
    let rest = ''
    say('220 test ESMTP')
    socket.on('error', () => undefined)
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (data !== undefined && line !== '.') data += `${line.replace(/^\./, '')}\n`
        else if (data !== undefined) {
          received.push({ from, to, data })
          data = undefined
          say('250 taken')
        } else if (/^EHLO/i.test(line)) say('250 test')
        else if (/^MAIL FROM:/i.test(line)) {
          from = line.slice(10)
          to = []
          if (state.refuse-- > 0) say('451 <learner0@example.org> try again later')
          else say('250 ok')
        } else if (/^RCPT TO:/i.test(line)) {
          to.push(/<(.*?)>/.exec(line)?.[1] ?? '')
          say('250 ok')
        } else if (/^DATA/i.test(line)) {
          data = ''
          say('354 go on')
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else say('250 ok')
      }
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('it does not listen')
  return Object.assign(state, { url: `smtp://127.0.0.1:${address.port}` })
}
