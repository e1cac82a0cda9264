import type { Many } from '../en/many.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('fr-FR')

/** French texts of the table of many credentials. */
export const messages: Many = {
  title: 'De nombreuses attestations',
  checking: (count) =>
    `${counted(count, { one: '# attestation vérifiée', other: '# attestations vérifiées' })} jusqu’ici …`,
  done: (count) =>
    `${counted(count, { one: '# attestation vérifiée', other: '# attestations vérifiées' })}.`,
  full: (count) =>
    `Seules les ${number(count)} premières ont été vérifiées : c’est le maximum en une fois. Vérifiez les autres à part.`,
  failed: 'La vérification s’est interrompue. Rechargez la page et réessayez.',
  stop: 'Arrêter',
  stopped: 'Arrêté : ce qui a été vérifié jusque-là figure ci-dessous.',
  save: 'Enregistrer en CSV',
  show: 'Afficher',
  all: 'Toutes',
  search: 'Chercher dans le tableau',
  columns: {
    result: 'Résultat',
    reason: 'Motif',
    achievement: 'Acquis',
    holder: 'Titulaire',
    issuer: 'Émetteur',
    name: 'Fichier',
  },
  until: 'Valable jusqu’au',
  confirmed: 'Émetteur confirmé par un accréditeur',
  id: 'Identifiant de l’attestation',
  code: 'Code du motif',
  yes: 'oui',
  no: 'non',
  open: (name) => `Afficher le rapport de ${name}`,
  shown: (from, to, all) => `${number(from)} à ${number(to)} sur ${number(all)}`,
  pages: 'Pages du tableau',
  previous: 'Précédente',
  next: 'Suivante',
  none: 'Rien ne correspond. Choisissez « Toutes », ou cherchez autre chose.',
  archive: {
    zip_malformed: 'Cette archive est illisible',
    zip_encrypted: 'Le fichier est protégé par un mot de passe',
    zip_damaged: 'Le fichier est endommagé dans l’archive',
    zip_ambiguous: 'L’archive montre d’autres fichiers à d’autres programmes',
    zip_unsupported: 'Le fichier est compressé d’une manière inhabituelle',
  },
}
