import type { Standing } from '../en/standing.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('de-DE')
const credentials = (count: number) => counted(count, { one: '# Nachweis', other: '# Nachweise' })

/** Deutsche Texte der Konsole darüber, wie es um Nachweise steht. */
export const messages: Standing = {
  title: 'Ändern, wie es um Nachweise steht',
  which: 'Welche Nachweise',
  chosen: (count) => `Die in der Tabelle ausgewählten: ${credentials(count)}`,
  listed: 'Die auf einer Liste',
  all: (count) => `Der ganze Stapel: ${credentials(count)}`,
  list: {
    label: 'Liste: CSV, NDJSON oder Text',
    note: 'Ein Nachweis je Zeile, mit id, statusIndex, email, did oder name wie in der eingereichten Liste; ein Teil von ihr genügt. Nichts ändert sich, bevor Sie es sagen.',
    reading: (done, total) => `Wird nachgeschlagen: ${number(done)} von ${number(total)} …`,
    good: (count) => `Die Liste nennt ${credentials(count)}; jede Zeile ist in Ordnung.`,
    bad: (count) =>
      `${counted(count, { one: '# Fehler ist', other: '# Fehler sind' })} zu berichtigen. Bis die Liste fehlerfrei ist, ändert sich nichts; berichtigen Sie die Datei und wählen Sie sie erneut.`,
    format: 'Der Name der Datei muss auf .csv, .ndjson, .jsonl oder .txt enden.',
  },
  withdraw: 'Den Stapel zurückziehen …',
  withdrawAsk: (count) =>
    `Den ganzen Stapel zurückziehen? Das ist endgültig: Von ihm gilt dann nichts mehr (${credentials(count)}).`,
  withdrawNote:
    'Das ist eine einzige Transaktion, wie groß der Stapel auch ist, und nur der eigene Schlüssel des Ausstellers sendet sie.',
  own: {
    missing:
      'Dieser Dienst hat keinen Betreiberschlüssel: Geändert wird mit dem eigenen Schlüssel des Ausstellers. Führen Sie dies in einer Kopie von Rootmark aus:',
    refused:
      'Dieser Dienst darf das nicht für Ihr Konto tun: Geändert wird mit dem eigenen Schlüssel des Ausstellers. Führen Sie dies in einer Kopie von Rootmark aus:',
    or: 'Oder mit dem eigenen Schlüssel des Ausstellers',
    note: 'Der Befehl zeigt Gas und Gebühr und fragt, bevor er sendet. Diese Seite bemerkt von selbst, wenn die Kette es zeigt.',
    file: (name) => `${name} herunterladen`,
    waiting: (done, total) =>
      `Warten auf die Kette: Sie zeigt ${number(done)} von ${number(total)}.`,
    waitingBatch: 'Warten auf die Kette: Sie zeigt es noch nicht.',
    arrived: 'Die Kette zeigt es.',
    close: 'Schließen',
  },
  recording: (done, total) => `Wird vermerkt: ${number(done)} von ${number(total)} …`,
  broken: 'Es brach ab. Was vermerkt ist, bleibt; fahren Sie fort, wo es aufhörte.',
  goOn: 'Fortfahren',
  network: {
    public: (variable) =>
      `Er braucht ${variable}_RPC_URL und ${variable}_PRIVATE_KEY, aus der Umgebung oder aus npx hardhat keystore set.`,
    local: 'Ist die Kette nicht unter http://127.0.0.1:8545, so sagt LOCALHOST_RPC_URL, wo.',
    custom: (chainId) =>
      `Die Befehle haben keinen Namen für Kette ${chainId}: Setzen Sie CUSTOM_RPC_URL auf einen Endpunkt von ihr, und CUSTOM_PRIVATE_KEY.`,
  },
}
