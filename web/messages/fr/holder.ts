import type { Holder } from '../en/holder.ts'

/** Textes français de la page d’une attestation. */
export const messages: Holder = {
  documentTitle: 'Attestation · Rootmark',
  title: 'Une attestation',
  titleHolder: 'Votre attestation',
  opening: 'Ouverture de l’attestation …',
  footer:
    'Le verdict de cette page est établi dans votre navigateur, à partir de l’attestation et de la chaîne. Le service d’où vient cette page peut retenir une attestation, mais pas en inventer une.',
  corrected:
    'L’émetteur a corrigé cette attestation : vous voyez la version corrigée, qui remplace ce que ce lien montrait auparavant.',
  limits: {
    until: (time: string) => `Le lien est valable jusqu’au ${time}.`,
    views: (left: number) => `Consultations restantes : ${left}.`,
  },
  certificate: {
    standing: {
      valid: 'Vérifiée à l’instant : authentique et en vigueur',
      trial: 'Vérifiée à l’instant : elle réussit, sur un réseau d’essai',
      invalid: 'Vérifiée à l’instant : ne vous y fiez pas',
      indeterminate: 'N’a pas pu être vérifiée entièrement',
    },
    unnamed: 'La personne titulaire',
    awarded: 's’est vu décerner',
    by: 'par',
    accredited: 'Le nom de l’émetteur est celui qu’un accréditeur a inscrit.',
    stated: 'Le nom de l’émetteur est sa propre déclaration.',
    from: (time: string) => `Période indiquée : à partir du ${time}, sans terme`,
    between: (from: string, until: string) => `Période indiquée : du ${from} au ${until}`,
  },
  actions: {
    title: 'La garder, la montrer',
    portfolio: 'Ajouter à mon dossier',
    pdf: 'Certificat (PDF)',
    svg: 'Badge (SVG)',
    png: 'Badge (PNG)',
    json: 'Données (JSON)',
    linkedIn: 'Ajouter à LinkedIn',
    copy: 'Copier le lien',
    print: 'Imprimer cette page',
    copied: 'Le lien est copié.',
    linkedInMade:
      'Un lien pour LinkedIn a été créé ; il figure dans la liste ci-dessous et vous pouvez le retirer. LinkedIn s’ouvre dans sa propre fenêtre.',
  },
  shares: {
    title: 'Liens pour d’autres personnes',
    lead: 'L’adresse de cette page n’est qu’à vous : elle permet de créer et de retirer des liens. Donnez aux autres un lien à eux.',
    none: 'Aucun lien n’a encore été créé.',
    made: 'Le nouveau lien ; il n’est montré que cette fois',
    madeTold: 'Le lien est créé. Copiez-le maintenant : il ne sera plus montré.',
    copy: 'Copier',
    revoke: 'Retirer',
    revoked: 'Le lien ne mène plus nulle part. Qui a vu l’attestation a pu la conserver.',
    unlabelled: (time: string) => `Lien du ${time}`,
    views: (views: number) => `Consultations : ${views}.`,
    viewsOf: (views: number, limit: number) => `Consultations : ${views} sur ${limit}.`,
    until: (time: string) => `Jusqu’au ${time}.`,
    revokeNamed: (name: string) => `Retirer : ${name}`,
    state: {
      open: 'Fonctionne.',
      ended: 'Est terminé.',
      spent: 'Est épuisé.',
    },
    form: {
      label: 'Pour qui (vous seul le voyez)',
      labelExample: 'Exemple SA',
      until: 'Dernier jour (vide : sans fin)',
      views: 'Nombre de consultations (vide : illimité)',
      make: 'Créer un lien',
    },
    own: {
      title: 'Si quelqu’un d’autre connaît votre propre lien',
      lead: 'Vous pouvez remplacer l’adresse de cette page par une nouvelle. L’ancienne prend fin ; les liens pour d’autres restent tels quels.',
      replace: 'Remplacer mon propre lien …',
      sure: 'L’ancienne adresse cesse aussitôt de fonctionner, y compris dans les courriels et les favoris. Continuer ?',
      yes: 'La remplacer',
      no: 'La laisser telle quelle',
    },
  },
  claim: {
    title: 'Obtenir le lien vers votre attestation',
    lead: 'Saisissez l’adresse électronique que l’émetteur a de vous. Si c’est celle de cette attestation, un courriel avec un lien part dans la minute.',
    email: 'Adresse électronique',
    send: 'M’envoyer le lien',
    sent: 'Si l’émetteur a cette adresse, un courriel est en route. Son lien fonctionne une fois, pendant une heure.',
    openTitle: 'Ouvrez votre attestation',
    openLead:
      'Ce lien de votre courriel fonctionne une fois. Vous recevez un lien à vous, que vous pouvez garder.',
    open: 'Ouvrir mon attestation',
    spent:
      'Ce lien à usage unique a déjà servi ou date de plus d’une heure. Demandez-en un autre là où vous aviez demandé celui-ci.',
  },
  troubles: {
    gone: {
      headline: 'Ce lien ne mène nulle part',
      next: 'Il a été coupé à la copie, est terminé, épuisé ou retiré. Demandez-en un autre à qui vous l’a donné.',
    },
    waiting: {
      headline: 'Pas tout à fait encore',
      next: 'L’attestation est émise, mais pas encore ancrée dans la chaîne. Réessayez dans quelques minutes.',
    },
    often: {
      headline: 'Trop de demandes',
      next: 'Votre adresse a beaucoup demandé ces derniers temps. Réessayez dans une minute.',
    },
    full: {
      headline: 'Trop de liens',
      next: 'Cent liens pour d’autres personnes fonctionnent déjà. Retirez-en d’abord un.',
    },
    mailless: {
      headline: 'Aucun courriel n’est envoyé ici',
      next: 'Ce service n’envoie pas de courriels. Demandez votre lien à l’émetteur.',
    },
    failed: {
      headline: 'Cela n’a pas fonctionné',
      next: 'Le service n’a pas répondu comme prévu. Réessayez dans un instant.',
    },
  },
}
