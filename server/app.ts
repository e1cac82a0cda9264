import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify'
import { useSha256 } from '../core/hash.ts'
import { parseJson } from '../core/json.ts'
import { ownDocuments } from './documents.ts'
import { guardAnswers } from './guards.ts'
import { createMetrics } from './metrics.ts'
import { nativeSha256 } from './native-hash.ts'
import { registerApiDescription } from './openapi.ts'
import { HttpProblem, registerProblems, sendProblem } from './problem.ts'
import { awardRoutes } from './routes/awards.ts'
import { bakedRoutes } from './routes/baked.ts'
import { batchRoutes } from './routes/batches.ts'
import { bulkStatusRoutes } from './routes/bulk-statuses.ts'
import { claimRoutes } from './routes/claims.ts'
import { consoleRoutes } from './routes/console.ts'
import { credentialRoutes } from './routes/credentials.ts'
import { didRoutes } from './routes/dids.ts'
import { healthRoutes } from './routes/health.ts'
import { holderLinkRoutes } from './routes/holder-links.ts'
import { holderShareRoutes } from './routes/holder-shares.ts'
import { issuerLogRoutes } from './routes/issuer-log.ts'
import { issuerRoutes } from './routes/issuers.ts'
import { jobRoutes } from './routes/jobs.ts'
import { keyRoutes } from './routes/keys.ts'
import { leafRoutes } from './routes/leaves.ts'
import { lookupRoutes } from './routes/lookup.ts'
import { matchRoutes } from './routes/match.ts'
import { migrationRoutes } from './routes/migrations.ts'
import { type Example, pageRoutes } from './routes/pages.ts'
import { pathwayRoutes } from './routes/pathways.ts'
import { pdfRoutes } from './routes/pdf.ts'
import { presentedPdfRoutes } from './routes/presented-pdf.ts'
import { receiptRoutes } from './routes/receipts.ts'
import { reissueRoutes } from './routes/reissue.ts'
import { sessionRoutes } from './routes/session.ts'
import { shareRoutes } from './routes/share.ts'
import { statusListRoutes } from './routes/status-lists.ts'
import { statusRoutes } from './routes/statuses.ts'
import { treeRoutes } from './routes/trees.ts'
import { vcApiRoutes } from './routes/vc-api.ts'
import { verifyRoutes } from './routes/verify.ts'
import { verifyBulkRoutes } from './routes/verify-bulk.ts'
import { openService, type Service, type ServiceConfig } from './service.ts'
import { takeSessions } from './session-gate.ts'
import { refuseSlowBodies } from './slow-requests.ts'
import { readTls } from './tls.ts'

/** An app that listens nowhere yet, on a service that it closes with itself. */
export interface App {
  readonly app: FastifyInstance
  readonly service: Service
}

/** Opens the service and builds the app on it. `examples` are credentials that the page offers to try. */
export async function buildApp(
  config: ServiceConfig,
  examples: (service: Service) => Promise<readonly Example[]> = async () => [],
): Promise<App> {
  useSha256(nativeSha256)
  const app: FastifyInstance = Fastify({
    https: (await readTls(config)) ?? null,
    // To stderr, so that what is printed for a person stands alone on stdout.
    logger: { level: config.LOG_LEVEL, stream: process.stderr, serializers: { err: plainError } },
    // A request line names credentials, which are as secret as their links: routes and times go to the metrics.
    // A line that is logged of a request names it; a logger of its own for each would cost more than most of them.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.TRUST_PROXY,
    bodyLimit: config.BODY_LIMIT,
    // A roster of millions may take longer than any other request: bodies are timed by refuseSlowBodies.
    requestTimeout: 0,
    // For what goes wrong before a route is found, such as a path that cannot be decoded.
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, error),
    routerOptions: { maxParamLength: 1000 },
  }).withTypeProvider<TypeBoxTypeProvider>()
  // Drawn, so that nobody else can claim it, whatever a proxy passes on.
  const ownAddress = randomUUID()
  const own = ownDocuments(app, config.PUBLIC_BASE_URL, ownAddress)
  const service = await openService(config, app.log, own)
  app.addHook('onClose', () => service.close())

  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setSerializerCompiler(() => (payload) => JSON.stringify(payload))
  registerProblems(app)
  readJsonStrictly(app)
  await registerGuards(app, service, ownAddress)
  refuseSlowBodies(app, config.REQUEST_TIMEOUT_MS)
  await registerApiDescription(app, config.PUBLIC_BASE_URL)

  takeSessions(app, service)
  const metrics = createMetrics(app, service)
  app.register(verifyRoutes, { service, count: metrics.countVerdict })
  app.register(verifyBulkRoutes, { service, count: metrics.countVerdict })
  app.register(matchRoutes, { service, count: metrics.countVerdict })
  app.register(vcApiRoutes, { service, count: metrics.countVerdict })
  app.register(credentialRoutes, { service })
  app.register(receiptRoutes, { service })
  app.register(bakedRoutes, { service })
  app.register(pdfRoutes, { service })
  app.register(presentedPdfRoutes, { service })
  app.register(shareRoutes, { service })
  app.register(reissueRoutes, { service })
  app.register(holderShareRoutes, { service })
  app.register(holderLinkRoutes, { service })
  app.register(claimRoutes, { service })
  app.register(migrationRoutes, { service })
  app.register(batchRoutesWithForms, { service })
  app.register(pathwayRoutes, { service })
  app.register(awardRoutes, { service })
  app.register(statusRoutes, { service })
  app.register(bulkStatusRoutes, { service })
  app.register(lookupRoutes, { service })
  app.register(statusListRoutes, { service })
  app.register(leafRoutes, { service })
  app.register(treeRoutes, { service })
  app.register(sessionRoutes, { service })
  app.register(consoleRoutes, { service })
  app.register(issuerRoutes, { service })
  app.register(issuerLogRoutes, { service })
  app.register(keyRoutes, { service })
  app.register(didRoutes, { service })
  app.register(jobRoutes, { service })
  app.register(healthRoutes, { service, metrics })
  app.register(pageRoutes, { service, examples: () => examples(service) })
  await app.ready()
  return { app, service }
}

/** What is logged of an error: a database driver hangs the query's values on it, and these are personal data. */
function plainError(error: Error) {
  const { name, message, stack = '', cause } = error
  const { code } = error as { readonly code?: unknown }
  return {
    type: name,
    message,
    stack,
    ...(code !== undefined && { code: String(code) }),
    ...(cause instanceof Error && { cause: cause.message }),
  }
}

/** JSON bodies are untrusted: core reads them, within the limit of their route. */
function readJsonStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const bytes = request.routeOptions.bodyLimit
      const limits = { bytes, depth: 32, values: 5_000_000 }
      // Clients that always name a type send it with an empty body, too.
      done(null, body.length === 0 ? undefined : parseJson(body as Buffer, limits))
    } catch (thrown) {
      done(thrown as Error)
    }
  })
}

/** Rosters come in forms, and nothing else: what forms cost, no other route pays. */
const batchRoutesWithForms: FastifyPluginAsync<{ service: Service }> = async (app, { service }) => {
  const { ROSTER_LIMIT, BODY_LIMIT } = service.config
  await app.register(multipart, {
    limits: { fileSize: ROSTER_LIMIT, fieldSize: BODY_LIMIT, files: 2, fields: 8, parts: 10 },
  })
  await app.register(batchRoutes, { service })
}

async function registerGuards(
  app: FastifyInstance,
  { config }: Service,
  ownAddress: string,
): Promise<void> {
  guardAnswers(app, config)
  const { RATE_LIMIT, VERIFY_RATE_LIMIT } = config
  if (RATE_LIMIT > 0 || VERIFY_RATE_LIMIT > 0) {
    await limitRate(app, RATE_LIMIT > 0 ? RATE_LIMIT : Number.MAX_SAFE_INTEGER, ownAddress)
  }
}

async function limitRate(app: FastifyInstance, max: number, ownAddress: string): Promise<void> {
  await app.register(rateLimit, {
    max,
    allowList: [ownAddress],
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { after }) =>
      new HttpProblem(
        429,
        'rate_limited',
        `Too many requests from your address; try again in ${after}.`,
      ),
  })
}
