import type { Report } from '../en/report.ts'
import { countingIn } from '../plural.ts'
import { reasons } from './reasons.ts'

const { number, counted } = countingIn('de-DE')

/** German texts of a report. */
export const messages: Report = {
  progress: {
    reading: 'Der Nachweis wird gelesen …',
    asking: 'Die Blockchain wird befragt …',
    settled: (count, all) => `${count} von ${all} Prüfungen abgeschlossen`,
  },
  verdicts: {
    valid: 'Gültig',
    invalid: 'Nicht gültig',
    indeterminate: 'Nicht prüfbar',
    refused: 'Nichts zu prüfen',
    checking: 'Prüfung läuft',
  },
  looks: {
    revoked: 'Widerrufen',
    suspended: 'Ausgesetzt',
    expired: 'Abgelaufen',
    early: 'Noch nicht gültig',
    altered: 'Verändert',
    unvouched: 'Aussteller unbekannt',
  },
  fallbackHeadlines: {
    valid: 'Echt, unverändert und in Kraft',
    invalid: 'Etwas daran stimmt nicht',
    indeterminate: 'Eine Frage blieb offen',
    refused: 'Das lässt sich nicht lesen',
  },
  fallbackNext: {
    valid: 'Vergewissern Sie sich, dass die Person, die ihn zeigt, die genannte ist.',
    invalid:
      'Verlassen Sie sich nicht darauf. Bitten Sie um die Datei, die der Aussteller ausgegeben hat.',
    indeterminate: 'Das spricht nicht gegen den Nachweis. Prüfen Sie später noch einmal.',
    refused: 'Bitten Sie um den Nachweis als JSON-Datei.',
  },
  reasons,
  next: 'Was nun zu tun ist',
  save: 'Bericht speichern',
  print: 'Drucken',
  openPresentation: 'Dort öffnen',
  where: (place) => `Die Stelle: ${place}`,
  notes: {
    title: 'Bitte beachten',
    testNetwork: (chain) =>
      `${chain} ist ein Testnetz. Verankerungen dort kosten nichts und beweisen nichts über die wirkliche Welt.`,
    testLabel: 'Testnetz',
    notAccredited:
      'Niemand wurde gefragt, ob er für den Aussteller bürgt: Sein Name ist der, den der Nachweis angibt.',
    scopeInWords: (scope) =>
      `Die Akkreditierung des Ausstellers ist in Worten begrenzt, die Computer nicht vergleichen${scope === '' ? '' : `: „${scope}“`}. Urteilen Sie selbst, ob dieser Nachweis darunter fällt.`,
    notFinal:
      'Die Verankerung ist frisch und noch nicht endgültig: In seltenen Fällen verwirft eine Blockchain ihre neuesten Blöcke. Prüfen Sie in einigen Minuten noch einmal.',
  },
  checks: {
    title: 'Die acht Prüfungen',
    waiting: 'Wartet',
    successor: 'Den berichtigten Nachweis öffnen',
    read: 'Gelesen',
    from: 'von',
    outcomes: {
      valid: 'Bestanden',
      invalid: 'Nicht bestanden',
      indeterminate: 'Nicht feststellbar',
      skipped: 'Nicht gefragt',
    },
    names: {
      format: ['Format', 'Ist es ein Nachweis?'],
      integrity: ['Inhalt', 'Ist er unverändert?'],
      anchor: ['Verankerung', 'Von wem festgelegt, und wann?'],
      signature: ['Signatur', 'Sind die übrigen Beweise gut?'],
      issuer: ['Aussteller', 'War es der genannte Aussteller?'],
      accreditation: ['Akkreditierung', 'Wer bürgt für den Aussteller?'],
      status: ['Status', 'Widerrufen oder ausgesetzt?'],
      validity: ['Gültigkeit', 'Liegt heute in seinem Zeitraum?'],
    },
  },
  credential: {
    title: 'Der Nachweis',
    confirmed: 'Inhalt durch die Verankerung bestätigt',
    confirmedBySignature: 'Inhalt durch die Signatur des Ausstellers bestätigt',
    unconfirmed: 'Nach Angabe der Datei; nichts davon ist bestätigt',
    name: 'Leistung',
    holder: 'Inhaber, laut Angabe',
    holderUnnamed: 'Nicht genannt',
    issuer: 'Aussteller',
    log: 'Alles, was er verankert hat',
    accredited: (accreditors) => `Name bestätigt von ${accreditors}`,
    stated: 'Wie der Nachweis ihn angibt',
    statedOnly: 'Wie der Nachweis ihn angibt; von keinem Akkreditierer bestätigt',
    differs: 'Der Nachweis nennt seinen Aussteller anders als die Akkreditierung.',
    skills: 'Fähigkeiten',
    endorsements: 'Befürwortungen, unter eigener Namensangabe',
    endorserUnnamed: 'Nicht genannt',
    endorsement: {
      valid: 'echt und in Kraft',
      invalid: 'nicht echt oder nicht mehr in Kraft',
      indeterminate: 'nicht prüfbar',
    },
    moreSkills: (count) => `und ${number(count)} weitere`,
    picture: (host) => `Bild zeigen, von ${host}`,
    pictureAlt: 'Bild der Leistung, wie der Aussteller es gemacht hat',
    pictureFailed:
      'Das Bild lässt sich nicht zeigen: Es ist kein PNG von mäßiger Größe, oder sein Server gibt es nicht heraus.',
    level: 'Niveau',
    eqf: (level) => `EQR-Niveau ${level}`,
    credits: 'Leistungspunkte',
    result: 'Ergebnis',
    validity: 'Gültigkeit',
    validFrom: (from) => `Ab ${from}`,
    validBetween: (from, until) => `Von ${from} bis ${until}`,
    noStart: 'Anfang an',
    criteria: 'Wie er erworben wird',
  },
  evidence: {
    title: 'Belege für Fachleute',
    intro: 'Alles, was jemand braucht, um diese Prüfung mit eigenen Mitteln zu wiederholen.',
    none: 'Es wurde keine Verankerung gelesen, also gibt es keine Belege zu zeigen.',
    chain: 'Blockchain',
    registry: 'Register',
    account: 'Konto des Ausstellers',
    root: 'Wurzel des Stapels',
    leaf: 'Blatt',
    digest: 'Prüfsumme',
    statusIndex: 'Statusindex',
    ofSize: (index, size) => `${index} in einem Stapel von ${size}`,
    sequence: 'Stapelnummer des Ausstellers',
    anchoredAt: 'Verankert am',
    finality: 'Endgültigkeit',
    finalities: {
      included: 'included: in einem Block, noch nicht endgültig',
      safe: 'safe: wird kaum noch verworfen',
      finalized: 'finalized: kann nicht mehr verworfen werden',
    },
    block: 'Gelesen bei Block',
    blockHash: 'Blockhash',
    call: 'Aufruf des Vertrags zum Wiederholen',
    callNote:
      'Das erste Wort der Antwort ist der Stand: 1 in Kraft, 2 ausgesetzt, 3 widerrufen, 4 zurückgezogen; das zweite ist die Wurzel.',
    accreditors: 'Akkreditierer, oberster zuerst',
    scope: 'Umfang der Akkreditierung',
    noScope: 'Alles',
    checkedAt: 'Geprüft am',
    reason: 'Kennung des Grundes',
    id: 'Kennung des Nachweises',
  },
  disclosure: {
    title: 'Was diesen Browser verlassen hat',
    nothing: 'Nichts. Der Nachweis wurde hier gelesen und geprüft.',
    kept: 'Der Nachweis selbst blieb hier. Gefragt wurden:',
    purposes: {
      chain: (origin, count) =>
        `${origin}, der Zugang zur Blockchain (${counted(count, { one: '# Frage', other: '# Fragen' })}): ob ein gesalzener Fingerabdruck verankert und in Kraft ist. Namen erfährt er keine.`,
      document: (origin) =>
        `${origin}, nach dem öffentlichen Dokument, auf das der Aussteller verweist.`,
      migrations: (origin) =>
        `${origin}, nach Vermerken darüber, ob der Stapel auf eine andere Blockchain umgezogen ist. Genannt wird die Wurzel des Stapels, kein Name.`,
      credential: (origin) => `${origin}, nach dem Nachweis, weil ein Link angegeben wurde.`,
    },
  },
}
