import type { Admin } from '../en/admin.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('de-DE')

/** Deutsche Texte der Konsole für die Verwaltung. */
export const messages: Admin = {
  title: 'Verwaltung',
  api: 'Beschreibung der API',
  health: {
    title: 'Wie es dem Dienst geht',
    good: 'Datenbank und Kette antworten, und die Kette wird beobachtet.',
    chain: (chainId, registry) => `Kette ${chainId}, Register ${registry}`,
    managed: 'Er hat einen Betreiberschlüssel.',
    unmanaged: 'Er hat keinen Betreiberschlüssel: Aussteller verankern mit ihrem eigenen.',
  },
  jobs: {
    title: 'Arbeit im Hintergrund',
    none: 'Nichts wartet, und nichts wurde aufgegeben.',
    state: 'Aufträge, die',
    again: 'Noch einmal versuchen',
    retried: 'Es wird noch einmal versucht.',
    attempts: (count) => `${number(count)}-mal versucht`,
    empty: 'Davon gibt es keine.',
    count: (kind, count) => `${kind}: ${number(count)}`,
    kinds: {
      build: 'einen Stapel bauen',
      subtree: 'einen Teil eines Stapels bauen',
      anchor: 'einen Stapel verankern',
      status: 'Stände auf die Kette bringen',
    },
    states: {
      waiting: 'warten',
      retrying: 'später wieder versucht werden',
      active: 'im Gang sind',
      dead: 'aufgegeben wurden',
    },
  },
  issuers: {
    title: 'Aussteller',
    none: 'Noch keine Aussteller.',
    more: 'Mehr zeigen',
    batches: 'Stapel',
    credentials: 'Nachweise',
    anchored: 'davon verankert',
    account: 'Konto',
    since: (time) => `seit ${time}`,
    keys: 'API-Schlüssel',
    keysNote:
      'Keine Sitzung macht oder löscht API-Schlüssel, damit ein gestohlenes Cookie keinen bekommt. Mit einem Schlüssel des Ausstellers in KEY:',
    made: (time) => `gemacht ${time}`,
  },
  create: {
    title: 'Einen Aussteller eintragen',
    slug: 'Kurzname in Adressen (Kleinbuchstaben, Ziffern, Bindestriche)',
    name: 'Name der Einrichtung',
    url: 'Startseite',
    email: 'E-Mail-Adresse (freiwillig)',
    description: 'Wer sie ist (freiwillig)',
    account: 'Konto, das ihre Stapel verankert (0x…)',
    did: 'Wie sie in Nachweisen heißt',
    dids: {
      default: 'did:web, wo der Dienst eine https-Adresse hat, sonst ihr Konto',
      web: 'did:web, hier bereitgestellt',
      key: 'did:key, ein eigener Schlüssel',
      pkh: 'did:pkh, ihr Konto',
    },
    button: 'Eintragen',
    done: (name) =>
      `${name} ist eingetragen. Dies ist der API-Schlüssel, nur dieses eine Mal gezeigt: Übergeben Sie ihn sicher.`,
    copy: 'Schlüssel kopieren',
  },
}
