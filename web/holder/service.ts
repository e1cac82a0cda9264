/** What the service says of a link, without counting a view. */
export interface About {
  readonly kind: 'holder' | 'share'
  readonly endsAt?: string
  readonly viewLimit?: number
  readonly viewsLeft?: number
  readonly corrected: boolean
}

/** A link that the holder made for others. */
export interface Share {
  readonly id: string
  readonly label?: string
  readonly endsAt?: string
  readonly viewLimit?: number
  readonly views: number
  readonly state: 'open' | 'ended' | 'spent'
  readonly createdAt: string
}

export interface ShareLimits {
  readonly label?: string
  readonly endsAt?: string
  readonly viewLimit?: number
}

/** Why the service gave nothing: `gone` is its one answer for links that lead nowhere. */
export type Trouble = 'gone' | 'waiting' | 'often' | 'full' | 'mailless' | 'failed'

/** A trouble as an error, for those who call. */
export class ServiceError extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble)
    this.trouble = trouble
  }
}

const troubles: Readonly<Record<number, Trouble>> = {
  404: 'gone',
  409: 'waiting',
  429: 'often',
  503: 'mailless',
}

/** Asks the service that this page came from; throws `ServiceError`. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      ...init,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(30_000),
    })
  } catch {
    throw new ServiceError('failed')
  }
  if (response.ok) return response
  throw new ServiceError(troubles[response.status] ?? 'failed')
}

const jsonOf = async (response: Response) => (await response.json()) as unknown
const posted = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** What is behind one link; `path` is the link's own. */
export function openLink(path: string) {
  return {
    about: async () => (await jsonOf(await ask(`${path}/about`))) as About,
    /** The credential; a view is counted. With the pass the other forms of it are had without another. */
    async credential(): Promise<{ readonly text: string; readonly pass: string | undefined }> {
      const response = await ask(path, { headers: { accept: 'application/vc' } })
      const pass = response.headers.get('rootmark-visit') ?? undefined
      return { text: await response.text(), pass }
    },
    async shares(): Promise<readonly Share[]> {
      const { shares } = (await jsonOf(await ask(`${path}/shares`))) as { shares: Share[] }
      return shares
    },
    async share(limits: ShareLimits): Promise<string> {
      const response = await ask(`${path}/shares`, posted(limits)).catch((thrown) => {
        const isFull = thrown instanceof ServiceError && thrown.trouble === 'waiting'
        throw isFull ? new ServiceError('full') : thrown
      })
      return ((await jsonOf(response)) as { url: string }).url
    },
    revoke: async (id: string) => void (await ask(`${path}/shares/${id}`, { method: 'DELETE' })),
    async replace(): Promise<string> {
      const response = await ask(`${path}/replacement`, { method: 'POST' })
      return ((await jsonOf(response)) as { url: string }).url
    },
  }
}

export type LinkService = ReturnType<typeof openLink>

/** Has a one-time link mailed, where the e-mail is the holder's; `base` is where the service is. */
export async function askForMail(base: string, id: string, email: string): Promise<void> {
  await ask(`${base}credentials/${encodeURIComponent(id)}/claims`, posted({ email }))
}

/** Takes what a one-time link holds for a link of the holder's own. */
export async function spendMail(base: string, token: string): Promise<string> {
  const response = await ask(`${base}claims`, posted({ token }))
  return ((await jsonOf(response)) as { url: string }).url
}
