import type { Site } from '../en/site.ts'

/** German texts that every page may need. */
export const messages: Site = {
  locale: 'de-DE',
  brand: 'Rootmark',
  language: 'Sprache',
  text: {
    hidden: (which) => `Aus diesem Text wurden verborgene Steuerzeichen entfernt: ${which}.`,
    more: 'Alles anzeigen',
    shortened: (length) => `gekürzt, ursprünglich ${length} Zeichen`,
  },
  endpoint: {
    title: 'Zugang zur Blockchain',
    asks: (chain, label) => `${chain} wird über ${label} befragt.`,
    asksNone: (chain) => `Für ${chain} ist kein Zugang bekannt.`,
    intro:
      'Sie müssen dem Zugang dieser Seite nicht vertrauen. Nennen Sie einen beliebigen JSON-RPC-Endpunkt, etwa einen eigenen Knoten; er bleibt gemerkt, bis Sie diesen Tab schließen.',
    chain: 'Blockchain',
    url: 'Adresse des Endpunkts',
    use: 'Diesen Endpunkt verwenden',
    reset: 'Zurück zu dem der Seite',
    saved: (label) => `Ab jetzt wird ${label} befragt.`,
    restored: 'Es wird wieder der Endpunkt der Seite befragt.',
    insecure:
      'Geben Sie eine vollständige Adresse an, die mit https:// beginnt, oder mit http:// auf diesem Rechner (127.0.0.1 oder localhost).',
  },
  settings: {
    missing:
      'Diese Seite kam ohne ihre Einstellungen (config.json). Sie kennt weder einen Zugang zur Blockchain noch Akkreditierer: Nennen Sie unten einen Endpunkt und prüfen Sie dann.',
    malformed: (why) =>
      `Die Einstellungen dieser Seite (config.json) sind unbrauchbar: ${why}. Sie kennt weder einen Zugang zur Blockchain noch Akkreditierer: Nennen Sie unten einen Endpunkt und prüfen Sie dann.`,
  },
  refusals: {
    tooLarge: (size, limit) => `Das sind ${size} Byte; höchstens ${limit} werden gelesen.`,
    empty: 'Es steht nichts darin.',
    linkScheme: 'Nur https-Links und Links auf diese Website werden verfolgt.',
    linksTooMany: 'Es werden mehr Dokumente genannt, als für eine Prüfung gelesen werden.',
    linkPrivate:
      'Er führt in ein privates Netz oder auf diesen Rechner. Einem Code oder Link von anderen wird dorthin nicht gefolgt.',
    linkUnreachable: (origin, why) =>
      `${origin} hat nichts herausgegeben: ${why}. Vielleicht erlaubt der Server anderen Websites das Lesen nicht; laden Sie die Datei herunter und legen Sie sie hier ab.`,
    linkStatus: (status) => `Antwort mit HTTP ${status}`,
  },
}
