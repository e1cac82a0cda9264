import type { Many } from '../en/many.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('de-DE')

/** German texts of the table of many credentials. */
export const messages: Many = {
  title: 'Viele Nachweise',
  checking: (count) =>
    `Bisher ${counted(count, { one: '# Nachweis', other: '# Nachweise' })} geprüft …`,
  done: (count) => `${counted(count, { one: '# Nachweis', other: '# Nachweise' })} geprüft.`,
  full: (count) =>
    `Nur die ersten ${number(count)} wurden geprüft: Mehr geht nicht auf einmal. Prüfen Sie die übrigen für sich.`,
  failed: 'Die Prüfung ist abgebrochen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  stop: 'Anhalten',
  stopped: 'Angehalten: Was bis dahin geprüft war, steht unten.',
  save: 'Als CSV speichern',
  show: 'Anzeigen',
  all: 'Alle',
  search: 'In der Tabelle suchen',
  columns: {
    result: 'Ergebnis',
    reason: 'Grund',
    achievement: 'Leistung',
    holder: 'Inhaber',
    issuer: 'Aussteller',
    name: 'Datei',
  },
  until: 'Gültig bis',
  confirmed: 'Aussteller von einem Akkreditierer bestätigt',
  id: 'Kennung des Nachweises',
  code: 'Kennung des Grundes',
  yes: 'ja',
  no: 'nein',
  open: (name) => `Bericht zu ${name} zeigen`,
  shown: (from, to, all) => `${number(from)} bis ${number(to)} von ${number(all)}`,
  pages: 'Seiten der Tabelle',
  previous: 'Zurück',
  next: 'Weiter',
  none: 'Nichts passt. Wählen Sie „Alle“, oder suchen Sie nach etwas anderem.',
  archive: {
    zip_malformed: 'Dieses Archiv lässt sich nicht lesen',
    zip_encrypted: 'Die Datei ist mit einem Kennwort verschlossen',
    zip_damaged: 'Die Datei ist im Archiv beschädigt',
    zip_ambiguous: 'Das Archiv zeigt anderen Programmen andere Dateien',
    zip_unsupported: 'Die Datei ist auf unübliche Weise gepackt',
  },
}
