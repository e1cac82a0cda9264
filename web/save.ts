import type { Report } from '../core/report.ts'

/** Hands the report to the visitor as a JSON file. */
export function saveReport(report: Report): void {
  const name = `report-${report.checkedAt.slice(0, 19).replaceAll(/[:T]/g, '-')}.json`
  saveFile(name, 'application/json', JSON.stringify(report, null, 2))
}

/** Hands a file to the visitor; nothing of it leaves the browser. */
export function saveFile(name: string, type: string, content: string | Uint8Array): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content as BlobPart], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
