import type { Admin } from '../en/admin.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('fr-FR')

/** Textes français de la console pour l’administration. */
export const messages: Admin = {
  title: 'Administration',
  api: 'Description de l’API',
  health: {
    title: 'Comment va le service',
    good: 'La base et la chaîne répondent, et la chaîne est suivie.',
    chain: (chainId, registry) => `Chaîne ${chainId}, registre ${registry}`,
    managed: 'Il a une clé d’opérateur.',
    unmanaged: 'Il n’a pas de clé d’opérateur : les émetteurs ancrent avec la leur.',
  },
  jobs: {
    title: 'Travail en arrière-plan',
    none: 'Rien n’attend, et rien n’a été abandonné.',
    state: 'Tâches qui',
    again: 'Réessayer',
    retried: 'C’est réessayé.',
    attempts: (count) => `essais : ${number(count)}`,
    empty: 'Il n’y en a pas.',
    count: (kind, count) => `${kind} : ${number(count)}`,
    kinds: {
      build: 'construire un lot',
      subtree: 'construire une partie d’un lot',
      anchor: 'ancrer un lot',
      status: 'porter des états sur la chaîne',
    },
    states: {
      waiting: 'attendent',
      retrying: 'seront réessayées plus tard',
      active: 'sont en cours',
      dead: 'ont été abandonnées',
    },
  },
  issuers: {
    title: 'Émetteurs',
    none: 'Pas encore d’émetteur.',
    more: 'Afficher la suite',
    batches: 'Lots',
    credentials: 'Attestations',
    anchored: 'dont ancrées',
    account: 'Compte',
    since: (time) => `depuis le ${time}`,
    keys: 'Clés d’API',
    keysNote:
      'Aucune session ne crée ni ne supprime de clé d’API, pour qu’un cookie volé n’en obtienne pas. Avec une clé de l’émetteur dans KEY :',
    made: (time) => `créée le ${time}`,
  },
  create: {
    title: 'Inscrire un émetteur',
    slug: 'Nom court, dans les adresses (minuscules, chiffres, traits d’union)',
    name: 'Nom de l’organisation',
    url: 'Page d’accueil',
    email: 'Adresse e-mail (facultatif)',
    description: 'Qui elle est (facultatif)',
    account: 'Compte qui ancre ses lots (0x…)',
    did: 'Comment elle est nommée dans les attestations',
    dids: {
      default: 'did:web là où le service a une adresse https, sinon son compte',
      web: 'did:web, servi ici',
      key: 'did:key, une clé à elle',
      pkh: 'did:pkh, son compte à elle',
    },
    button: 'Inscrire',
    done: (name) =>
      `${name} est inscrit. Voici sa clé d’API, dite cette seule fois : transmettez-la en sûreté.`,
    copy: 'Copier la clé',
  },
}
