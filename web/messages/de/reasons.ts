import type { Reasons } from '../en/reasons.ts'

const askForOriginal =
  'Verlassen Sie sich nicht darauf. Bitten Sie um die Datei, genau wie der Aussteller sie ausgegeben hat.'
const nothingAgainst = 'Das spricht nicht gegen den Nachweis.'
const maybeRevoked = `${nothingAgainst} Er kann widerrufen sein: Fragen Sie den Aussteller, bevor Sie sich darauf verlassen.`
const maybeRevokedAgain = `${nothingAgainst} Er kann widerrufen sein: Versuchen Sie es noch einmal, bevor Sie sich darauf verlassen.`
const tryLater = `${nothingAgainst} Versuchen Sie es später noch einmal.`

const malformed = {
  headline: 'Das ist kein wohlgeformter Nachweis',
  next: 'Die Datei ist vielleicht beschädigt oder von Hand gemacht. Bitten Sie um die Datei, die der Aussteller ausgegeben hat.',
}
const brokenProof = { headline: 'Sein Beweis ist beschädigt', next: askForOriginal }
const brokenSignature = { headline: 'Seine Signatur ist beschädigt', next: askForOriginal }
const brokenKey = {
  headline: 'Der Schlüssel der Signatur ist unbrauchbar',
  next: 'Verlassen Sie sich nicht darauf. Bitten Sie den Aussteller, seine veröffentlichten Schlüssel zu prüfen.',
}
const ambiguousMeaning = {
  headline: 'Was er besagt, ist für Computer nicht eindeutig',
  next: 'Verlassen Sie sich nicht darauf: Programme können Verschiedenes darin lesen. Bitten Sie um die Datei, genau wie der Aussteller sie ausgegeben hat.',
}
const unreliableList = {
  headline: 'Auf seine Statusliste ist kein Verlass',
  next: maybeRevoked,
}
const notJson = {
  headline: 'Das ist kein lesbares JSON',
  next: 'Vielleicht fehlt ein Teil des Textes. Kopieren oder laden Sie alles, von der ersten { bis zur letzten }, und versuchen Sie es noch einmal.',
}
const damagedImage = {
  headline: 'Dieses Bild ist beschädigt',
  next: 'Laden Sie es dort noch einmal herunter, wo der Aussteller es anbietet, oder bitten Sie um die JSON-Datei.',
}
const outOfBounds = {
  headline: 'So sieht kein Nachweis aus',
  next: 'Nachweise sind klein. Sehen Sie nach, ob es die richtige Datei ist.',
}
const impersonated =
  'Verlassen Sie sich nicht darauf. Vielleicht benutzt jemand den Namen des Ausstellers; sagen Sie es ihm, wenn Sie können.'
const askAboutKey =
  'Verlassen Sie sich nicht darauf. Fragen Sie den Aussteller, ob er signiert hat, und mit welchem Schlüssel.'
const notAccredited = 'Verlassen Sie sich nicht darauf als akkreditierten Nachweis.'

/** What the verdict's reason means to a person, and what to do, in German. */
export const reasons: Reasons = {
  valid: {
    headline: 'Echt, unverändert und in Kraft',
    next: 'Sie können sich auf seinen Inhalt verlassen. Vergewissern Sie sich, dass die Person, die ihn zeigt, die genannte ist.',
  },
  valid_of_unvouched_issuer: {
    headline: 'Echt, unverändert und in Kraft',
    next: 'Sein Aussteller hat das gesagt, aber niemand bürgt dafür, wer der Aussteller ist. Vergewissern Sie sich, dass die Kennung unter „Aussteller“ zur genannten Organisation gehört und dass die Person, die ihn zeigt, die genannte ist.',
  },
  valid_on_test_network: {
    headline: 'Echt, unverändert und in Kraft',
    next: 'Er besteht jede Prüfung, aber nur zur Probe. Bevor Sie sich darauf verlassen, bitten Sie um den Nachweis, der in einem echten Netz verankert ist.',
  },
  revoked: {
    headline: 'Vom Aussteller widerrufen',
    next: 'Verlassen Sie sich nicht darauf. Ein Widerruf ist endgültig; fragen Sie, ob ein berichtigter Nachweis ihn ersetzt.',
  },
  superseded: {
    headline: 'Durch einen berichtigten Nachweis ersetzt',
    next: 'Verlassen Sie sich nicht auf diesen: Der Aussteller hat ihn widerrufen, als er den berichtigten ausstellte. Fragen Sie den Inhaber danach, oder öffnen Sie ihn dort, wo die Prüfung ihn nennt.',
  },
  suspended: {
    headline: 'Vom Aussteller ausgesetzt',
    next: 'Verlassen Sie sich vorerst nicht darauf. Eine Aussetzung kann aufgehoben werden: Prüfen Sie später noch einmal, oder fragen Sie den Aussteller.',
  },
  withdrawn: {
    headline: 'Sein ganzer Stapel wurde zurückgezogen',
    next: 'Verlassen Sie sich nicht darauf. Bitten Sie um den Nachweis, der ihn ersetzt.',
  },
  expired: {
    headline: 'Sein Zeitraum ist vorbei',
    next: 'Wenn Sie einen Beleg für heute brauchen, bitten Sie um einen erneuerten Nachweis.',
  },
  not_yet_valid: {
    headline: 'Sein Zeitraum hat noch nicht begonnen',
    next: 'Prüfen Sie ihn noch einmal, wenn er begonnen hat.',
  },
  tampered: {
    headline: 'Der Inhalt ist nicht der ausgestellte',
    next: `${askForOriginal} Ist es diese Datei, so ist ihr Stapel vielleicht noch nicht verankert: Fragen Sie den Aussteller.`,
  },
  proof_mismatch: {
    headline: 'Sein Beweis gehört zu einem anderen Nachweis',
    next: askForOriginal,
  },
  proof_missing: {
    headline: 'Er trägt keinen Beweis',
    next: 'Verlassen Sie sich nicht darauf: Jeder könnte ihn geschrieben haben. Bitten Sie um die Datei, die der Aussteller ausgegeben hat.',
  },
  anchor_missing: { headline: 'Sein Ankerbeweis wurde weggelassen', next: askForOriginal },
  anchor_unknown: {
    headline: 'Das Konto seines Ausstellers hat nichts verankert',
    next: 'Verlassen Sie sich nicht darauf. Wurde er gerade erst ausgestellt, fragen Sie den Aussteller, ob sein Stapel schon verankert ist.',
  },
  status_index_out_of_range: {
    headline: 'Er gehört nicht zu dem Stapel, den er nennt',
    next: askForOriginal,
  },
  registry_untrusted: {
    headline: 'Er ist in einem Vertrag verankert, dem hier niemand traut',
    next: 'Verlassen Sie sich nicht darauf. Ein Vertrag kann alles behaupten; fragen Sie den Aussteller, welches Register er benutzt.',
  },
  test_network_refused: {
    headline: 'Er ist nur in einem Testnetz verankert',
    next: 'Verlassen Sie sich nicht darauf: Er ist eine Probe. Bitten Sie um den echten Nachweis.',
  },
  issuer_account_mismatch: {
    headline: 'Er wurde nicht vom genannten Aussteller verankert',
    next: impersonated,
  },
  did_document_mismatch: {
    headline: 'Das Identitätsdokument des Ausstellers ist ein anderes',
    next: 'Verlassen Sie sich nicht darauf. Bitten Sie den Aussteller, sein DID-Dokument zu prüfen.',
  },
  issuer_unknown: {
    headline: 'Niemand, dem hier vertraut wird, bürgt für den Aussteller',
    next: 'Verlassen Sie sich nicht auf den Namen des Ausstellers. Finden Sie auf anderem Weg heraus, wer diesen Nachweis gemacht hat.',
  },
  accreditation_not_begun: {
    headline: 'Der Aussteller war noch nicht akkreditiert',
    next: `${notAccredited} Fragen Sie den Aussteller, ob er ihn inzwischen neu ausgestellt hat.`,
  },
  accreditation_ended: {
    headline: 'Der Aussteller war nicht mehr akkreditiert',
    next: `${notAccredited} Fragen Sie den Aussteller nach seiner Akkreditierung.`,
  },
  accreditation_withdrawn: {
    headline: 'Die Akkreditierung des Ausstellers war entzogen',
    next: `${notAccredited} Fragen Sie den Akkreditierer nach dem Grund.`,
  },
  accreditor_not_in_force: {
    headline: 'Der Akkreditierer des Ausstellers durfte nicht akkreditieren',
    next: `${notAccredited} Fragen Sie den Aussteller, wer heute für ihn bürgt.`,
  },
  accreditation_scope_mismatch: {
    headline: 'Der Aussteller war hierfür nicht akkreditiert',
    next: `${notAccredited} Der Aussteller ist bekannt, darf dies aber nicht verleihen. Fragen Sie ihn oder seinen Akkreditierer.`,
  },
  signature_invalid: { headline: 'Der Inhalt ist nicht der signierte', next: askForOriginal },
  issuer_key_mismatch: {
    headline: 'Er wurde nicht vom genannten Aussteller signiert',
    next: impersonated,
  },
  jwt_claims_mismatch: {
    headline: 'Er widerspricht sich selbst',
    next: 'Verlassen Sie sich nicht darauf: Was er an zwei Stellen sagt, ist nicht dasselbe. Bitten Sie um die Datei, genau wie der Aussteller sie ausgegeben hat.',
  },
  jwt_algorithm_refused: {
    headline: 'Er ist auf eine Weise signiert, die nichts beweist',
    next: 'Verlassen Sie sich nicht darauf: Jeder könnte ihn geschrieben haben. Bitten Sie um die Datei, genau wie der Aussteller sie ausgegeben hat.',
  },
  issuer_account_unbound: {
    headline: 'Sein Aussteller kennt das Konto nicht, das ihn verankert hat',
    next: 'Verlassen Sie sich nicht darauf: Er kann widerrufen und von jemand anderem neu verankert worden sein. Fragen Sie den Aussteller.',
  },
  previous_proof_missing: {
    headline: 'Eine Signatur, auf der eine andere aufbaut, fehlt',
    next: askForOriginal,
  },
  proof_expired: {
    headline: 'Seine Signatur ist abgelaufen',
    next: 'Wenn Sie einen Beleg für heute brauchen, bitten Sie um einen Nachweis mit neuer Signatur.',
  },
  challenge_mismatch: {
    headline: 'Er wurde jemand anderem gezeigt',
    next: 'Verlassen Sie sich nicht darauf. Bitten Sie darum, dass er Ihnen neu gezeigt wird.',
  },
  domain_mismatch: {
    headline: 'Er wurde anderswo gezeigt',
    next: 'Verlassen Sie sich nicht darauf. Bitten Sie darum, dass er Ihnen neu gezeigt wird.',
  },
  key_expired: {
    headline: 'Er wurde mit einem abgelaufenen Schlüssel signiert',
    next: 'Verlassen Sie sich nicht darauf. Bitten Sie den Aussteller, ihn neu zu signieren.',
  },
  key_revoked: {
    headline: 'Der Schlüssel, der ihn signierte, wurde widerrufen',
    next: 'Verlassen Sie sich nicht darauf: Andere können den Schlüssel gehabt haben. Bitten Sie den Aussteller, ihn neu zu signieren.',
  },
  method_missing: {
    headline: 'Der Aussteller führt den Schlüssel nicht, der ihn signierte',
    next: askAboutKey,
  },
  method_purpose: {
    headline: 'Der Schlüssel, der ihn signierte, ist nicht für Nachweise gedacht',
    next: askAboutKey,
  },
  presentation_given: {
    headline: 'Das ist eine Vorlage mit mehreren Nachweisen',
    next: 'Öffnen Sie sie auf der Seite für Vorlagen: Sie prüft alle und sagt, wer sie vorlegt.',
  },
  not_a_credential: {
    headline: 'Das ist kein Nachweis',
    next: 'Es ist JSON, aber von anderer Art. Bitten Sie um den Nachweis als JSON-Datei.',
  },
  chain_unreachable: {
    headline: 'Der Zugang zur Blockchain hat nicht geantwortet',
    next: `${nothingAgainst} Versuchen Sie es gleich noch einmal, oder nennen Sie unten einen anderen Zugang.`,
  },
  chain_unknown: {
    headline: 'Für seine Blockchain ist kein Zugang bekannt',
    next: `${nothingAgainst} Nennen Sie unten einen Zugang, dann wird sofort geprüft.`,
  },
  chain_untrusted: {
    headline: 'Seine Blockchain kennt diese Seite nicht',
    next: `${nothingAgainst} Eine andere Prüfstelle kennt sie vielleicht; wer diese Seite betreibt, kann sie in die Vertrauensdatei aufnehmen.`,
  },
  chain_mismatch: {
    headline: 'Der Zugang gehört zu einer anderen Blockchain',
    next: `${nothingAgainst} Nennen Sie unten einen Zugang zur richtigen.`,
  },
  chain_stale: {
    headline: 'Der Zugang zur Blockchain hinkt hinterher',
    next: `${nothingAgainst} Nennen Sie unten einen anderen Zugang, oder prüfen Sie später.`,
  },
  chain_answer_malformed: {
    headline: 'Der Zugang zur Blockchain gab keine brauchbare Antwort',
    next: `${nothingAgainst} Nennen Sie unten einen anderen Zugang.`,
  },
  carried_malformed: {
    headline: 'Der Code wurde nicht vollständig gelesen',
    next: `${nothingAgainst} Scannen Sie ihn bei gutem Licht und flach liegend noch einmal, oder kopieren Sie den ganzen Link; sonst bitten Sie um die Datei.`,
  },
  block_header_malformed: {
    headline: 'Der Zugang zur Blockchain liefert keinen Block',
    next: `${nothingAgainst} Versuchen Sie es mit einem anderen Zugang.`,
  },
  block_header_unknown: {
    headline: 'Die Blockchain hat Blöcke neuer Art',
    next: `${nothingAgainst} Mit dieser Fassung lässt er sich nicht beweisen: Nehmen Sie eine neuere, oder prüfen Sie ohne Beweise.`,
  },
  endpoints_disagree: {
    headline: 'Die Zugänge zur Blockchain sind sich nicht einig',
    next: `${nothingAgainst} Versuchen Sie es gleich noch einmal; bleibt es dabei, sagen Sie es dem Betreiber.`,
  },
  registry_missing: {
    headline: 'Der Zugang zur Blockchain kennt dort kein Register',
    next: `${nothingAgainst} Nennen Sie unten einen anderen; dieser hinkt vielleicht hinterher oder gehört zu einem anderen Netz.`,
  },
  accreditations_too_many: {
    headline: 'Es gibt zu viele Akkreditierungen zum Durchsehen',
    next: `${nothingAgainst} Sagen Sie dem Betreiber dieser Seite, welchem Akkreditierer sie unmittelbar vertrauen soll.`,
  },
  accreditation_scope_unstated: {
    headline: 'Ob sein Aussteller hierfür akkreditiert war, ist nicht feststellbar',
    next: `${nothingAgainst} Er lässt weg, wodurch die Akkreditierung begrenzt ist: Fragen Sie den Aussteller nach Niveau und Fachgebiet, bevor Sie sich darauf verlassen.`,
  },
  signature_unsupported: {
    headline: 'Er trägt einen Beweis, der hier nicht prüfbar ist',
    next: `${nothingAgainst} Eine andere Prüfstelle kennt diese Art vielleicht.`,
  },
  proofs_too_many: {
    headline: 'Er trägt mehr Signaturen, als hier geprüft werden',
    next: 'Nachweise tragen eine oder zwei. Bitten Sie um die Datei, die der Aussteller ausgegeben hat.',
  },
  proof_member_unknown: {
    headline: 'Seine Signatur besagt etwas, das hier nicht verstanden wird',
    next: `${nothingAgainst} Eine andere Prüfstelle weiß vielleicht, was es bedeutet.`,
  },
  context_unknown: {
    headline: 'Er benutzt ein Vokabular, das hier unbekannt ist',
    next: `${nothingAgainst} Eine andere Prüfstelle kennt es vielleicht; hier wird keines nachgeschlagen, damit niemand ändern kann, was ein Wort bedeutet.`,
  },
  json_ld_too_complex: {
    headline: 'Er ist zu verwickelt, um hier geprüft zu werden',
    next: 'Nachweise sind einfach. Bitten Sie um die Datei, die der Aussteller ausgegeben hat.',
  },
  crypto_unavailable: {
    headline: 'Auf dieser Seite lassen sich Signaturen nicht prüfen',
    next: `${nothingAgainst} Öffnen Sie diese Seite unter einer Adresse, die mit https:// beginnt, und prüfen Sie noch einmal.`,
  },
  jwt_key_unnamed: {
    headline: 'Er sagt nicht, mit welchem Schlüssel er signiert ist',
    next: `${nothingAgainst} Der Aussteller kennt vielleicht eine Prüfstelle, die den Schlüssel hat: Fragen Sie ihn, bevor Sie sich darauf verlassen.`,
  },
  issuer_key_self_asserted: {
    headline: 'Ob sein Aussteller ihn signiert hat, ist nicht feststellbar',
    next: 'Er wurde seit der Signatur nicht verändert, aber so kann jeder in jedem Namen signieren. Fragen Sie den Aussteller, ob er von ihm ist, bevor Sie sich darauf verlassen.',
  },
  issuer_key_elsewhere: {
    headline: 'Ob sein Aussteller ihn signiert hat, ist nicht feststellbar',
    next: 'Er wurde seit der Signatur nicht verändert, aber sein Schlüssel liegt, wo nicht nur der Aussteller ihn hinlegen konnte. Fragen Sie den Aussteller, ob er von ihm ist, bevor Sie sich darauf verlassen.',
  },
  key_unreachable: {
    headline: 'Der Schlüssel seines Ausstellers war nicht abrufbar',
    next: tryLater,
  },
  key_format_unknown: {
    headline: 'Er ist mit einer hier unbekannten Art von Schlüssel signiert',
    next: `${nothingAgainst} Eine andere Prüfstelle kennt diese Art vielleicht.`,
  },
  did_method_unsupported: {
    headline: 'Der Schlüssel seines Ausstellers lässt sich hier nicht nachschlagen',
    next: `${nothingAgainst} Eine andere Prüfstelle weiß vielleicht, wie man ihn findet.`,
  },
  issuer_unresolvable: {
    headline: 'Wer der Aussteller ist, ließ sich nicht feststellen',
    next: `${nothingAgainst} Fragen Sie den Aussteller, mit welchem Konto er verankert.`,
  },
  did_document_unreachable: {
    headline: 'Die Identität des Ausstellers war nicht abrufbar',
    next: tryLater,
  },
  status_unsupported: { headline: 'Sein Status lässt sich hier nicht lesen', next: maybeRevoked },
  statuses_too_many: {
    headline: 'Er nennt mehr Statuslisten, als gefragt werden',
    next: maybeRevoked,
  },
  status_unreachable: {
    headline: 'Seine Statusliste war nicht lesbar',
    next: maybeRevokedAgain,
  },
  status_list_not_in_force: {
    headline: 'Seine Statusliste ist veraltet',
    next: `${nothingAgainst} Der Aussteller muss die Liste erneuern: Versuchen Sie es später, oder fragen Sie ihn.`,
  },
  status_list_unverified: {
    headline: 'Ob seine Statusliste echt ist, ließ sich nicht feststellen',
    next: maybeRevokedAgain,
  },
  status_issuer_mismatch: {
    headline: 'Seine Statusliste führt jemand anderes',
    next: `${nothingAgainst} Hier wird nur der eigenen Liste des Ausstellers geglaubt: Fragen Sie ihn.`,
  },
  status_unreadable: { headline: 'Sein Status war nicht lesbar', next: maybeRevokedAgain },
  nothing_proved: {
    headline: 'Es gibt nichts, wogegen er sich prüfen ließe',
    next: 'Verlassen Sie sich nicht auf ihn allein. Bitten Sie um die Datei, die der Aussteller ausgegeben hat.',
  },
  jwt_malformed: {
    headline: 'Das ist kein lesbares JSON Web Token',
    next: 'Vielleicht fehlt ein Teil des Textes. Kopieren oder laden Sie alles, mit beiden Punkten, und versuchen Sie es noch einmal.',
  },
  utf8_invalid: {
    headline: 'Das ist keine Textdatei',
    next: 'Ein Nachweis ist eine JSON-Datei oder ein Badge als PNG- oder SVG-Bild oder als PDF. Haben Sie etwas anderes, bitten Sie um die JSON-Datei.',
  },
  duplicate_name: { headline: 'Dieses JSON sagt zweierlei zugleich', next: askForOriginal },
  lone_surrogate: { headline: 'Dieses JSON enthält kaputte Zeichen', next: askForOriginal },
  number_unsafe: {
    headline: 'Dieses JSON enthält eine Zahl außerhalb des Bereichs',
    next: askForOriginal,
  },
  pdf_malformed: {
    headline: 'Dieses PDF lässt sich nicht lesen',
    next: 'Laden Sie es dort noch einmal herunter, wo der Aussteller es anbietet, oder bitten Sie um die JSON-Datei.',
  },
  pdf_encrypted: {
    headline: 'Dieses PDF ist durch ein Passwort geschützt',
    next: 'Was ihm angehängt ist, lässt sich nicht lesen. Bitten Sie um das PDF, wie sein Aussteller es ausgegeben hat, oder um die JSON-Datei.',
  },
  xml_unsafe: {
    headline: 'Dieses Bild ist auf unsichere Weise gemacht',
    next: 'Öffnen Sie es auch anderswo nicht. Bitten Sie um das Badge, wie sein Aussteller es ausgegeben hat, oder um die JSON-Datei.',
  },
  badge_empty: {
    headline: 'In dieser Datei ist kein Nachweis',
    next: 'Wie es aussieht, beweist nichts. Bitten Sie um das Badge, wie sein Aussteller es ausgegeben hat, oder um die JSON-Datei.',
  },
  badge_ambiguous: {
    headline: 'In dieser Datei sind mehrere Nachweise',
    next: 'Verlassen Sie sich nicht darauf: Andere Prüfstellen lesen vielleicht einen anderen. Bitten Sie um das Badge, wie sein Aussteller es ausgegeben hat.',
  },
  open_badges_2: {
    headline: 'Das ist ein Badge nach Open Badges 2',
    next: `${nothingAgainst} Diese ältere Art prüft die Seite nicht: Fragen Sie den Aussteller, auch nach einem Badge nach Open Badges 3.0.`,
  },
  envelope_unsupported: {
    headline: 'Er ist auf eine Weise signiert, die diese Seite nicht prüft',
    next: `${nothingAgainst} Er steckt in einer anderen Hülle als einem JSON Web Token: Prüfen Sie ihn dort, wohin sein Aussteller weist.`,
  },
  too_large: {
    headline: 'Das ist zu groß für einen Nachweis',
    next: 'Nachweise sind klein. Sehen Sie nach, ob es die richtige Datei ist.',
  },
  empty: {
    headline: 'Das ist leer',
    next: 'Wählen Sie eine Datei, legen Sie eine ab, oder fügen Sie den Nachweis oder seinen Link ein.',
  },
  link_refused: {
    headline: 'Diesem Link wird nicht gefolgt',
    next: 'Laden Sie den Nachweis herunter und legen Sie die Datei hier ab.',
  },
  page_failed: {
    headline: 'Diese Seite hat versagt',
    next: `${nothingAgainst} Laden Sie die Seite neu und versuchen Sie es noch einmal; versagt sie wieder, sagen Sie es dem Betreiber.`,
  },
  link_unreachable: {
    headline: 'Der Link führt zu keinem Nachweis',
    next: 'Öffnen Sie den Link selbst, speichern Sie den Nachweis als Datei, und legen Sie sie hier ab.',
  },
  malformed,
  brokenProof,
  brokenSignature,
  brokenKey,
  ambiguousMeaning,
  unreliableList,
  notJson,
  damagedImage,
  outOfBounds,
}
