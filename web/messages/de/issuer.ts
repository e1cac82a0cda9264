import type { Issuer } from '../en/issuer.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('de-DE')
const batches = { one: '# Stapel', other: '# Stapel' }

/** German texts of the page with an issuer's batch log. */
export const messages: Issuer = {
  documentTitle: (name) => `${name}: Stapelverzeichnis · Rootmark`,
  kicker: 'Stapelverzeichnis',
  testNetwork: (chain) => `${chain}, ein Testnetz`,
  lead: 'Jeder Stapel von Nachweisen, den dieser Aussteller verankert hat, der Reihe nach. Das Register zählt sie lückenlos, sodass auffällt, was fehlt. Namen von Lernenden stehen hier nicht, auch nichts, was zu ihnen führt.',
  checkPage: 'Einen Nachweis prüfen',
  loading: 'Das Verzeichnis wird gelesen …',
  more: {
    show: (count) =>
      counted(count, { one: '# älteren Stapel zeigen', other: '# ältere Stapel zeigen' }),
    loading: 'Wird gelesen …',
  },
  unknown: {
    title: 'Kein solcher Aussteller hier',
    text: 'Dieser Dienst hat unter dieser Adresse keinen Aussteller. Suchen Sie nach einem Tippfehler, oder fragen Sie den Aussteller nach der Adresse seines Verzeichnisses.',
  },
  failed: {
    title: 'Das Verzeichnis war nicht lesbar',
    text: 'Das sagt nichts über den Aussteller. Der Dienst hat nicht geantwortet, wie er soll:',
    again: 'Noch einmal versuchen',
    status: (status) => `Er antwortete mit HTTP ${status}.`,
    malformed: 'Seine Antwort ist kein Stapelverzeichnis.',
  },
  name: {
    confirmed: (accreditors) => `Name bestätigt von ${accreditors}`,
    stated: 'Wie der Aussteller sich selbst nennt',
    callsItself: (name) => `Er selbst nennt sich ${name}.`,
  },
  facts: {
    title: 'Wer verankert, und wo',
    account: 'Konto',
    did: 'DID',
    site: 'Website',
    chain: 'Blockchain',
    registry: 'Register',
    test: 'ein Testnetz: Nichts hier beweist etwas über die wirkliche Welt',
    explorer: 'im Explorer',
  },
  sums: {
    title: 'Was die Blockchain sagt, und was hier veröffentlicht ist',
    chain: 'Die Blockchain sagt',
    chainCount: (count) =>
      counted(count, { one: '# Stapel verankert', other: '# Stapel verankert' }),
    chainAsOf: (block, time) => `Bei Block ${number(block)}, ${time}`,
    chainUnread: 'Sie war nicht zu befragen',
    chainUnreadNote:
      'Daher lässt sich von hier aus nicht sagen, ob die Liste unten vollständig ist.',
    chainOld: 'Sie ist gerade nicht zu befragen; dies hat sie zuvor gesagt.',
    service: 'Dieser Dienst veröffentlicht',
    published: (count) => counted(count, batches),
    seen: (time) => `Zuletzt mit der Blockchain verglichen: ${time}`,
    credentials: 'Nachweise',
    revoked: 'Widerrufen',
    suspended: 'Ausgesetzt',
    withdrawn: 'Zurückgezogen',
    withdrawnIn: (count) => counted(count, { one: 'in # Stapel', other: 'in # Stapeln' }),
    complete: (count) =>
      count === 1
        ? 'Vollständig: Der eine Stapel, den die Blockchain zählt, ist hier veröffentlicht.'
        : `Vollständig: Alle ${number(count)} Stapel, die die Blockchain zählt, sind hier veröffentlicht.`,
    missing: (missing, count) =>
      `${counted(missing, { one: '# Stapel', other: '# Stapel' })} von ${number(count)}, die die Blockchain zählt, ${missing === 1 ? 'ist' : 'sind'} hier nicht veröffentlicht. Vielleicht veröffentlicht der Aussteller anderswo; fragen Sie ihn, oder machen Sie ein Audit.`,
    ahead: (count) =>
      `Hier veröffentlicht, aber von der Blockchain bei diesem Block nicht gezählt: ${counted(count, { one: '# Stapel', other: '# Stapel' })}. Vielleicht ist sie zurückgegangen; sehen Sie in einer Minute wieder nach.`,
    unread:
      'Ob die Liste vollständig ist, weiß man gerade nicht: Die Blockchain war nicht zu befragen.',
  },
  accreditation: {
    title: 'Wer für den Aussteller bürgt',
    accredited: (accreditors) => `Akkreditiert von ${accreditors}`,
    scope: 'Für',
    limits: {
      none: 'Ohne Grenzen für das, was er verleiht',
      types: (types) => `Leistungen der Art ${types}`,
      eqf: (levels) => `EQR-Niveau ${levels}`,
      isced: (fields) => `Fachgebiet ${fields} (ISCED-F)`,
    },
    period: 'Zeitraum',
    since: (from) => `seit ${from}`,
    between: (from, until) => `von ${from} bis ${until}`,
    withdrawn: (time) => `entzogen ${time}`,
    ended: 'Nicht mehr akkreditiert',
    endedNote:
      'Was er verankerte, solange er akkreditiert war, bleibt gut; bei jedem Stapel steht, wer damals für ihn bürgte.',
    none: 'Niemand, dem hier vertraut wird, bürgt für ihn',
    noneNote:
      'Keiner der Akkreditierer, denen dieser Dienst vertraut, hat dieses Konto akkreditiert.',
    notAsked: 'Niemand wurde gefragt',
    notAskedNote:
      'Dieser Dienst nennt für diese Blockchain keine Akkreditierer. Wer der Aussteller ist, beruht auf seinem eigenen Wort.',
    unread: 'War nicht zu erfragen',
    unreadNote: 'Die Blockchain war nicht lesbar. Das spricht nicht gegen den Aussteller.',
    policy: 'Nach der Vertrauensdatei dieses Dienstes; Sie können anderen vertrauen.',
    atAnchor: {
      accredited: (accreditors) => `damals akkreditiert von ${accreditors}`,
      ended: 'damals nicht akkreditiert',
      none: 'damals bürgte niemand, dem hier vertraut wird',
      unread: 'Akkreditierung war nicht lesbar',
    },
  },
  picture: {
    title: 'Wann, und was daraus wurde',
    summary: (credentials, from, until) =>
      `${credentials} Nachweise nach der Zeit ihrer Verankerung, von ${from} bis ${until}.`,
    inForce: 'nicht beendet',
    revoked: 'widerrufen',
    suspended: 'ausgesetzt',
    withdrawn: 'in zurückgezogenen Stapeln',
    most: (count) => `${count} Nachweise`,
    numbers: 'Dasselbe in Zahlen',
    period: 'Von',
    batches: 'Stapel',
    credentials: 'Nachweise',
    note: 'Nach dem Stand von jetzt: Ein Widerruf erscheint dort, wo sein Nachweis verankert wurde.',
  },
  batches: {
    title: 'Stapel',
    order: 'neueste zuerst',
    legend: 'Wie endgültig die Verankerung ist:',
    number: (sequence) => `Stapel ${number(sequence)}`,
    size: (size) => counted(size, { one: '# Nachweis', other: '# Nachweise' }),
    noneEnded: 'keiner beendet',
    revoked: (count) => `${number(count)} widerrufen`,
    suspended: (count) => `${number(count)} ausgesetzt`,
    withdrawn: (time) => `zurückgezogen ${time}`,
    root: 'Wurzel',
    leaves: 'Blätter',
    transaction: 'Transaktion',
    unpublished: 'Verankert, hier nicht veröffentlicht',
    unpublishedNote: 'Die Blockchain zählt ihn, und dieser Dienst hat keine Blätter davon.',
    ahead:
      'Nicht im Stand der Blockchain bei dem gelesenen Block: Vielleicht ist sie zurückgegangen.',
    finalities: {
      included: ['included', 'in einem Block, noch nicht endgültig'],
      safe: ['safe', 'wird kaum noch verworfen'],
      finalized: ['finalized', 'kann nicht mehr verworfen werden'],
    },
    empty: 'Noch ist nichts verankert',
    emptyNote: 'Stapel erscheinen hier, sobald die Blockchain sie hat.',
    emptyUnread:
      'Hier ist nichts veröffentlicht. Ob die Blockchain etwas hat, weiß man gerade nicht.',
  },
  recheck: {
    title: 'Dieses Verzeichnis selbst gegen die Blockchain prüfen',
    intro:
      'Sie müssen dieser Seite nicht glauben. Ihr Browser fragt einen Zugang zur Blockchain, wie viele Stapel das Konto verankert hat, und zu jedem hier genannten nach Anker und beendeten Nachweisen, und zeichnet jede Zeile.',
    asks: (label) => `Gefragt wird ${label}.`,
    asksNone: 'Für diese Blockchain ist kein Zugang bekannt: Nennen Sie unten einen.',
    button: 'Gegen die Blockchain prüfen',
    again: 'Noch einmal prüfen',
    stop: 'Anhalten',
    running: (done, all) => `${number(done)} von ${number(all)} Zeilen geprüft …`,
    asOf: (block, time, label) => `Gelesen bei Block ${number(block)}, ${time}, von ${label}.`,
    complete: (count) =>
      count === 0
        ? 'Richtig: Die Blockchain zählt keinen Stapel dieses Kontos, und keiner ist genannt.'
        : `Das Verzeichnis ist vollständig und richtig: ${count === 1 ? 'Der eine Stapel, den die Blockchain zählt, ist' : `Alle ${number(count)} Stapel, die die Blockchain zählt, sind`} genannt, mit Wurzel, Größe, Zeit und Stand wie auf der Blockchain.`,
    part: (shown, count) =>
      `Alle ${number(shown)} Zeilen sind wie auf der Blockchain. Sie zählt ${number(count)}: Zeigen Sie die älteren, um auch diese zu prüfen.`,
    rest: (count) =>
      count === 1
        ? 'Die andere Zeile ist wie auf der Blockchain.'
        : `Die anderen ${number(count)} Zeilen sind wie auf der Blockchain.`,
    withheld: (missing) =>
      `${counted(missing, { one: '# Zeile hat', other: '# Zeilen haben' })} eine Nummer auf der Blockchain und hier keinen Stapel. Die Wurzel steht im Protokoll des Registers; ein Audit findet sie.`,
    wrong: (wrong) =>
      `${counted(wrong, { one: '# Zeile weicht', other: '# Zeilen weichen' })} von der Blockchain ab, wie gezeichnet. Was sich in der letzten Minute geändert hat, ist vielleicht noch nicht genannt: Laden Sie die Seite neu, und prüfen Sie noch einmal.`,
    unlisted: (count) =>
      `Die Blockchain zählt ${counted(count, { one: '# neueren Stapel', other: '# neuere Stapel' })} mehr, als das Verzeichnis nennt. Laden Sie die Seite neu, und prüfen Sie noch einmal.`,
    failed: 'Nicht prüfbar. Das spricht nicht gegen das Verzeichnis. ',
    untrusted:
      'Das Verzeichnis nennt ein Register, dem die Vertrauensdatei dieser Seite nicht traut.',
    same: 'wie auf der Blockchain',
    counted: 'die Blockchain zählt ihn',
    missing: 'die Blockchain hat keinen solchen Anker',
    differs: (what) => `die Blockchain sagt: ${what}`,
    sequence: (sequence) => `Nummer ${number(sequence)}`,
    anchoredAt: (time) => `verankert ${time}`,
    notWithdrawn: 'nicht zurückgezogen',
    audit: 'Mit eigenen Werkzeugen, samt Blättern und Bäumen:',
  },
  footer: {
    how: 'Ein Aussteller legt sich mit seinen Nachweisen in einem Register auf einer öffentlichen Blockchain fest, und das Register zählt, was jedes Konto verankert. Diese Seite listet das und enthält keinen Nachweis.',
    json: 'Dieses Verzeichnis als JSON',
    public: 'Keine Cookies, keine Tracker.',
  },
}
