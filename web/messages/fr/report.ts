import type { Report } from '../en/report.ts'
import { countingIn } from '../plural.ts'
import { reasons } from './reasons.ts'

const { number, counted } = countingIn('fr-FR')

/** French texts of a report. */
export const messages: Report = {
  progress: {
    reading: 'Lecture de l’attestation …',
    asking: 'Interrogation de la blockchain …',
    settled: (count, all) => `${count} contrôles sur ${all} terminés`,
  },
  verdicts: {
    valid: 'Valable',
    invalid: 'Non valable',
    indeterminate: 'Invérifiable',
    refused: 'Rien à vérifier',
    checking: 'Vérification en cours',
  },
  looks: {
    revoked: 'Révoquée',
    suspended: 'Suspendue',
    expired: 'Expirée',
    early: 'Pas encore valable',
    altered: 'Modifiée',
    unvouched: 'Émetteur inconnu',
  },
  fallbackHeadlines: {
    valid: 'Authentique, intacte et en vigueur',
    invalid: 'Quelque chose ne va pas',
    indeterminate: 'Une question reste ouverte',
    refused: 'Ceci est illisible',
  },
  fallbackNext: {
    valid: 'Assurez-vous que la personne qui la présente est bien le titulaire nommé.',
    invalid: 'Ne vous y fiez pas. Demandez au titulaire le fichier remis par l’émetteur.',
    indeterminate: 'Cela ne dit rien contre l’attestation. Vérifiez de nouveau plus tard.',
    refused: 'Demandez au titulaire l’attestation sous forme de fichier JSON.',
  },
  reasons,
  next: 'Que faire ensuite',
  save: 'Enregistrer ce rapport',
  print: 'Imprimer',
  openPresentation: 'L’y ouvrir',
  where: (place) => `L’endroit : ${place}`,
  notes: {
    title: 'À noter',
    testNetwork: (chain) =>
      `${chain} est un réseau d’essai. Un ancrage n’y coûte rien et ne prouve rien sur le monde réel.`,
    testLabel: 'Réseau d’essai',
    notAccredited:
      'Personne n’a été prié de se porter garant de l’émetteur : son nom est celui que donne l’attestation.',
    scopeInWords: (scope) =>
      `L’accréditation de l’émetteur est limitée par des mots que les ordinateurs ne comparent pas${scope === '' ? '' : ` : « ${scope} »`}. Jugez vous-même si cette attestation en relève.`,
    notFinal:
      'L’ancrage est récent et pas encore définitif : il arrive rarement qu’une blockchain abandonne ses derniers blocs. Vérifiez de nouveau dans quelques minutes.',
  },
  checks: {
    title: 'Les huit contrôles',
    waiting: 'En attente',
    successor: 'Ouvrir l’attestation corrigée',
    read: 'Lu',
    from: 'auprès de',
    outcomes: {
      valid: 'Réussi',
      invalid: 'Échoué',
      indeterminate: 'Impossible à dire',
      skipped: 'Non demandé',
    },
    names: {
      format: ['Format', 'Est-ce une attestation ?'],
      integrity: ['Contenu', 'Est-il intact ?'],
      anchor: ['Ancrage', 'Engagée par qui, et quand ?'],
      signature: ['Signature', 'Les autres preuves sont-elles bonnes ?'],
      issuer: ['Émetteur', 'Était-ce l’émetteur nommé ?'],
      accreditation: ['Accréditation', 'Qui se porte garant de l’émetteur ?'],
      status: ['Statut', 'Révoquée ou suspendue ?'],
      validity: ['Validité', 'Est-elle dans sa période ?'],
    },
  },
  credential: {
    title: 'L’attestation',
    confirmed: 'Contenu confirmé par l’ancrage',
    confirmedBySignature: 'Contenu confirmé par la signature de l’émetteur',
    unconfirmed: 'Selon le fichier ; rien n’en est confirmé',
    name: 'Acquis',
    holder: 'Titulaire, selon l’attestation',
    holderUnnamed: 'Non nommé',
    issuer: 'Émetteur',
    log: 'Tout ce qu’il a ancré',
    accredited: (accreditors) => `Nom confirmé par ${accreditors}`,
    stated: 'Selon l’attestation',
    statedOnly: 'Selon l’attestation ; aucun accréditeur ne le confirme',
    differs: 'L’attestation donne à son émetteur un autre nom que l’accréditation.',
    skills: 'Compétences',
    endorsements: 'Recommandations, sous le nom qu’elles se donnent',
    endorserUnnamed: 'Non nommé',
    endorsement: {
      valid: 'authentique et en vigueur',
      invalid: 'pas authentique, ou plus en vigueur',
      indeterminate: 'impossible à vérifier',
    },
    moreSkills: (count) => `et ${number(count)} autres`,
    picture: (host) => `Afficher son image, de ${host}`,
    pictureAlt: 'Image de l’acquis, telle que l’émetteur l’a faite',
    pictureFailed:
      'L’image ne peut être affichée : ce n’est pas un PNG de taille modérée, ou son serveur ne la remet pas.',
    level: 'Niveau',
    eqf: (level) => `Niveau CEC ${level}`,
    credits: 'Crédits',
    result: 'Résultat',
    validity: 'Validité',
    validFrom: (from) => `À partir du ${from}`,
    validBetween: (from, until) => `Du ${from} au ${until}`,
    noStart: 'début',
    criteria: 'Comment on l’obtient',
  },
  evidence: {
    title: 'Preuves pour spécialistes',
    intro: 'Tout ce qu’il faut pour refaire cette vérification avec ses propres outils.',
    none: 'Aucun ancrage n’a été lu ; il n’y a donc pas de preuve à montrer.',
    chain: 'Blockchain',
    registry: 'Registre',
    account: 'Compte de l’émetteur',
    root: 'Racine du lot',
    leaf: 'Feuille',
    digest: 'Empreinte',
    statusIndex: 'Indice de statut',
    ofSize: (index, size) => `${index} dans un lot de ${size}`,
    sequence: 'Numéro du lot chez l’émetteur',
    anchoredAt: 'Ancrée le',
    finality: 'Finalité',
    finalities: {
      included: 'included : dans un bloc, pas encore définitif',
      safe: 'safe : abandon improbable',
      finalized: 'finalized : ne peut plus être abandonné',
    },
    block: 'Lu au bloc',
    blockHash: 'Empreinte du bloc',
    call: 'Appel du contrat à refaire',
    callNote:
      'Le premier mot de la réponse est l’état : 1 en vigueur, 2 suspendue, 3 révoquée, 4 retirée ; le deuxième est la racine.',
    accreditors: 'Accréditeurs, du premier au dernier',
    scope: 'Portée de l’accréditation',
    noScope: 'Tout',
    checkedAt: 'Vérifiée le',
    reason: 'Code du motif',
    id: 'Identifiant de l’attestation',
  },
  disclosure: {
    title: 'Ce qui a quitté ce navigateur',
    nothing: 'Rien. L’attestation a été lue et vérifiée ici.',
    kept: 'L’attestation elle-même est restée ici. Ont été interrogés :',
    purposes: {
      chain: (origin, count) =>
        `${origin}, l’accès à la blockchain (${counted(count, { one: '# question', other: '# questions' })}) : une empreinte salée est-elle ancrée et en vigueur ? Aucun nom ne lui est donné.`,
      document: (origin) => `${origin}, pour le document public auquel l’émetteur renvoie.`,
      migrations: (origin) =>
        `${origin}, pour savoir si le lot a été déplacé vers une autre blockchain. La racine du lot lui est donnée, aucun nom.`,
      credential: (origin) => `${origin}, pour l’attestation, car un lien a été donné.`,
    },
  },
}
