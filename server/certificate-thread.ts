import { parentPort } from 'node:worker_threads'
import { messageOf } from '../core/error.ts'
import { certificatePdf } from '../documents/pdf.ts'
import type { CertificateAnswer, CertificateRequest } from './certificate.ts'

// A thread that sets certificates, one after the other.
parentPort?.on('message', async ({ id, credential, ...options }: CertificateRequest) => {
  const answer = (message: CertificateAnswer) => parentPort?.postMessage(message)
  try {
    answer({ id, pdf: await certificatePdf(credential, options) })
  } catch (thrown) {
    answer({ id, failed: messageOf(thrown) })
  }
})
