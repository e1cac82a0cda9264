import type { Portfolio } from '../en/portfolio.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('fr-FR')
const documents = (count: number) => counted(count, { one: '# document', other: '# documents' })

/** Textes français de la page où l’on garde ses attestations. */
export const messages: Portfolio = {
  documentTitle: 'Dossier · Rootmark',
  title: 'Votre dossier',
  lead: 'Gardez vos attestations en un seul endroit, quel que soit l’émetteur. Voyez ce qu’elles forment ensemble, et montrez ce que vous voulez à qui vous voulez.',
  checkPage: 'Vérifier une attestation',
  footer: {
    kept: 'Le dossier est gardé dans ce navigateur, chiffré avec votre phrase secrète. Le service d’où vient cette page n’en conserve rien.',
    lost: 'Qui oublie la phrase secrète a perdu le dossier : personne ne peut l’ouvrir. Qui efface les données du navigateur l’efface aussi : gardez-en une copie dans un fichier.',
  },
  gate: {
    newTitle: 'Commencer un dossier',
    newLead: (least: number) =>
      `Choisissez une phrase secrète d’au moins ${counted(least, { one: '# caractère', other: '# caractères' })}. Plusieurs mots qui ne vont ensemble que pour vous valent mieux qu’un seul avec des signes bizarres.`,
    choose: 'Phrase secrète',
    again: 'La même phrase encore une fois',
    create: 'Commencer le dossier',
    haveFile: 'Vous en avez déjà un ?',
    openFile: 'Ouvrir un fichier de dossier …',
    fileTitle: 'Ouvrir le fichier',
    fileLead:
      'Il a sa propre phrase secrète. Le dossier est ensuite gardé aussi dans ce navigateur.',
    lockedTitle: 'Votre dossier est verrouillé',
    lockedLead: 'Saisissez la phrase secrète que vous lui avez donnée.',
    enter: 'Votre phrase secrète',
    unlock: 'Ouvrir',
    back: 'Retour',
    busy: 'Calcul de la clé en cours …',
    forgotten: 'Phrase secrète oubliée ?',
    forgottenLead:
      'Sans elle, personne ne peut ouvrir le dossier. Vous pouvez enregistrer le fichier chiffré au cas où elle vous reviendrait, supprimer le dossier ici et recommencer : les émetteurs peuvent vous redonner vos liens.',
  },
  shelf: {
    title: (count: number) =>
      count === 0
        ? 'Attestations'
        : counted(count, { one: '# attestation', other: '# attestations' }),
    none: 'Rien n’est encore gardé ici.',
    unnamed: 'Une attestation',
    checking: 'Vérification en cours …',
    trial: 'sur un réseau de test',
    report: 'Rapport complet',
    reportOf: (name: string) => `Rapport complet : ${name}`,
    remove: 'Retirer',
    removeOf: (name: string) => `Retirer : ${name}`,
    removeYes: 'La retirer d’ici',
    removeNo: 'La garder',
    more: (left: number) =>
      counted(left, { one: 'En montrer # de plus', other: 'En montrer # de plus' }),
    add: 'Ajouter des attestations et des parcours',
    addLead:
      'Open Badges et attestations vérifiables de tout émetteur, en JSON, jeton, image de badge ou PDF ; aussi des dossiers entiers en ZIP. Déposez des fichiers ici, choisissez-les ou collez un lien.',
    choose: 'Choisir des fichiers',
    paste: 'Ou coller des liens ou du JSON',
    take: 'L’ajouter',
    added: (count: number) => `Ajout : ${documents(count)}.`,
    known: (count: number) => `Déjà ici : ${documents(count)}.`,
    refused: (count: number) => `Refus : ${documents(count)}.`,
    portfolioFound:
      'C’est un dossier. Saisissez sa phrase secrète ci-dessous, et son contenu s’ajoute au vôtre.',
    linkFirst:
      'Ouvrez votre dossier ou commencez-en un ; l’attestation d’où vous venez y sera ensuite ajoutée.',
    linkAsk: 'Ajouter à votre dossier l’attestation d’où vous venez ?',
    linkYes: 'Ajouter l’attestation',
    linkNo: 'Pas maintenant',
  },
  paths: {
    title: 'Ce qu’elles forment ensemble',
    lead: 'Un parcours est une règle qui dit quelles attestations forment une certification plus grande. Ajoutez-en un ci-dessus, par un lien ou un fichier.',
    offers: 'Parcours de vos émetteurs',
    follow: 'Suivre',
    followNamed: (name: string) => `Suivre : ${name}`,
    look: 'Chercher des parcours de mes émetteurs',
    lookHow:
      'On demande au service de ce site tous les parcours qu’il publie. Lesquels sont de vos émetteurs, c’est ce navigateur qui le trouve.',
    lookNone: 'Rien que vous ne suiviez déjà.',
    picture: (done: number, all: number) =>
      `Un mur en construction : ${done} briques posées sur ${all}.`,
    standing: {
      met: 'Complet : vous pouvez demander la certification',
      unmet: 'En chemin',
      undecided: 'Savoir s’il est complet demande plus de temps que cette page n’y consacre',
    },
    awarded: 'Complet, et vous avez la certification',
    missing: 'Ce qui manque :',
    details: 'Ce que la règle demande',
    outcomes: { met: 'Acquis', unmet: 'Manque', spare: 'Pas nécessaire' },
    counts: 'Par :',
    remove: 'Ne plus suivre',
    removeNamed: (name: string) => `Ne plus suivre : ${name}`,
  },
  question: {
    title: 'Quelqu’un demande une preuve',
    asker: 'La réponse est pour',
    askerHow:
      'C’est ce que dit le lien ; n’importe qui peut écrire un tel lien. Assurez-vous autrement qu’il vient de qui vous pensez.',
    until: (time: string) => `Les réponses sont prises jusqu’au ${time}.`,
    over: 'Le délai de réponse est passé.',
    openFirst: 'Ouvrez votre dossier pour voir lesquelles de vos attestations y répondent.',
    standing: {
      met: 'Vos attestations y répondent',
      unmet: 'Vos attestations ne répondent pas à tout',
      undecided:
        'Savoir si vos attestations y répondent demande plus de temps que cette page n’y consacre',
    },
    unproved: (count: number) =>
      `${counted(count, { one: '# de ces attestations ne nomme', other: '# de ces attestations ne nomment' })} ni votre clé ni l’adresse électronique que vous avez gardée ci-dessous. Qui demande voudra savoir sous quelle adresse l’émetteur vous connaît.`,
    keyless:
      'Vous n’avez pas encore de clé : la réponse ne sera pas signée, et qui demande doit connaître votre adresse électronique. Créez une clé ci-dessous pour la signer.',
    answer: 'Choisir ces attestations pour répondre',
    leave: 'Ne pas répondre',
    nothingYet: 'Rien n’a encore été dit à personne.',
  },
  share: {
    title: 'Montrer des attestations à quelqu’un',
    lead: 'Vous faites une présentation : les attestations que vous choisissez, pour un but et jusqu’à un jour. Elle va là où vous l’envoyez, et nulle part ailleurs.',
    choose: 'Quelles attestations',
    find: 'Chercher par nom',
    none: 'Il n’y a encore rien à choisir.',
    parts: 'Avec les éléments de la certification, on peut suivre qu’elle est juste.',
    addParts: (count: number) =>
      counted(count, { one: 'Ajouter # élément', other: 'Ajouter # éléments' }),
    purpose: 'Dans quel but',
    purposeExample: 'Candidature d’analyste de données',
    audience: 'Pour qui',
    audienceOpen: 'Pour qui : son adresse web (vide : pour quiconque la reçoit)',
    until: 'Jusqu’à ce jour inclus',
    experts: 'Pour spécialistes',
    challenge: 'Défi (challenge) du vérificateur',
    signed:
      'Elle sera signée avec votre clé : personne ne peut la modifier, ni s’en servir pour répondre à un autre.',
    unsigned:
      'Vous n’avez pas de clé, elle ne sera donc pas signée : chaque attestation se prouve elle-même, mais pas que c’est vous qui la montrez.',
    final:
      'Qui la reçoit peut lire tout ce que contiennent les attestations choisies, et les garder. Cela ne se reprend pas.',
    make: 'Faire la présentation',
    made: (count: number) =>
      `Prête : une présentation de ${counted(count, { one: '# attestation', other: '# attestations' })}`,
    link: 'Le lien',
    linkHow:
      'Les attestations sont dans le lien lui-même, après le # : les navigateurs n’envoient cette partie à aucun serveur. Traitez le lien comme les attestations.',
    tooLong:
      'Elle est trop grande pour un lien. Enregistrez-la dans un fichier et remettez celui-ci.',
    copy: 'Copier le lien',
    copied: 'C’est copié.',
    look: 'Voir ce que l’autre verra',
    save: 'Enregistrer dans un fichier',
  },
  own: {
    title: 'Votre clé et votre adresse',
    lead: 'Avec une clé, vous signez ce que vous montrez. Donnez son identifiant aux émetteurs avant l’émission, et les attestations vous nomment par lui.',
    make: 'Créer une clé',
    made: 'La clé est dans votre dossier.',
    import: 'Utiliser une clé que vous avez',
    seed: '32 octets secrets en multibase (u…)',
    use: 'Utiliser cette clé',
    did: 'Votre identifiant :',
    didHow: 'Il est public. Le secret de la clé reste dans le dossier.',
    copy: 'Copier l’identifiant',
    email: 'Adresse électronique que les émetteurs ont de vous',
    save: 'Garder',
    saved: 'Elle est gardée.',
    emailHow:
      'Les attestations ne nomment les adresses que par une empreinte. Cette page les compare pour savoir lesquelles sont les vôtres ; elle ne transmet jamais l’adresse.',
  },
  safe: {
    title: 'Le garder en sûreté',
    lead: 'La mémoire d’un navigateur n’est pas une archive. Enregistrez une copie de temps à autre : un fichier chiffré, avec la même phrase secrète.',
    export: 'Enregistrer une copie',
    exported: 'La copie est enregistrée.',
    import: 'Ajouter depuis un fichier de dossier …',
    importPhrase: 'Phrase secrète de ce fichier',
    imported: 'Le contenu du fichier est dans votre dossier.',
    lock: 'Verrouiller maintenant',
    locked: 'Le dossier est verrouillé.',
    lockedIdle: 'Le dossier a été verrouillé, car rien ne s’est passé pendant un quart d’heure.',
    relock: 'Changer la phrase secrète',
    relocked: 'La phrase secrète est changée. Les copies d’avant gardent l’ancienne.',
    erase: 'Tout supprimer …',
    eraseSure:
      'Le dossier est supprimé de ce navigateur, avec sa clé. Sans copie, il est perdu. Continuer ?',
    eraseYes: 'Le supprimer',
    eraseNo: 'Le laisser tel quel',
    erased: 'Le dossier est supprimé.',
  },
  troubles: {
    passphrase_wrong: 'Ce n’est pas la phrase secrète. Attention aux majuscules et aux espaces.',
    passphrase_short: 'La phrase secrète est trop courte.',
    passphrases_differ: 'Les deux phrases sont différentes.',
    portfolio_unknown: 'Ce fichier n’est pas un dossier.',
    portfolio_version:
      'Ce dossier vient d’une version plus récente de cette page. Ouvrez-le là-bas, ou rechargez cette page.',
    portfolio_damaged: 'Le fichier est endommagé : coupé ou modifié. Prenez-en une autre copie.',
    portfolio_malformed: 'Le fichier s’ouvre, mais son contenu n’est pas un dossier.',
    portfolio_full:
      'Le dossier est plein. Retirez quelque chose, ou commencez-en un second dans un autre navigateur.',
    vault_changed:
      'Le dossier a été modifié dans une autre fenêtre et est verrouillé ici. Rouvrez-le pour continuer.',
    vault_full:
      'Le navigateur ne donne plus de place. Rien n’a été modifié ; enregistrez une copie.',
    vault_missing:
      'Ce navigateur ne garde rien : fenêtre privée, peut-être, ou stockage désactivé.',
    crypto_unavailable:
      'Cette page n’a pas été chargée par https ; le navigateur lui refuse sa cryptographie.',
    credentials_missing: 'Choisissez au moins une attestation.',
    credentials_too_many: 'Une présentation contient au plus 24 attestations.',
    presentation_expired: 'Choisissez un jour à venir.',
    multibase_malformed: 'Ce n’est pas une clé : il faut la lettre u et 43 autres caractères.',
    question_malformed: 'Le lien ne contient pas de question lisible.',
    link_malformed: 'Le lien n’est pas entier. Copiez-le de nouveau, du début à la fin.',
    offers_unreachable: 'Le service de ce site n’a pas répondu. Réessayez dans un instant.',
    page_failed: 'Cela n’a pas marché. Rechargez la page et réessayez.',
  },
}
