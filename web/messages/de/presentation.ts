import type { Presentation } from '../en/presentation.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('de')
const credentials = (count: number) => counted(count, { one: '# Nachweis', other: '# Nachweise' })
const ofCredentials = (count: number) =>
  counted(count, { one: '# Nachweis', other: '# Nachweisen' })

/** Deutsche Texte der Seite, die prüft, was jemand vorlegt. */
export const messages: Presentation = {
  documentTitle: 'Vorgelegte Nachweise · Rootmark',
  title: 'Was jemand vorlegt',
  lead: 'Alle Nachweise einer Vorlage, in diesem Browser geprüft: ob jeder echt ist, wessen sie sind und was sie zusammen zeigen.',
  ask: 'Nach Nachweisen fragen',
  single: 'Einen einzelnen Nachweis prüfen',
  intake: {
    title: 'Eine Vorlage öffnen',
    file: 'Datei wählen (JSON oder PDF)',
    paste: 'Oder Link oder JSON einfügen',
    open: 'Prüfen',
    another: 'Eine andere Vorlage öffnen',
    unreadable: 'Das lässt sich nicht als Vorlage lesen:',
  },
  progress: (count, all) => `${count} von ${ofCredentials(all)} geprüft …`,
  spoken: (headline) => `Die Prüfung ist fertig: ${headline}.`,
  whole: {
    title: 'Das Ganze',
    about: credentials,
    valid: {
      headline: () => 'Alles ist echt und gültig, und wer es innehat, hat es signiert',
      next: 'Vergewissern Sie sich, dass die Person vor Ihnen die ist, die Ihnen schrieb: Die Signatur zeigt einen Schlüssel und kein Gesicht.',
    },
    knownPerson: {
      headline: () => 'Alles ist echt, gültig und von der Person, deren Adresse Sie kennen',
      next: 'Niemand hat es signiert: Wer es bekommen hat, kann es weitergeben. Fragen Sie unter der Adresse selbst nach.',
    },
    unbound: {
      headline: () => 'Die Nachweise sind echt, aber niemand hat die Weitergabe signiert',
      next: 'Geben Sie unten die E-Mail-Adresse an, unter der Sie die Person kennen. Oder fragen Sie mit einem Link, dann wird signiert.',
    },
    unsigned: {
      headline: () => 'Sie haben eine Signatur verlangt, und es hat keine',
      next: 'Bitten Sie darum, Ihren Link mit dem Portfolio zu beantworten, das signiert.',
    },
    replayed: {
      headline: () => 'Es beantwortet eine andere Frage als Ihre',
      next: 'Es wurde für jemand anderen oder ein anderes Mal signiert und weitergegeben. Bitten Sie um eine Antwort auf Ihren Link.',
    },
    otherAudience: {
      headline: () => 'Es wurde für jemand anderen gemacht',
      next: 'Es war nicht für Sie bestimmt. Bitten Sie um eine Antwort auf Ihren Link.',
    },
    ended: {
      headline: () => 'Seine Frist ist abgelaufen',
      next: 'Nur bis dahin sollte man sich darauf verlassen. Bitten Sie um eine neue Vorlage.',
    },
    altered: {
      headline: () => 'Es wurde nach dem Signieren geändert, oder jemand anderes hat signiert',
      next: 'Verlassen Sie sich nicht darauf. Bitten Sie um den Link oder die Datei, wie das Portfolio sie machte.',
    },
    malformed: {
      headline: () => 'Es ist nicht gebaut, wie eine Vorlage sein muss',
      next: 'Bitten Sie um den Link oder die Datei, wie das Portfolio sie machte.',
    },
    signatureOpen: {
      headline: () => 'Die Signatur ließ sich nicht prüfen',
      next: 'Das spricht nicht dagegen. Versuchen Sie es später noch einmal.',
    },
    someBad: {
      headline: (count, all) => `Nicht echt oder nicht gültig: ${count} von ${ofCredentials(all)}`,
      next: 'Unten steht, welche und warum. Sie zählen für nichts; die übrigen stehen für sich.',
    },
    someOfOthers: {
      headline: (count, all) => `Von jemand anderem: ${count} von ${ofCredentials(all)}`,
      next: 'Unten steht, welche. Sie zählen nicht. Fragen Sie, warum sie dabei sind.',
    },
    stackBad: {
      headline: (count) =>
        `Folgt nicht aus seinen Teilen: ${counted(count, { one: '# Abschluss', other: '# Abschlüsse' })}`,
      next: 'Was als seine Teile mitkam, widerspricht ihm. Er zählt hier für nichts; fragen Sie, wer ihn ausgestellt hat.',
    },
    unconfirmed: {
      headline: () => 'Echt, aber ist es für Sie?',
      next: 'Wer eine solche Antwort erhält, kann sie weitergeben. Öffnen Sie Ihre eigene Frage, oder sagen Sie unten, dass es Ihre ist.',
    },
    someOpen: {
      headline: (count, all) => `Nicht prüfbar: ${count} von ${ofCredentials(all)}`,
      next: 'Das spricht nicht gegen sie. Versuchen Sie es später, oder nennen Sie unten einen anderen Zugang zur Kette.',
    },
    someUnproved: {
      headline: (count, all) => `Nichts zeigt, wessen: ${count} von ${ofCredentials(all)}`,
      next: 'Sie nennen eine E-Mail-Adresse nur als Fingerabdruck. Geben Sie unten die Adresse an, unter der Sie die Person kennen.',
    },
  },
  facts: {
    holder: 'Signiert von',
    unsigned: 'Niemand hat signiert',
    purpose: 'Wofür, in eigenen Worten',
    audience: 'Für',
    anyone: 'Wer immer es bekommt',
    until: 'Verlässlich bis',
    noEnd: 'Kein Ende genannt',
    created: 'Signiert am',
    question: 'Beantwortet die Frage',
    sources: {
      asked: 'Sie haben sie in diesem Browser gestellt.',
      opened: 'Sie haben sie hier geöffnet.',
      brought: 'Sie kam mit der Antwort: Wer antwortet, hat sie gewählt.',
    },
    over: (time) => `Antworten waren bis ${time} erbeten.`,
  },
  confirm: {
    audience: (audience) => `Als Adressat ist ${audience} genannt.`,
    question: 'Die mitgekommene Frage steht unten.',
    yes: 'Das bin ich, und es ist meine Frage',
  },
  person: {
    label: 'E-Mail-Adresse, unter der Sie die Person kennen',
    use: 'Vergleichen',
    note: 'Sie wird mit den Fingerabdrücken in den Nachweisen verglichen und bleibt in diesem Browser.',
  },
  question: {
    title: 'Was verlangt ist',
    none: 'Öffnen Sie, wonach Sie gefragt haben, um zu sehen, welche Punkte erfüllt sind.',
    open: 'Eine Anforderung oder Frage öffnen (Datei)',
    paste: 'Oder ihren Link einfügen',
    use: 'Damit abgleichen',
    unreadable: 'Das ist keine Anforderung:',
    outcome: {
      open: 'Offen: Manche Nachweise ließen sich nicht prüfen, oder nichts zeigt, wessen sie sind',
      met: 'Erfüllt: Geprüfte eigene Nachweise erfüllen die Anforderung',
      unmet: 'Nicht erfüllt',
      undecided: 'Herauszufinden dauert länger, als darauf verwendet wird',
    },
    clause: { open: 'Offen', met: 'Erfüllt', unmet: 'Nicht erfüllt', spare: 'Nicht nötig' },
    all: 'All dies:',
    some: (count) => `Mindestens ${count} hiervon:`,
    void: 'Die Vorlage selbst gilt nicht, daher sagt dies nichts über die Person.',
    missing: 'Es fehlt',
    credits: (credits) => `${credits} ECTS`,
    by: (name) => `zählt dafür nach dem Wort von ${name}`,
  },
  summary: {
    title: 'Was sie zusammen zeigen',
    none: 'Kein Nachweis zählt, also gibt es nichts zusammenzufassen.',
    note: 'Nur Geprüftes zählt, und nichts doppelt. Jede Zeile führt zu den Nachweisen dahinter.',
    unbound: 'Noch zeigt nichts, dass all dies von einer Person ist.',
    skills: 'Fähigkeiten',
    noFramework: 'Aus keinem genannten Rahmen',
    unrecognised: 'wie Aussteller ihn nennen',
    noSkills: 'Keiner der Nachweise nennt eine Fähigkeit.',
    levels: 'Stufen',
    level: (level) => `EQR-Stufe ${level}`,
    credits: 'Leistungspunkte',
    total: (credits) => `${credits} ECTS insgesamt`,
    counted: (credits) => `${credits} ECTS`,
    standsFor: 'steht für seine Teile',
    uncounted: {
      same_component: 'nicht gezählt: sagt dasselbe wie ein anderer',
      part_of: 'nicht gezählt: Teil eines Abschlusses, der zählt',
      parts_counted: 'nicht gezählt: seine Teile zählen',
      shares_parts: 'nicht gezählt: aus etwas gemacht, das schon zählt',
    },
    unstated: 'nennt keine',
    timeline: 'Wann',
    earned: (time) => `verliehen ${time}`,
    ends: (time) => `gilt bis ${time}`,
    gap: (from, until) => `Nichts zwischen ${from} und ${until}`,
    lapse: (from, until) => `War abgelaufen, von ${from} bis ${until}`,
    upTo: (level) => `bis EQR-Stufe ${level}`,
  },
  stacks: {
    title: 'Abschlüsse und woraus sie gemacht sind',
    pathway: (name) => `Lernweg: ${name}`,
    states: {
      verified: 'Geprüft',
      ended: 'Seither beendet',
      bound: 'Kam nicht mit',
      differs: 'Ein anderes Dokument',
      invalid: 'Nicht echt',
      indeterminate: 'Nicht prüfbar',
    },
  },
  credentials: {
    title: 'Die Nachweise, einer nach dem anderen',
    unnamed: 'Ohne Namen',
    holder: {
      same: 'von der vorlegenden Person',
      other: 'von jemand anderem',
      unproved: 'nichts zeigt, wessen',
    },
    open: (name) => `Belege: ${name}`,
    closed: 'Er ließ sich nicht öffnen.',
  },
  actions: {
    print: 'Drucken',
    save: 'Vorlage speichern',
    pdf: 'Als prüfbares PDF speichern',
  },
  pdfFailed:
    'Hier ließ sich kein PDF machen. Speichern Sie die Vorlage, oder drucken Sie die Seite.',
}
