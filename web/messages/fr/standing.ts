import type { Standing } from '../en/standing.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('fr-FR')
const credentials = (count: number) =>
  counted(count, { one: '# attestation', other: '# attestations' })

/** Textes français de la console sur l'état des attestations. */
export const messages: Standing = {
  title: 'Changer l’état des attestations',
  which: 'Quelles attestations',
  chosen: (count) => `Celles sélectionnées dans le tableau : ${credentials(count)}`,
  listed: 'Celles d’une liste',
  all: (count) => `Le lot entier : ${credentials(count)}`,
  list: {
    label: 'Liste : CSV, NDJSON ou texte',
    note: 'Une attestation par ligne, par id, statusIndex, email, did ou name comme dans la liste remise ; une partie de celle-ci suffit. Rien ne change avant que vous le disiez.',
    reading: (done, total) => `Recherche : ${number(done)} sur ${number(total)} …`,
    good: (count) => `La liste nomme ${credentials(count)} ; chaque ligne est bonne.`,
    bad: (count) =>
      `${counted(count, { one: '# point', other: '# points' })} à corriger. Rien ne change tant que la liste a des fautes ; corrigez le fichier et choisissez-le de nouveau.`,
    format: 'Le nom du fichier doit finir par .csv, .ndjson, .jsonl ou .txt.',
  },
  withdraw: 'Retirer le lot …',
  withdrawAsk: (count) =>
    `Retirer le lot entier ? C’est définitif : rien n’en sera plus valable (${credentials(count)}).`,
  withdrawNote:
    'C’est une seule transaction, quelle que soit la taille du lot, et seule la propre clé de l’émetteur l’envoie.',
  own: {
    missing:
      'Ce service n’a pas de clé d’opérateur : le changement se fait avec la propre clé de l’émetteur. Lancez ceci dans une copie de Rootmark :',
    refused:
      'Ce service ne peut pas le faire pour votre compte : le changement se fait avec la propre clé de l’émetteur. Lancez ceci dans une copie de Rootmark :',
    or: 'Ou avec la propre clé de l’émetteur',
    note: 'La commande montre gaz et frais et demande avant d’envoyer. Cette page remarque d’elle-même quand la chaîne le montre.',
    file: (name) => `Télécharger ${name}`,
    waiting: (done, total) =>
      `En attente de la chaîne : elle en montre ${number(done)} sur ${number(total)}.`,
    waitingBatch: 'En attente de la chaîne : elle ne le montre pas encore.',
    arrived: 'La chaîne le montre.',
    close: 'Fermer',
  },
  recording: (done, total) => `Enregistrement : ${number(done)} sur ${number(total)} …`,
  broken: 'C’est interrompu. Ce qui est enregistré le reste ; continuez où cela s’est arrêté.',
  goOn: 'Continuer',
  network: {
    public: (variable) =>
      `Il lui faut ${variable}_RPC_URL et ${variable}_PRIVATE_KEY, de l’environnement ou de npx hardhat keystore set.`,
    local: 'Si la chaîne n’est pas à http://127.0.0.1:8545, dites où dans LOCALHOST_RPC_URL.',
    custom: (chainId) =>
      `Les commandes n’ont pas de nom pour la chaîne ${chainId} : donnez à CUSTOM_RPC_URL un de ses points d’accès, et CUSTOM_PRIVATE_KEY.`,
  },
}
