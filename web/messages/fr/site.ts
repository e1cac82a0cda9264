import type { Site } from '../en/site.ts'

/** French texts that every page may need. */
export const messages: Site = {
  locale: 'fr-FR',
  brand: 'Rootmark',
  language: 'Langue',
  text: {
    hidden: (which) => `Des caractères de contrôle cachés ont été retirés de ce texte : ${which}.`,
    more: 'Tout afficher',
    shortened: (length) => `abrégé, ${length} caractères à l’origine`,
  },
  endpoint: {
    title: 'Accès à la blockchain',
    asks: (chain, label) => `${chain} est interrogée via ${label}.`,
    asksNone: (chain) => `Aucun accès n’est connu pour ${chain}.`,
    intro:
      'Rien ne vous oblige à faire confiance à l’accès de cette page. Indiquez n’importe quel point d’accès JSON-RPC, par exemple votre propre nœud ; il est retenu jusqu’à la fermeture de cet onglet.',
    chain: 'Blockchain',
    url: 'Adresse du point d’accès',
    use: 'Utiliser ce point d’accès',
    reset: 'Revenir à celui de la page',
    saved: (label) => `Désormais, ${label} est interrogé.`,
    restored: 'Le point d’accès de la page est de nouveau interrogé.',
    insecure:
      'Donnez une adresse complète qui commence par https://, ou par http:// sur cet ordinateur (127.0.0.1 ou localhost).',
  },
  settings: {
    missing:
      'Cette page est arrivée sans ses réglages (config.json). Elle ne connaît ni accès à la blockchain ni accréditeur : indiquez un point d’accès ci-dessous, puis vérifiez.',
    malformed: (why) =>
      `Les réglages de cette page (config.json) sont inutilisables : ${why}. Elle ne connaît ni accès à la blockchain ni accréditeur : indiquez un point d’accès ci-dessous, puis vérifiez.`,
  },
  refusals: {
    tooLarge: (size, limit) => `Cela fait ${size} octets ; on en lit au plus ${limit}.`,
    empty: 'Il n’y a rien dedans.',
    linkScheme: 'Seuls les liens https et les liens vers ce site sont suivis.',
    linksTooMany: 'Plus de documents sont nommés qu’il n’en est lu pour une vérification.',
    linkPrivate:
      'Il mène dans un réseau privé ou vers cet ordinateur. On n’y suit pas le code ou le lien de quelqu’un d’autre.',
    linkUnreachable: (origin, why) =>
      `${origin} n’a rien remis : ${why}. Son serveur n’autorise peut-être pas d’autres sites à le lire ; téléchargez le fichier et déposez-le ici.`,
    linkStatus: (status) => `réponse HTTP ${status}`,
  },
}
