import fastify from 'fastify'

// What HTTP itself costs: routes that do nothing.

const app = fastify({ bodyLimit: 1 << 20 })
app.get('/', () => ({ status: 'ok' }))
app.post('/', () => ({ status: 'ok' }))

process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }))
