import type { Check } from '../en/check.ts'

/** German texts of the page that takes a credential. */
export const messages: Check = {
  documentTitle: 'Einen Nachweis prüfen · Rootmark',
  title: 'Einen Nachweis prüfen',
  lead: 'Ist er echt, unverändert und noch in Kraft? Fragen Sie selbst die Blockchain: Die Prüfung läuft in diesem Browser.',
  broken: 'Ein Teil dieser Seite konnte nicht geladen werden. Laden Sie sie neu.',
  back: 'Zurück zur Tabelle',
  intake: {
    label: 'Zu prüfender Nachweis',
    drop: 'Nachweise hier ablegen',
    dropNow: 'Loslassen, um zu prüfen',
    or: 'oder',
    choose: 'Dateien wählen',
    folder: 'Ordner wählen',
    hint: 'JSON-Dateien, Badges als PNG- oder SVG-Bild oder als PDF, ein ZIP davon oder eine Liste mit einem Nachweis je Zeile: einer oder Tausende. Sie werden hier gelesen und nicht hochgeladen.',
    scan: 'Code scannen',
    paste: 'JSON oder Link einfügen',
    check: 'Prüfen',
    placeholder: '{ "@context": [ … ] }  oder  https://…',
    placeholderShort: 'JSON oder Link',
    another: 'Weitere Nachweise prüfen',
    examples: 'Kein Nachweis zur Hand? Versuchen Sie einen von diesen:',
  },
  scan: {
    title: 'Einen Code scannen',
    hold: 'Halten Sie den Code vor die Kamera. Das Bild bleibt in diesem Browser.',
    stop: 'Kamera ausschalten',
    asking: 'Warten auf die Kamera …',
    failed:
      'Die Kamera ist hier nicht nutzbar. Erlauben Sie sie im Browser für diese Seite, oder kopieren Sie den Link des Codes und fügen Sie ihn ein.',
  },
  sources: {
    file: (name) => `Datei ${name}`,
    text: 'Eingefügter Text',
    carried: 'Im Code oder Link selbst enthalten',
    link: (origin) => `Abgerufen von ${origin}`,
  },
  footer: {
    how: 'Ein Aussteller legt sich mit seinen Nachweisen in einem Register auf einer öffentlichen Blockchain fest. Diese Seite berechnet den Fingerabdruck eines Nachweises, befragt jenes Register und braucht keinen Server des Ausstellers.',
    local: 'Keine Cookies, keine Tracker, keine fremden Bilder ungefragt.',
  },
}
