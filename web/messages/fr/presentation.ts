import type { Presentation } from '../en/presentation.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('fr')
const credentials = (count: number) =>
  counted(count, { one: '# attestation', many: '# d’attestations', other: '# attestations' })

/** Textes français de la page qui vérifie ce que quelqu’un présente. */
export const messages: Presentation = {
  documentTitle: 'Attestations présentées · Rootmark',
  title: 'Ce que quelqu’un présente',
  lead: 'Toutes les attestations d’une présentation, vérifiées dans ce navigateur : si chacune est authentique, à qui elles sont, et ce qu’elles montrent ensemble.',
  ask: 'Demander des attestations',
  single: 'Vérifier une seule attestation',
  intake: {
    title: 'Ouvrir une présentation',
    file: 'Choisir son fichier (JSON ou PDF)',
    paste: 'Ou coller son lien ou son JSON',
    open: 'Vérifier',
    another: 'Ouvrir une autre présentation',
    unreadable: 'Cela ne se lit pas comme une présentation :',
  },
  progress: (count, all) => `${count} sur ${credentials(all)} vérifiées …`,
  spoken: (headline) => `La vérification est faite : ${headline}.`,
  whole: {
    title: 'L’ensemble',
    about: credentials,
    valid: {
      headline: () => 'Tout est authentique et en vigueur, et son titulaire l’a signé',
      next: 'Assurez-vous que la personne devant vous est celle qui vous a écrit : la signature montre une clé, et aucun visage.',
    },
    knownPerson: {
      headline: () =>
        'Tout est authentique, en vigueur, et à la personne dont vous connaissez l’adresse',
      next: 'Personne ne l’a signé : qui l’a reçu peut le transmettre. Demandez à l’adresse elle-même si c’est elle qui l’a envoyé.',
    },
    unbound: {
      headline: () => 'Ses attestations sont authentiques, et personne n’a signé leur remise',
      next: 'Donnez ci-dessous l’adresse électronique sous laquelle vous connaissez la personne. Ou demandez avec un lien, qui fait signer.',
    },
    unsigned: {
      headline: () => 'Vous avez demandé une signature, et il n’y en a pas',
      next: 'Priez le candidat de répondre à votre lien avec le portfolio, qui signe.',
    },
    replayed: {
      headline: () => 'Cela répond à une autre question que la vôtre',
      next: 'C’était signé pour quelqu’un d’autre ou une autre fois, puis transmis. Priez le candidat de répondre à votre lien.',
    },
    otherAudience: {
      headline: () => 'Cela a été fait pour quelqu’un d’autre',
      next: 'Son titulaire ne vous le destinait pas. Priez le candidat de répondre à votre lien.',
    },
    ended: {
      headline: () => 'Son titulaire l’a laissée expirer',
      next: 'On pouvait s’y fier jusque-là. Demandez-en une nouvelle.',
    },
    altered: {
      headline: () => 'Cela a été changé après la signature, ou quelqu’un d’autre a signé',
      next: 'Ne vous y fiez pas. Demandez le lien ou le fichier tel que le portfolio l’a fait.',
    },
    malformed: {
      headline: () => 'Ce n’est pas fait comme une présentation doit l’être',
      next: 'Demandez le lien ou le fichier tel que le portfolio l’a fait.',
    },
    signatureOpen: {
      headline: () => 'Sa signature n’a pas pu être vérifiée',
      next: 'Cela ne dit rien contre elle. Réessayez plus tard.',
    },
    someBad: {
      headline: (count, all) => `Ni authentique ni en vigueur : ${count} sur ${credentials(all)}`,
      next: 'Ci-dessous il est dit lesquelles, et pourquoi. Elles ne comptent pour rien ; les autres sont jugées à part.',
    },
    someOfOthers: {
      headline: (count, all) => `À quelqu’un d’autre : ${count} sur ${credentials(all)}`,
      next: 'Ci-dessous il est dit lesquelles. Elles ne comptent pas. Demandez pourquoi elles y sont.',
    },
    stackBad: {
      headline: (count) =>
        `Ne découle pas de ses parties : ${counted(count, { one: '# diplôme', many: '# de diplômes', other: '# diplômes' })}`,
      next: 'Ce qui est venu comme ses parties le contredit. Il ne compte pour rien ici ; demandez à qui l’a émis.',
    },
    unconfirmed: {
      headline: () => 'Authentique, mais est-ce pour vous ?',
      next: 'Qui reçoit une telle réponse peut la transmettre. Ouvrez votre propre question, ou dites ci-dessous que c’est la vôtre.',
    },
    someOpen: {
      headline: (count, all) => `Impossible à vérifier : ${count} sur ${credentials(all)}`,
      next: 'Cela ne dit rien contre elles. Réessayez plus tard, ou nommez ci-dessous un autre accès à la chaîne.',
    },
    someUnproved: {
      headline: (count, all) => `Rien ne montre à qui : ${count} sur ${credentials(all)}`,
      next: 'Elles ne nomment une adresse que par son empreinte. Donnez ci-dessous l’adresse sous laquelle vous connaissez la personne.',
    },
  },
  facts: {
    holder: 'Signé par',
    unsigned: 'Personne ne l’a signé',
    purpose: 'Pour quoi, selon le titulaire',
    audience: 'Pour',
    anyone: 'Quiconque le reçoit',
    until: 'À croire jusqu’au',
    noEnd: 'Aucune fin indiquée',
    created: 'Signé le',
    question: 'Répond à la question',
    sources: {
      asked: 'Vous l’avez posée dans ce navigateur.',
      opened: 'Vous l’avez ouverte ici.',
      brought: 'Elle est venue avec la réponse : qui répond l’a choisie.',
    },
    over: (time) => `Les réponses étaient attendues jusqu’au ${time}.`,
  },
  confirm: {
    audience: (audience) => `Elle nomme ${audience} comme destinataire.`,
    question: 'La question venue avec elle est montrée plus bas.',
    yes: 'C’est moi, et c’est ma question',
  },
  person: {
    label: 'Adresse électronique sous laquelle vous connaissez la personne',
    use: 'Comparer',
    note: 'Elle est comparée aux empreintes dans les attestations, et reste dans ce navigateur.',
  },
  question: {
    title: 'Ce qui est demandé',
    none: 'Ouvrez ce que vous avez demandé, pour voir quels points sont remplis.',
    open: 'Ouvrir une exigence ou une question (fichier)',
    paste: 'Ou coller son lien',
    use: 'Y comparer',
    unreadable: 'Ce n’est pas une exigence :',
    outcome: {
      open: 'Ouvert : des attestations n’ont pas pu être vérifiées, ou rien ne montre à qui elles sont',
      met: 'Rempli : des attestations vérifiées du titulaire remplissent l’exigence',
      unmet: 'Pas rempli',
      undecided: 'Le savoir prend plus de temps qu’on n’y consacre',
    },
    clause: { open: 'Ouvert', met: 'Rempli', unmet: 'Pas rempli', spare: 'Pas nécessaire' },
    all: 'Tout ceci :',
    some: (count) => `Au moins ${count} de ceci :`,
    void: 'La présentation elle-même ne tient pas, donc ceci ne dit rien du candidat.',
    missing: 'Il manque',
    credits: (credits) => `${credits} crédits ECTS`,
    by: (name) => `compte pour cela selon ${name}`,
  },
  summary: {
    title: 'Ce qu’elles montrent ensemble',
    none: 'Aucune attestation ne compte, donc il n’y a rien à résumer.',
    note: 'Seul ce qui est vérifié compte, et rien deux fois. Chaque ligne mène aux attestations derrière elle.',
    unbound: 'Rien ne montre encore que tout cela est à une seule personne.',
    skills: 'Compétences',
    noFramework: 'D’aucun cadre nommé',
    unrecognised: 'comme les émetteurs le nomment',
    noSkills: 'Aucune des attestations ne nomme de compétence.',
    levels: 'Niveaux',
    level: (level) => `Niveau CEC ${level}`,
    credits: 'Crédits',
    total: (credits) => `${credits} crédits ECTS en tout`,
    counted: (credits) => `${credits} crédits ECTS`,
    standsFor: 'tient lieu de ses parties',
    uncounted: {
      same_component: 'pas compté : dit la même chose qu’une autre',
      part_of: 'pas compté : partie d’un diplôme qui compte',
      parts_counted: 'pas compté : ses parties comptent',
      shares_parts: 'pas compté : fait de ce qui compte déjà',
    },
    unstated: 'n’en indique pas',
    timeline: 'Quand',
    earned: (time) => `obtenu le ${time}`,
    ends: (time) => `vaut jusqu’au ${time}`,
    gap: (from, until) => `Rien entre le ${from} et le ${until}`,
    lapse: (from, until) => `Avait expiré, du ${from} au ${until}`,
    upTo: (level) => `jusqu’au niveau CEC ${level}`,
  },
  stacks: {
    title: 'Les diplômes et ce dont ils sont faits',
    pathway: (name) => `Parcours : ${name}`,
    states: {
      verified: 'Vérifié',
      ended: 'Terminé depuis',
      bound: 'N’est pas venu avec',
      differs: 'Un autre document',
      invalid: 'Pas authentique',
      indeterminate: 'Impossible à vérifier',
    },
  },
  credentials: {
    title: 'Les attestations, une à une',
    unnamed: 'Sans nom',
    holder: {
      same: 'à qui la présente',
      other: 'à quelqu’un d’autre',
      unproved: 'rien ne montre à qui',
    },
    open: (name) => `Preuves : ${name}`,
    closed: 'Elle n’a pas pu être ouverte.',
  },
  actions: {
    print: 'Imprimer',
    save: 'Enregistrer la présentation',
    pdf: 'Enregistrer en PDF vérifiable',
  },
  pdfFailed: 'Aucun PDF n’a pu être fait ici. Enregistrez la présentation, ou imprimez cette page.',
}
