import type { Console } from '../en/console.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('fr-FR')
const credentials = (count: number) =>
  counted(count, { one: '# attestation', other: '# attestations' })

/** Textes français de la console de l’émetteur. */
export const messages: Console = {
  documentTitle: 'Console de l’émetteur · Rootmark',
  title: 'Console de l’émetteur',
  loading: 'Un instant …',
  checkPage: 'Vérifier une attestation',
  log: 'Journal public des lots',
  signOut: 'Se déconnecter',
  until: (time) => `Connecté jusqu’au ${time}`,
  sections: 'Parties de la console',
  batches: 'Lots',
  fresh: 'Nouveau lot',
  back: 'Tous les lots',
  footer:
    'Un cookie vous garde connecté ; aucun script ne peut le lire et aucun autre site s’en servir. La clé elle-même n’est pas conservée.',
  failed: (why) => `Cela n’a pas marché : ${why}`,
  unreachable: 'Le service ne répond pas. Vérifiez votre connexion et réessayez.',
  over: 'Vous n’êtes plus connecté. Reconnectez-vous ; ce que vous aviez saisi est encore là.',
  signIn: {
    title: 'Se connecter',
    lead: 'Avec une clé d’API de votre émetteur. Qui exploite ce service vous en a donné une à l’inscription de votre émetteur.',
    key: 'Clé d’API',
    hint: 'Commence par rm_',
    button: 'Se connecter',
    wrong:
      'Cette clé n’ouvre rien ici. Voyez s’il manque un caractère, ou demandez-en une nouvelle.',
  },
  states: {
    building: 'en préparation',
    built: 'pas encore ancré',
    submitted: 'en route vers la chaîne',
    included: 'ancré, pas encore définitif',
    safe: 'ancré, presque définitif',
    finalized: 'ancré pour de bon',
    failed: 'arrêté',
  },
  list: {
    empty: 'Pas encore de lot',
    emptyNote: 'Commencez par un acquis et la liste de ceux qui l’ont obtenu.',
    size: credentials,
    more: 'Afficher des lots plus anciens',
    picture: (total, anchored) =>
      `${credentials(total)} dans les lots affichés, dont ${number(anchored)} dans un lot ancré.`,
    anchored: 'dans un lot ancré',
    waiting: 'pas encore',
  },
  search: {
    title: 'Trouver une attestation',
    label: 'Partie du nom du titulaire, ou identifiant de l’attestation',
    button: 'Chercher',
    none: 'Aucune attestation ne correspond.',
    found: (count) =>
      counted(count, { one: '# attestation trouvée.', other: '# attestations trouvées.' }),
    some: (count) => `Les ${number(count)} premières ; précisez le nom pour en voir d’autres.`,
    open: (name) => `Ouvrir le lot ${name}`,
  },
  form: {
    title: 'Nouveau lot',
    achievement: '1. Ce qui a été acquis',
    name: 'Nom de l’acquis',
    description: 'Description de l’acquis',
    narrative: 'Comment on l’obtient (critères)',
    criteriaUrl: 'Page web des critères (facultatif)',
    type: 'Nature',
    level: 'Niveau CEC (facultatif)',
    noLevel: 'Aucun',
    credits: 'Crédits, par exemple ECTS (facultatif)',
    validUntil: 'Valable jusqu’au (facultatif, fin du jour UTC)',
    skills: 'Compétences',
    skillSearch: 'Trouver une compétence dans l’extrait d’ESCO',
    skillAdd: 'Ajouter cette compétence',
    freeName: 'Ou une autre compétence : son nom',
    freeUrl: 'et son URI (ESCO, CTDL ou CASE)',
    freeAdd: 'Ajouter',
    freeBad: 'Donnez un nom, et une URI qui commence par exemple par https:',
    skillUnknown:
      'Choisissez-en une dans la liste, ou ajoutez-en une avec votre propre URI ci-dessous.',
    remove: (name) => `Retirer ${name}`,
    image: 'Image du badge (facultatif) : PNG, SVG, JPEG ou WebP',
    imageNote: (limit) =>
      `Elle fait partie de chaque attestation et dispose de ${number(limit)} caractères : un SVG ou un PNG convient tel quel, le reste est redessiné. Au-delà de 2 000 environ, les codes imprimés contiennent un lien à la place de l’attestation.`,
    imageAlt: 'L’image du badge telle qu’elle sera',
    imageSize: (width, length) => `${number(width)} pixels de large, ${number(length)} caractères.`,
    imageBad:
      'Le navigateur ne peut pas dessiner cette image assez petite. Essayez-en une avec moins de couleurs.',
    imageRemove: 'Retirer l’image',
  },
  roster: {
    title: '2. Qui l’a obtenu',
    label: 'Liste : CSV avec en-tête, JSON ou NDJSON, aussi avec gzip',
    columns: 'Colonnes : name, et email ou did ; à volonté result, credits, validFrom, validUntil.',
    example: 'Télécharger un exemple à remplir',
    local: 'Elle est lue dans votre navigateur. Rien n’est envoyé avant l’émission.',
    reading: 'Lecture de la liste …',
    good: (count) =>
      `${counted(count, { one: '# apprenant', other: '# apprenants' })}, toutes les lignes sont bonnes.`,
    bad: (count) =>
      `${counted(count, { one: '# point', other: '# points' })} à corriger. Rien ne peut être émis tant que la liste a des fautes ; corrigez le fichier et choisissez-le de nouveau.`,
    line: 'Ligne',
    field: 'Colonne',
    problem: 'Ce qui ne va pas',
    row: 'Le texte de la ligne',
    whole: 'la ligne',
    others: (count) => `Et ${number(count)} de plus.`,
    format:
      'Le nom du fichier doit finir par .csv, .json, .ndjson ou .jsonl, ou par l’un d’eux avec .gz.',
    damaged: 'L’archive est endommagée ; compressez la liste de nouveau.',
    large: (limit) => `Le fichier dépasse ${limit} ; remettez-le par l’API.`,
  },
  preview: {
    title: '3. Relire',
    note: 'Comme l’attestation du premier apprenant le dira. Aucune adresse e-mail n’y figure, seulement une empreinte salée.',
    by: 'décerné par',
    from: 'Valable dès l’émission',
    until: (time) => `valable jusqu’au ${time}`,
    credits: (count) => `Crédits : ${count}`,
    skills: 'Compétences',
    weight: (each, all) => `L’image ajoute ${each} à chaque attestation, ${all} au fichier du lot.`,
    waiting: 'Décrivez l’acquis et choisissez une liste pour le voir ici.',
    json: 'La même chose en données (JSON)',
  },
  issue: {
    plain: 'Émettre',
    button: (count) => `Émettre ${credentials(count)}`,
    note: 'L’émission crée les attestations. Elles comptent une fois le lot ancré, ce qui est l’étape suivante.',
    sending: 'Remise de la liste …',
    missing: 'Donnez nom, description et critères, et choisissez une liste sans faute.',
  },
  batch: {
    building: (built, size) => `${number(built)} sur ${credentials(size)}`,
    steps: 'Où en est le lot',
    step: {
      built: 'Émis',
      submitted: 'Envoyé',
      included: 'Dans un bloc',
      finalized: 'Définitif',
    },
    root: 'Racine',
    transaction: 'Transaction sur la chaîne',
    sequence: (sequence) => `Numéro ${number(sequence)} de cet émetteur`,
    file: 'Télécharger le fichier du lot',
    fileNote: 'Il contient des noms et des secrets : gardez-le comme vos dossiers.',
    withdrawn: (time) => `Le lot entier a été retiré le ${time}.`,
    unknown: 'Il n’y a pas de tel lot ici.',
  },
  anchor: {
    title: 'L’ancrer',
    managed: 'Avec la clé d’opérateur de ce service',
    managedNote:
      'Si vous laissez ce service agir pour votre compte, il envoie une seule transaction pour tout le lot.',
    button: 'Ancrer maintenant',
    asked: 'C’est demandé ; c’est en route.',
    own: 'Avec votre propre clé',
    ownNote:
      'La clé reste chez vous. La commande recalcule la racine avant de signer ; cette page remarque l’ancrage d’elle-même.',
    copy: 'Copier la commande',
    copied: 'Copié.',
    noManaged: 'Ce service n’a pas de clé d’opérateur : ancrez avec la vôtre.',
  },
  handOut: {
    title: 'Les remettre',
    note: 'Chaque titulaire reçoit un lien à lui, secret : il ouvre l’attestation, son PDF et son badge, et permet de la partager. La liste fait de nouveaux liens ; les précédents restent valables.',
    button: 'Télécharger les liens (CSV)',
    making: 'Les liens sont en préparation …',
    done: (count) =>
      `${credentials(count)} : la liste est enregistrée. Envoyez chaque lien à son titulaire seul.`,
    many: 'Pour tant d’attestations, les liens s’obtiennent par l’API : POST /batches/<id>/links.',
  },
  statistics: {
    title: 'Où en sont ses attestations',
    active: 'en vigueur',
    suspended: 'suspendues',
    revoked: 'révoquées',
    withdrawn: 'retirées',
    allWithdrawn: (count) => `Retirées en bloc : ${credentials(count)}.`,
    pending: (count) => `${credentials(count)} en route vers la chaîne.`,
    expired: 'expirées',
    andExpired: (count) => `Expirées : ${number(count)}.`,
    summary: (active, suspended, revoked) =>
      `En vigueur : ${number(active)}, suspendues : ${number(suspended)}, révoquées : ${number(revoked)}.`,
  },
  credentials: {
    title: 'Attestations',
    filter: 'Nom du titulaire',
    find: 'Chercher',
    select: (name) => `Sélectionner ${name}`,
    selectAll: 'Sélectionner tout ce qui est affiché',
    holder: 'Titulaire',
    status: 'État',
    open: 'Ouvrir',
    openOf: (name) => `Ouvrir l’attestation de ${name}`,
    more: 'Afficher la suite',
    statuses: {
      active: 'en vigueur',
      suspended: 'suspendue',
      revoked: 'révoquée',
      withdrawn: 'retirée',
      expired: 'expirée',
    },
  },
  change: {
    title: 'Changer ce qui est sélectionné',
    selected: (count) =>
      counted(count, {
        one: '# attestation sélectionnée.',
        other: '# attestations sélectionnées.',
      }),
    revoke: 'Révoquer …',
    suspend: 'Suspendre …',
    reinstate: 'Rétablir …',
    asking: 'On demande ce que cela coûterait …',
    confirm: {
      revoked: (count) =>
        `Révoquer ${credentials(count)} ? C’est définitif : une attestation révoquée ne peut jamais être rétablie.`,
      suspended: (count) =>
        `Suspendre ${credentials(count)} ? Elles ne valent plus jusqu’à leur rétablissement.`,
      active: (count) => `Rétablir ${credentials(count)} ? La suspension prend fin.`,
    },
    cost: (transactions, gas, fee) =>
      `Cela coûte ${counted(transactions, { one: '# transaction', other: '# transactions' })} d’environ ${number(gas)} de gaz : ${fee} de la monnaie de la chaîne au prix actuel, payés par l’opérateur de ce service.`,
    free: 'Rien ne doit aller sur la chaîne : leur état est déjà celui-là.',
    yes: {
      revoked: 'Oui, révoquer pour de bon',
      suspended: 'Oui, suspendre',
      active: 'Oui, rétablir',
    },
    no: 'Non, tout laisser tel quel',
    done: (count) => `Noté pour ${credentials(count)} ; cela part maintenant sur la chaîne.`,
  },
}
