import type { Portfolio } from '../en/portfolio.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('de-DE')
const documents = (count: number) => counted(count, { one: '# Dokument', other: '# Dokumente' })

/** Deutsche Texte der Seite, auf der jemand seine Nachweise aufbewahrt. */
export const messages: Portfolio = {
  documentTitle: 'Mappe · Rootmark',
  title: 'Ihre Mappe',
  lead: 'Bewahren Sie Ihre Nachweise an einem Ort auf, wer immer sie ausgestellt hat. Sehen Sie, was sie zusammen ergeben, und zeigen Sie, was Sie wollen, wem Sie wollen.',
  checkPage: 'Einen Nachweis prüfen',
  footer: {
    kept: 'Die Mappe liegt in diesem Browser, mit Ihrer Passphrase verschlüsselt. Der Dienst, von dem diese Seite kommt, speichert nichts davon.',
    lost: 'Wer die Passphrase vergisst, hat die Mappe verloren: niemand kann sie öffnen. Wer die Daten des Browsers löscht, löscht sie mit: bewahren Sie eine Kopie als Datei auf.',
  },
  gate: {
    newTitle: 'Eine Mappe anlegen',
    newLead: (least: number) =>
      `Wählen Sie eine Passphrase von mindestens ${counted(least, { one: '# Zeichen', other: '# Zeichen' })}. Mehrere Wörter, die nur für Sie zusammengehören, sind besser als eines mit Sonderzeichen.`,
    choose: 'Passphrase',
    again: 'Dieselbe Passphrase noch einmal',
    create: 'Mappe anlegen',
    haveFile: 'Haben Sie schon eine?',
    openFile: 'Eine Mappendatei öffnen …',
    fileTitle: 'Die Datei öffnen',
    fileLead: 'Sie hat eine eigene Passphrase. Danach liegt die Mappe auch in diesem Browser.',
    lockedTitle: 'Ihre Mappe ist verschlossen',
    lockedLead: 'Geben Sie die Passphrase ein, die Sie dafür gewählt haben.',
    enter: 'Ihre Passphrase',
    unlock: 'Öffnen',
    back: 'Zurück',
    busy: 'Der Schlüssel wird abgeleitet …',
    forgotten: 'Passphrase vergessen?',
    forgottenLead:
      'Ohne sie kann niemand die Mappe öffnen. Sie können die verschlüsselte Datei sichern, falls sie Ihnen wieder einfällt, die Mappe hier löschen und neu beginnen: Aussteller können Ihnen Ihre Links neu geben.',
  },
  shelf: {
    title: (count: number) =>
      count === 0 ? 'Nachweise' : counted(count, { one: '# Nachweis', other: '# Nachweise' }),
    none: 'Hier liegt noch nichts.',
    unnamed: 'Ein Nachweis',
    checking: 'Wird geprüft …',
    trial: 'in einem Testnetz',
    report: 'Ganzer Bericht',
    reportOf: (name: string) => `Ganzer Bericht: ${name}`,
    remove: 'Entfernen',
    removeOf: (name: string) => `Entfernen: ${name}`,
    removeYes: 'Von hier entfernen',
    removeNo: 'Behalten',
    more: (left: number) => counted(left, { one: '# weiteren zeigen', other: '# weitere zeigen' }),
    add: 'Nachweise und Lernwege hinzufügen',
    addLead:
      'Open Badges und prüfbare Nachweise jedes Ausstellers, als JSON, Token, Badge-Bild oder PDF; auch ganze Ordner als ZIP. Legen Sie Dateien hier ab, wählen Sie sie aus oder fügen Sie einen Link ein.',
    choose: 'Dateien wählen',
    paste: 'Oder Links oder JSON einfügen',
    take: 'Hinzufügen',
    added: (count: number) => `Hinzugefügt: ${documents(count)}.`,
    known: (count: number) => `Schon hier: ${documents(count)}.`,
    refused: (count: number) => `Nicht angenommen: ${documents(count)}.`,
    portfolioFound:
      'Das ist eine Mappe. Geben Sie unten ihre Passphrase ein, dann kommt ihr Inhalt zu Ihrem dazu.',
    linkFirst:
      'Öffnen Sie Ihre Mappe oder legen Sie eine an; dann kommt der Nachweis hinein, von dem Sie kommen.',
    linkAsk: 'Den Nachweis, von dem Sie kommen, in Ihre Mappe legen?',
    linkYes: 'Nachweis hinzufügen',
    linkNo: 'Jetzt nicht',
  },
  paths: {
    title: 'Was es zusammen ergibt',
    lead: 'Ein Lernweg ist eine Regel, die sagt, welche Nachweise einen größeren Abschluss ergeben. Fügen Sie oben einen als Link oder Datei hinzu.',
    offers: 'Lernwege Ihrer Aussteller',
    follow: 'Verfolgen',
    followNamed: (name: string) => `Verfolgen: ${name}`,
    look: 'Lernwege meiner Aussteller suchen',
    lookHow:
      'Der Dienst dieser Seite wird nach allen Lernwegen gefragt, die er veröffentlicht. Welche davon von Ihren Ausstellern sind, wird in diesem Browser herausgefunden.',
    lookNone: 'Nichts, was Sie nicht schon verfolgen.',
    picture: (done: number, all: number) =>
      `Eine Mauer im Bau: ${done} von ${all} Steinen sind gesetzt.`,
    standing: {
      met: 'Vollständig: Sie können um den Abschluss bitten',
      unmet: 'Unterwegs',
      undecided:
        'Ob er vollständig ist, lässt sich nicht so schnell herausfinden, wie diese Seite es versucht',
    },
    awarded: 'Vollständig, und Sie haben den Abschluss',
    missing: 'Was noch fehlt:',
    details: 'Was die Regel verlangt',
    outcomes: { met: 'Erfüllt', unmet: 'Fehlt', spare: 'Nicht nötig' },
    counts: 'Durch:',
    remove: 'Nicht mehr verfolgen',
    removeNamed: (name: string) => `Nicht mehr verfolgen: ${name}`,
  },
  question: {
    title: 'Jemand bittet um einen Nachweis',
    asker: 'Die Antwort ist für',
    askerHow:
      'So steht es im Link; so einen Link kann jeder schreiben. Vergewissern Sie sich anders, dass er von dem kommt, an den Sie denken.',
    until: (time: string) => `Antworten werden bis ${time} angenommen.`,
    over: 'Die Zeit für Antworten ist vorbei.',
    openFirst: 'Öffnen Sie Ihre Mappe, um zu sehen, welche Ihrer Nachweise das erfüllen.',
    standing: {
      met: 'Ihre Nachweise erfüllen das',
      unmet: 'Ihre Nachweise erfüllen nicht alles davon',
      undecided:
        'Ob Ihre Nachweise das erfüllen, lässt sich nicht so schnell herausfinden, wie diese Seite es versucht',
    },
    unproved: (count: number) =>
      `${counted(count, { one: '# dieser Nachweise nennt', other: '# dieser Nachweise nennen' })} weder Ihren Schlüssel noch die E-Mail-Adresse, die Sie unten hinterlegt haben. Wer fragt, wird wissen wollen, unter welcher Adresse der Aussteller Sie kennt.`,
    keyless:
      'Sie haben noch keinen Schlüssel, also wird die Antwort nicht unterschrieben, und wer fragt, muss Ihre E-Mail-Adresse kennen. Erzeugen Sie unten einen Schlüssel, um sie zu unterschreiben.',
    answer: 'Diese Nachweise für eine Antwort wählen',
    leave: 'Nicht antworten',
    nothingYet: 'Bisher wurde niemandem etwas mitgeteilt.',
  },
  share: {
    title: 'Jemandem Nachweise zeigen',
    lead: 'Sie machen eine Vorlage: die Nachweise, die Sie wählen, für einen Zweck und bis zu einem Tag. Sie geht dorthin, wohin Sie sie schicken, und sonst nirgends hin.',
    choose: 'Welche Nachweise',
    find: 'Nach Namen suchen',
    none: 'Noch gibt es nichts zu wählen.',
    parts: 'Mit den Teilen des Abschlusses lässt sich nachvollziehen, dass er stimmt.',
    addParts: (count: number) =>
      counted(count, { one: '# Teil hinzufügen', other: '# Teile hinzufügen' }),
    purpose: 'Wofür',
    purposeExample: 'Bewerbung als Datenanalystin',
    audience: 'Für wen',
    audienceOpen: 'Für wen: deren Webadresse (leer: für alle, die es bekommen)',
    until: 'Bis einschließlich',
    experts: 'Für Fachleute',
    challenge: 'Challenge der prüfenden Stelle',
    signed:
      'Sie wird mit Ihrem Schlüssel unterschrieben: niemand kann sie ändern oder als Antwort an jemand anderen verwenden.',
    unsigned:
      'Sie haben keinen Schlüssel, also wird sie nicht unterschrieben: jeder Nachweis beweist sich selbst, aber nicht, dass Sie es sind, die ihn zeigen.',
    final:
      'Wer sie bekommt, kann alles in den gewählten Nachweisen lesen und behalten. Das lässt sich nicht zurücknehmen.',
    make: 'Vorlage machen',
    made: (count: number) =>
      `Fertig: eine Vorlage mit ${counted(count, { one: '# Nachweis', other: '# Nachweisen' })}`,
    link: 'Der Link',
    linkHow:
      'Die Nachweise stehen im Link selbst, hinter dem #: diesen Teil schicken Browser an keinen Server. Behandeln Sie den Link wie die Nachweise.',
    tooLong:
      'Für einen Link ist sie zu groß. Speichern Sie sie als Datei und geben Sie diese weiter.',
    copy: 'Link kopieren',
    copied: 'Ist kopiert.',
    look: 'Ansehen, was andere sehen',
    save: 'Als Datei speichern',
  },
  own: {
    title: 'Ihr Schlüssel und Ihre Adresse',
    lead: 'Mit einem Schlüssel unterschreiben Sie, was Sie zeigen. Geben Sie seine Kennung Ausstellern, bevor sie ausstellen: dann nennen Nachweise Sie bei ihr.',
    make: 'Schlüssel erzeugen',
    made: 'Der Schlüssel liegt in Ihrer Mappe.',
    import: 'Einen vorhandenen Schlüssel verwenden',
    seed: '32 geheime Bytes als Multibase (u…)',
    use: 'Diesen Schlüssel verwenden',
    did: 'Ihre Kennung:',
    didHow: 'Sie ist öffentlich. Das Geheimnis des Schlüssels bleibt in der Mappe.',
    copy: 'Kennung kopieren',
    email: 'E-Mail-Adresse, unter der Aussteller Sie kennen',
    save: 'Merken',
    saved: 'Ist gemerkt.',
    emailHow:
      'Nachweise nennen Adressen nur als Hash. Diese Seite vergleicht sie, um zu wissen, welche Ihre sind; sie gibt die Adresse nie weiter.',
  },
  safe: {
    title: 'Gut aufbewahren',
    lead: 'Das Gedächtnis eines Browsers ist kein Archiv. Sichern Sie ab und zu eine Kopie: eine verschlüsselte Datei, mit derselben Passphrase.',
    export: 'Kopie als Datei sichern',
    exported: 'Die Kopie ist gesichert.',
    import: 'Aus einer Mappendatei hinzufügen …',
    importPhrase: 'Passphrase jener Datei',
    imported: 'Was in der Datei war, liegt in Ihrer Mappe.',
    lock: 'Jetzt verschließen',
    locked: 'Die Mappe ist verschlossen.',
    lockedIdle: 'Die Mappe wurde verschlossen, weil eine Viertelstunde nichts geschah.',
    relock: 'Passphrase ändern',
    relocked: 'Die Passphrase ist geändert. Früher gesicherte Kopien behalten die alte.',
    erase: 'Alles löschen …',
    eraseSure:
      'Die Mappe wird aus diesem Browser gelöscht, samt ihrem Schlüssel. Ohne Kopie ist sie weg. Weiter?',
    eraseYes: 'Löschen',
    eraseNo: 'Lassen, wie es ist',
    erased: 'Die Mappe ist gelöscht.',
  },
  troubles: {
    passphrase_wrong:
      'Das ist nicht die Passphrase. Achten Sie auf Großbuchstaben und Leerzeichen.',
    passphrase_short: 'Die Passphrase ist zu kurz.',
    passphrases_differ: 'Die beiden Passphrasen sind verschieden.',
    portfolio_unknown: 'Diese Datei ist keine Mappe.',
    portfolio_version:
      'Diese Mappe stammt von einer späteren Fassung dieser Seite. Öffnen Sie sie dort, oder laden Sie diese Seite neu.',
    portfolio_damaged:
      'Die Datei ist beschädigt: abgeschnitten oder verändert. Nehmen Sie eine andere Kopie.',
    portfolio_malformed: 'Die Datei lässt sich öffnen, aber ihr Inhalt ist keine Mappe.',
    portfolio_full:
      'Die Mappe ist voll. Entfernen Sie etwas, oder legen Sie in einem anderen Browser eine zweite an.',
    vault_changed:
      'Die Mappe wurde in einem anderen Fenster geändert und ist hier verschlossen. Öffnen Sie sie noch einmal, um weiterzumachen.',
    vault_full:
      'Der Browser gibt keinen Platz mehr her. Nichts wurde geändert; sichern Sie eine Kopie als Datei.',
    vault_missing:
      'Dieser Browser bewahrt nichts auf: vielleicht ein privates Fenster, oder der Speicher ist abgeschaltet.',
    crypto_unavailable:
      'Diese Seite wurde nicht über https geladen; der Browser enthält ihr seine Kryptografie vor.',
    credentials_missing: 'Wählen Sie mindestens einen Nachweis.',
    credentials_too_many: 'Höchstens 24 Nachweise passen in eine Vorlage.',
    presentation_expired: 'Wählen Sie einen Tag, der noch kommt.',
    multibase_malformed:
      'Das ist kein Schlüssel: erwartet wird der Buchstabe u und 43 weitere Zeichen.',
    question_malformed: 'In dem Link steht keine Frage, die sich lesen lässt.',
    link_malformed: 'Der Link ist nicht ganz. Kopieren Sie ihn noch einmal, von Anfang bis Ende.',
    offers_unreachable:
      'Der Dienst dieser Seite hat nicht geantwortet. Versuchen Sie es gleich noch einmal.',
    page_failed:
      'Das hat nicht geklappt. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  },
}
