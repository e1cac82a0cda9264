import type { Issuer } from '../en/issuer.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('fr-FR')

/** French texts of the page with an issuer's batch log. */
export const messages: Issuer = {
  documentTitle: (name) => `${name} : journal des lots · Rootmark`,
  kicker: 'Journal des lots',
  testNetwork: (chain) => `${chain}, un réseau d’essai`,
  lead: 'Chaque lot d’attestations que cet émetteur a ancré, dans l’ordre. Le registre les numérote sans lacune, si bien que ce qui manque se voit. Aucun nom d’apprenant ne figure ici, ni rien qui y mène.',
  checkPage: 'Vérifier une attestation',
  loading: 'Lecture du journal …',
  more: {
    show: (count) =>
      counted(count, {
        one: 'Afficher # lot plus ancien',
        other: 'Afficher # lots plus anciens',
      }),
    loading: 'Lecture en cours …',
  },
  unknown: {
    title: 'Pas d’émetteur de ce nom ici',
    text: 'Ce service n’a pas d’émetteur à cette adresse. Cherchez une faute de frappe, ou demandez à l’émetteur l’adresse de son journal.',
  },
  failed: {
    title: 'Le journal n’a pas pu être lu',
    text: 'Cela ne dit rien de l’émetteur. Le service n’a pas répondu comme il le devrait :',
    again: 'Réessayer',
    status: (status) => `il a répondu HTTP ${status}.`,
    malformed: 'sa réponse n’est pas un journal de lots.',
  },
  name: {
    confirmed: (accreditors) => `Nom confirmé par ${accreditors}`,
    stated: 'Selon l’émetteur lui-même',
    callsItself: (name) => `Il se nomme lui-même ${name}.`,
  },
  facts: {
    title: 'Qui ancre, et où',
    account: 'Compte',
    did: 'DID',
    site: 'Site web',
    chain: 'Blockchain',
    registry: 'Registre',
    test: 'un réseau d’essai : rien ici ne prouve quoi que ce soit sur le monde réel',
    explorer: 'dans l’explorateur',
  },
  sums: {
    title: 'Ce que dit la blockchain, et ce qui est publié ici',
    chain: 'La blockchain dit',
    chainCount: (count) => counted(count, { one: '# lot ancré', other: '# lots ancrés' }),
    chainAsOf: (block, time) => `Au bloc ${number(block)}, ${time}`,
    chainUnread: 'Elle n’a pas pu être interrogée',
    chainUnreadNote: 'D’ici, personne ne peut donc dire si la liste ci-dessous est complète.',
    chainOld: 'Elle ne peut être interrogée pour l’instant ; voici ce qu’elle disait avant.',
    service: 'Ce service publie',
    published: (count) => counted(count, { one: '# lot', other: '# lots' }),
    seen: (time) => `Comparé à la blockchain pour la dernière fois le ${time}`,
    credentials: 'Attestations',
    revoked: 'Révoquées',
    suspended: 'Suspendues',
    withdrawn: 'Retirées',
    withdrawnIn: (count) => counted(count, { one: 'dans # lot', other: 'dans # lots' }),
    complete: (count) =>
      count === 1
        ? 'Complet : le seul lot que compte la blockchain est publié ici.'
        : `Complet : les ${number(count)} lots que compte la blockchain sont tous publiés ici.`,
    missing: (missing, count) =>
      `${counted(missing, { one: '# lot', other: '# lots' })} sur les ${number(count)} que compte la blockchain ${missing === 1 ? 'n’est pas publié' : 'ne sont pas publiés'} ici. L’émetteur publie peut-être ailleurs ; interrogez-le, ou faites un audit.`,
    ahead: (count) =>
      `Publié ici, mais non compté par la blockchain à ce bloc : ${counted(count, { one: '# lot', other: '# lots' })}. Elle est peut-être revenue en arrière ; regardez de nouveau dans une minute.`,
    unread:
      'On ne sait pas pour l’instant si la liste est complète : la blockchain n’a pas pu être interrogée.',
  },
  accreditation: {
    title: 'Qui se porte garant de l’émetteur',
    accredited: (accreditors) => `Accrédité par ${accreditors}`,
    scope: 'Pour',
    limits: {
      none: 'Sans limite quant à ce qu’il délivre',
      types: (types) => `des acquis de type ${types}`,
      eqf: (levels) => `niveau CEC ${levels}`,
      isced: (fields) => `domaine ${fields} (CITE-F)`,
    },
    period: 'Période',
    since: (from) => `depuis le ${from}`,
    between: (from, until) => `du ${from} au ${until}`,
    withdrawn: (time) => `retirée le ${time}`,
    ended: 'N’est plus accrédité',
    endedNote:
      'Ce qu’il a ancré pendant son accréditation reste bon ; chaque lot dit qui se portait alors garant de lui.',
    none: 'Aucun accréditeur reconnu ici ne s’en porte garant',
    noneNote: 'Aucun des accréditeurs auxquels ce service se fie n’a accrédité ce compte.',
    notAsked: 'Personne n’a été interrogé',
    notAskedNote:
      'Ce service ne nomme pas d’accréditeur pour cette blockchain. L’identité de l’émetteur repose sur sa seule parole.',
    unread: 'Impossible de le demander',
    unreadNote: 'La blockchain n’a pas pu être lue. Cela ne dit rien contre l’émetteur.',
    policy: 'Selon le fichier de confiance de ce service ; vous pouvez vous fier à d’autres.',
    atAnchor: {
      accredited: (accreditors) => `accrédité alors par ${accreditors}`,
      ended: 'pas accrédité alors',
      none: 'aucun garant reconnu ici à ce moment',
      unread: 'l’accréditation n’a pas pu être lue',
    },
  },
  picture: {
    title: 'Quand, et ce qu’elles sont devenues',
    summary: (credentials, from, until) =>
      `${credentials} attestations selon la date de leur ancrage, du ${from} au ${until}.`,
    inForce: 'non terminées',
    revoked: 'révoquées',
    suspended: 'suspendues',
    withdrawn: 'dans des lots retirés',
    most: (count) => `${count} attestations`,
    numbers: 'La même chose en chiffres',
    period: 'Du',
    batches: 'Lots',
    credentials: 'Attestations',
    note: 'Selon l’état actuel : une révocation apparaît là où son attestation a été ancrée.',
  },
  batches: {
    title: 'Lots',
    order: 'les plus récents d’abord',
    legend: 'Le degré de finalité de son ancrage :',
    number: (sequence) => `Lot ${number(sequence)}`,
    size: (size) => counted(size, { one: '# attestation', other: '# attestations' }),
    noneEnded: 'aucune terminée',
    revoked: (count) => counted(count, { one: '# révoquée', other: '# révoquées' }),
    suspended: (count) => counted(count, { one: '# suspendue', other: '# suspendues' }),
    withdrawn: (time) => `retiré le ${time}`,
    root: 'Racine',
    leaves: 'Feuilles',
    transaction: 'Transaction',
    unpublished: 'Ancré, non publié ici',
    unpublishedNote: 'La blockchain le compte, et ce service n’en a pas les feuilles.',
    ahead:
      'Absent de l’état de la blockchain au bloc qui a été lu : elle est peut-être revenue en arrière.',
    finalities: {
      included: ['included', 'dans un bloc, pas encore définitif'],
      safe: ['safe', 'abandon improbable'],
      finalized: ['finalized', 'ne peut plus être abandonné'],
    },
    empty: 'Rien n’est encore ancré',
    emptyNote: 'Les lots apparaissent ici dès que la blockchain les contient.',
    emptyUnread:
      'Rien n’est publié ici. On ne sait pas pour l’instant si la blockchain contient quelque chose.',
  },
  recheck: {
    title: 'Vérifier moi-même ce journal auprès de la blockchain',
    intro:
      'Rien ne vous oblige à croire cette page. Votre navigateur demande à un accès à la blockchain combien de lots ce compte a ancrés et, pour chaque lot affiché ici, son ancrage et le nombre d’attestations terminées, puis marque chaque ligne.',
    asks: (label) => `Est interrogé : ${label}.`,
    asksNone: 'Aucun accès n’est connu pour cette blockchain : indiquez-en un ci-dessous.',
    button: 'Vérifier auprès de la blockchain',
    again: 'Vérifier de nouveau',
    stop: 'Arrêter',
    running: (done, all) => `${number(done)} lignes sur ${number(all)} vérifiées …`,
    asOf: (block, time, label) => `Lu au bloc ${number(block)}, ${time}, auprès de ${label}.`,
    complete: (count) =>
      count === 0
        ? 'Exact : la blockchain ne compte aucun lot de ce compte, et aucun n’est affiché.'
        : `Le journal est complet et exact : ${count === 1 ? 'le seul lot que compte la blockchain y figure' : `les ${number(count)} lots que compte la blockchain y figurent`}, avec racine, taille, date et état tels qu’elle les a.`,
    part: (shown, count) =>
      `Les ${number(shown)} lignes sont toutes comme sur la blockchain. Elle en compte ${number(count)} : affichez les plus anciennes pour les vérifier aussi.`,
    rest: (count) =>
      count === 1
        ? 'L’autre ligne est comme sur la blockchain.'
        : `Les ${number(count)} autres lignes sont comme sur la blockchain.`,
    withheld: (missing) =>
      `${counted(missing, { one: '# ligne a', other: '# lignes ont' })} un numéro sur la blockchain et aucun lot ici. La racine figure au journal du registre ; un audit la trouve.`,
    wrong: (wrong) =>
      `${counted(wrong, { one: '# ligne diffère', other: '# lignes diffèrent' })} de la blockchain, comme indiqué. Ce qui a changé dans la dernière minute n’est peut-être pas encore affiché : rechargez la page et vérifiez de nouveau.`,
    unlisted: (count) =>
      `La blockchain compte ${counted(count, { one: '# lot plus récent', other: '# lots plus récents' })} que le journal n’affiche pas. Rechargez la page et vérifiez de nouveau.`,
    failed: 'Vérification impossible. Cela ne dit rien contre le journal. ',
    untrusted:
      'Le journal nomme un registre auquel le fichier de confiance de cette page ne se fie pas.',
    same: 'comme sur la blockchain',
    counted: 'la blockchain le compte',
    missing: 'la blockchain n’a pas cet ancrage',
    differs: (what) => `la blockchain dit : ${what}`,
    sequence: (sequence) => `numéro ${number(sequence)}`,
    anchoredAt: (time) => `ancré le ${time}`,
    notWithdrawn: 'non retiré',
    audit: 'Avec vos propres outils, feuilles et arbres compris :',
  },
  footer: {
    how: 'Un émetteur s’engage sur ses attestations dans un registre d’une blockchain publique, et le registre numérote ce que chaque compte ancre. Cette page en donne la liste et ne contient aucune attestation.',
    json: 'Ce journal en JSON',
    public: 'Pas de cookies, pas de traceurs.',
  },
}
