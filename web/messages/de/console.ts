import type { Console } from '../en/console.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('de-DE')
const credentials = (count: number) => counted(count, { one: '# Nachweis', other: '# Nachweise' })

/** Deutsche Texte der Konsole für Aussteller. */
export const messages: Console = {
  documentTitle: 'Ausstellerkonsole · Rootmark',
  title: 'Ausstellerkonsole',
  loading: 'Einen Augenblick …',
  checkPage: 'Einen Nachweis prüfen',
  log: 'Öffentliches Stapelverzeichnis',
  signOut: 'Abmelden',
  until: (time) => `Angemeldet bis ${time}`,
  sections: 'Teile der Konsole',
  batches: 'Stapel',
  fresh: 'Neuer Stapel',
  back: 'Alle Stapel',
  footer:
    'Ein Cookie hält Sie angemeldet; kein Skript kann es lesen, keine andere Website es benutzen. Der Schlüssel selbst wird nicht aufbewahrt.',
  failed: (why) => `Das ging nicht: ${why}`,
  unreachable:
    'Der Dienst antwortet nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  over: 'Sie sind nicht mehr angemeldet. Melden Sie sich wieder an; was Sie eingegeben hatten, ist noch da.',
  signIn: {
    title: 'Anmelden',
    lead: 'Mit einem API-Schlüssel Ihres Ausstellers. Wer diesen Dienst betreibt, gab Ihnen einen, als Ihr Aussteller eingetragen wurde.',
    key: 'API-Schlüssel',
    hint: 'Beginnt mit rm_',
    button: 'Anmelden',
    wrong:
      'Dieser Schlüssel öffnet hier nichts. Sehen Sie nach, ob ein Zeichen fehlt, oder bitten Sie um einen neuen.',
  },
  states: {
    building: 'wird gebaut',
    built: 'noch nicht verankert',
    submitted: 'auf dem Weg zur Kette',
    included: 'verankert, noch nicht endgültig',
    safe: 'verankert, fast endgültig',
    finalized: 'endgültig verankert',
    failed: 'angehalten',
  },
  list: {
    empty: 'Noch keine Stapel',
    emptyNote: 'Beginnen Sie mit einer Leistung und einer Liste derer, die sie erbracht haben.',
    size: credentials,
    more: 'Ältere Stapel zeigen',
    picture: (total, anchored) =>
      `${credentials(total)} in den gezeigten Stapeln, davon ${number(anchored)} verankert.`,
    anchored: 'verankert',
    waiting: 'nicht verankert',
  },
  search: {
    title: 'Einen Nachweis finden',
    label: 'Teil des Namens oder die Kennung des Nachweises',
    button: 'Suchen',
    none: 'Kein Nachweis passt.',
    found: (count) => `${credentials(count)} gefunden.`,
    some: (count) => `Die ersten ${number(count)}; geben Sie mehr vom Namen ein.`,
    open: (name) => `Den Stapel ${name} öffnen`,
  },
  form: {
    title: 'Neuer Stapel',
    achievement: '1. Was erreicht wurde',
    name: 'Name der Leistung',
    description: 'Beschreibung',
    narrative: 'Wie man sie erbringt (Kriterien)',
    criteriaUrl: 'Webseite mit den Kriterien (freiwillig)',
    type: 'Art',
    level: 'EQR-Niveau (freiwillig)',
    noLevel: 'Keines',
    credits: 'Leistungspunkte, etwa ECTS (freiwillig)',
    validUntil: 'Gültig bis (freiwillig, Tagesende UTC)',
    skills: 'Fähigkeiten',
    skillSearch: 'Eine Fähigkeit in der ESCO-Auswahl finden',
    skillAdd: 'Diese Fähigkeit hinzufügen',
    freeName: 'Oder eine andere Fähigkeit: ihr Name',
    freeUrl: 'und ihre URI (ESCO, CTDL oder CASE)',
    freeAdd: 'Hinzufügen',
    freeBad: 'Geben Sie einen Namen an und eine URI, die etwa mit https: beginnt.',
    skillUnknown:
      'Wählen Sie eine aus der Liste, oder fügen Sie darunter eine mit eigener URI hinzu.',
    remove: (name) => `${name} entfernen`,
    image: 'Bild des Abzeichens (freiwillig): PNG, SVG, JPEG oder WebP',
    imageNote: (limit) =>
      `Es wird Teil jedes Nachweises und hat Platz für ${number(limit)} Zeichen: Ein SVG oder PNG passt, wie es ist; alles Größere wird neu gezeichnet. Mit mehr als etwa 2.000 enthalten gedruckte Codes statt des Nachweises einen Link.`,
    imageAlt: 'Das Abzeichen, wie es sein wird',
    imageSize: (width, length) => `${number(width)} Pixel breit, ${number(length)} Zeichen.`,
    imageBad:
      'Das ist kein Bild, das der Browser klein genug zeichnen kann. Versuchen Sie eines mit weniger Farben.',
    imageRemove: 'Bild entfernen',
  },
  roster: {
    title: '2. Wer sie erbracht hat',
    label: 'Liste: CSV mit Kopfzeile, JSON oder NDJSON, auch mit gzip',
    columns:
      'Spalten: name und email oder did; nach Wunsch result, credits, validFrom, validUntil.',
    example: 'Ein Beispiel zum Ausfüllen herunterladen',
    local: 'Sie wird in Ihrem Browser gelesen. Vor dem Ausstellen wird nichts gesendet.',
    reading: 'Die Liste wird gelesen …',
    good: (count) =>
      `${counted(count, { one: '# Person', other: '# Personen' })}, jede Zeile ist in Ordnung.`,
    bad: (count) =>
      `${counted(count, { one: '# Fehler ist', other: '# Fehler sind' })} zu berichtigen. Ausgestellt wird erst, wenn die Liste fehlerfrei ist; berichtigen Sie die Datei und wählen Sie sie erneut.`,
    line: 'Zeile',
    field: 'Spalte',
    problem: 'Was nicht stimmt',
    row: 'Die Zeile im Wortlaut',
    whole: 'die Zeile',
    others: (count) => `Und ${number(count)} weitere.`,
    format:
      'Der Name der Datei muss auf .csv, .json, .ndjson oder .jsonl enden, oder auf eines davon mit .gz.',
    damaged: 'Das Archiv ist beschädigt; packen Sie die Liste noch einmal.',
    large: (limit) => `Die Datei ist größer als ${limit}; reichen Sie sie über die API ein.`,
  },
  preview: {
    title: '3. Noch einmal ansehen',
    note: 'So wird es im Nachweis der ersten Person stehen. Keine E-Mail-Adresse steht darin, nur ein gesalzener Hash.',
    by: 'verliehen von',
    from: 'Gültig ab der Ausstellung',
    until: (time) => `gültig bis ${time}`,
    credits: (count) => `Leistungspunkte: ${count}`,
    skills: 'Fähigkeiten',
    weight: (each, all) =>
      `Das Bild macht jeden Nachweis um ${each} größer, die Stapeldatei um ${all}.`,
    waiting: 'Beschreiben Sie die Leistung und wählen Sie eine Liste, um es hier zu sehen.',
    json: 'Dasselbe als Daten (JSON)',
  },
  issue: {
    plain: 'Ausstellen',
    button: (count) => `${credentials(count)} ausstellen`,
    note: 'Das Ausstellen macht die Nachweise. Sie zählen, sobald der Stapel verankert ist; das ist der nächste Schritt.',
    sending: 'Die Liste wird eingereicht …',
    missing: 'Geben Sie Name, Beschreibung und Kriterien an und wählen Sie eine fehlerfreie Liste.',
  },
  batch: {
    building: (built, size) => `${number(built)} von ${credentials(size)} gemacht`,
    steps: 'Wie weit der Stapel ist',
    step: {
      built: 'Ausgestellt',
      submitted: 'Gesendet',
      included: 'In einem Block',
      finalized: 'Endgültig',
    },
    root: 'Wurzel',
    transaction: 'Transaktion',
    sequence: (sequence) => `Nummer ${number(sequence)} dieses Ausstellers`,
    file: 'Stapeldatei herunterladen',
    fileNote: 'Sie enthält Namen und Geheimnisse: Bewahren Sie sie auf wie Ihre Akten.',
    withdrawn: (time) => `Der ganze Stapel wurde zurückgezogen: ${time}.`,
    unknown: 'Einen solchen Stapel gibt es hier nicht.',
  },
  anchor: {
    title: 'Verankern',
    managed: 'Mit dem Betreiberschlüssel dieses Dienstes',
    managedNote:
      'Wenn Sie diesen Dienst für Ihr Konto handeln lassen, sendet er eine Transaktion für den ganzen Stapel.',
    button: 'Jetzt verankern',
    asked: 'Beauftragt; es ist unterwegs.',
    own: 'Mit Ihrem eigenen Schlüssel',
    ownNote:
      'Der Schlüssel bleibt bei Ihnen. Der Befehl berechnet die Wurzel neu, bevor er unterschreibt; diese Seite bemerkt die Verankerung von selbst.',
    copy: 'Befehl kopieren',
    copied: 'Kopiert.',
    noManaged: 'Dieser Dienst hat keinen Betreiberschlüssel: Verankern Sie mit Ihrem eigenen.',
  },
  handOut: {
    title: 'Aushändigen',
    note: 'Jede Person bekommt einen eigenen, geheimen Link: Er öffnet den Nachweis, sein PDF und Abzeichen, und mit ihm kann sie ihn teilen. Die Liste macht neue Links; frühere gelten weiter.',
    button: 'Die Links herunterladen (CSV)',
    making: 'Die Links werden gemacht …',
    done: (count) =>
      `${credentials(count)}: Die Liste ist gespeichert. Senden Sie jeden Link nur der Person, der er gehört.`,
    many: 'Die Links so vieler Nachweise gibt es über die API: POST /batches/<id>/links.',
  },
  statistics: {
    title: 'Wie es um die Nachweise steht',
    active: 'in Kraft',
    suspended: 'ausgesetzt',
    revoked: 'widerrufen',
    withdrawn: 'zurückgezogen',
    allWithdrawn: (count) => `Im Ganzen zurückgezogen: ${credentials(count)}.`,
    pending: (count) => `${credentials(count)} auf dem Weg zur Kette.`,
    expired: 'abgelaufen',
    andExpired: (count) => `Abgelaufen: ${number(count)}.`,
    summary: (active, suspended, revoked) =>
      `${number(active)} in Kraft, ${number(suspended)} ausgesetzt, ${number(revoked)} widerrufen.`,
  },
  credentials: {
    title: 'Nachweise',
    filter: 'Name der Person',
    find: 'Suchen',
    select: (name) => `${name} auswählen`,
    selectAll: 'Alle gezeigten auswählen',
    holder: 'Person',
    status: 'Stand',
    open: 'Öffnen',
    openOf: (name) => `Den Nachweis von ${name} öffnen`,
    more: 'Mehr zeigen',
    statuses: {
      active: 'in Kraft',
      suspended: 'ausgesetzt',
      revoked: 'widerrufen',
      withdrawn: 'zurückgezogen',
      expired: 'abgelaufen',
    },
  },
  change: {
    title: 'Das Ausgewählte ändern',
    selected: (count) => `${credentials(count)} ausgewählt.`,
    revoke: 'Widerrufen …',
    suspend: 'Aussetzen …',
    reinstate: 'Wieder in Kraft setzen …',
    asking: 'Es wird gefragt, was es kosten würde …',
    confirm: {
      revoked: (count) =>
        `${credentials(count)} widerrufen? Das ist endgültig: Was widerrufen ist, kann nie wieder in Kraft gesetzt werden.`,
      suspended: (count) =>
        `${credentials(count)} aussetzen? Sie gelten nicht, bis sie wieder in Kraft gesetzt werden.`,
      active: (count) => `${credentials(count)} wieder in Kraft setzen? Die Aussetzung endet.`,
    },
    cost: (transactions, gas, fee) =>
      `Es kostet ${counted(transactions, { one: '# Transaktion', other: '# Transaktionen' })} mit etwa ${number(gas)} Gas: zum jetzigen Preis ${fee} der Münze der Kette, die der Betreiber dieses Dienstes zahlt.`,
    free: 'Nichts muss auf die Kette: Sie stehen schon so.',
    yes: {
      revoked: 'Ja, endgültig widerrufen',
      suspended: 'Ja, aussetzen',
      active: 'Ja, in Kraft setzen',
    },
    no: 'Nein, alles lassen, wie es ist',
    done: (count) => `Vermerkt für ${credentials(count)}; es geht jetzt auf die Kette.`,
  },
}
