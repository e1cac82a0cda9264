import { parentPort } from 'node:worker_threads'
import { messageOf } from '../core/error.ts'
import { certificatePdf } from '../documents/pdf.ts'
import { presentedPdf } from '../documents/presented-pdf.ts'
import type { CertificateAnswer, CertificateRequest } from './certificate.ts'

// A thread that sets certificates, one after the other.
parentPort?.on('message', async (request: CertificateRequest) => {
  const answer = (message: CertificateAnswer) => parentPort?.postMessage(message)
  const { id } = request
  try {
    const pdf =
      'presented' in request
        ? await presentedPdf(request.presented)
        : await certificatePdf(request.credential, request)
    answer({ id, pdf })
  } catch (thrown) {
    answer({ id, failed: messageOf(thrown) })
  }
})
