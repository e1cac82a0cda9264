import type { Reasons } from '../en/reasons.ts'

const askForOriginal =
  'Ne vous y fiez pas. Demandez au titulaire le fichier tel que l’émetteur l’a remis.'
const nothingAgainst = 'Cela ne dit rien contre l’attestation.'
const maybeRevoked = `${nothingAgainst} Elle a pu être révoquée : interrogez l’émetteur avant de vous y fier.`
const maybeRevokedAgain = `${nothingAgainst} Elle a pu être révoquée : réessayez avant de vous y fier.`
const tryLater = `${nothingAgainst} Réessayez plus tard.`
const otherVerifier = `${nothingAgainst} Un autre vérificateur sait peut-être le faire.`
const impersonated =
  'Ne vous y fiez pas. Quelqu’un utilise peut-être le nom de l’émetteur ; prévenez-le si vous le pouvez.'
const askAboutKey = 'Ne vous y fiez pas. Demandez à l’émetteur s’il l’a signée, et avec quelle clé.'
const notAccredited = 'Ne vous y fiez pas comme à une attestation accréditée.'

const malformed = {
  headline: 'Ce n’est pas une attestation bien formée',
  next: 'Le fichier est peut-être endommagé ou fait à la main. Demandez au titulaire le fichier remis par l’émetteur.',
}
const brokenProof = { headline: 'Sa preuve est endommagée', next: askForOriginal }
const brokenSignature = { headline: 'Sa signature est endommagée', next: askForOriginal }
const brokenKey = {
  headline: 'La clé qui l’a signée est inutilisable',
  next: 'Ne vous y fiez pas. Demandez à l’émetteur d’examiner les clés qu’il publie.',
}
const ambiguousMeaning = {
  headline: 'Ce qu’elle dit n’est pas clair pour un ordinateur',
  next: 'Ne vous y fiez pas : des programmes peuvent y lire des choses différentes. Demandez au titulaire le fichier tel que l’émetteur l’a remis.',
}
const unreliableList = { headline: 'Sa liste de statuts n’est pas fiable', next: maybeRevoked }
const notJson = {
  headline: 'Ce n’est pas du JSON lisible',
  next: 'Une partie du texte manque peut-être. Copiez ou téléchargez le tout, de la première { à la dernière }, et réessayez.',
}
const damagedImage = {
  headline: 'Cette image est endommagée',
  next: 'Téléchargez-la de nouveau là où l’émetteur la propose, ou demandez le fichier JSON au titulaire.',
}
const outOfBounds = {
  headline: 'Aucune attestation ne ressemble à cela',
  next: 'Les attestations sont petites. Vérifiez que c’est le bon fichier.',
}

/** What the verdict's reason means to a person, and what to do, in French. */
export const reasons: Reasons = {
  valid: {
    headline: 'Authentique, intacte et en vigueur',
    next: 'Vous pouvez vous fier à ce qu’elle dit. Assurez-vous que la personne qui la présente est bien le titulaire nommé.',
  },
  valid_of_unvouched_issuer: {
    headline: 'Authentique, intacte et en vigueur',
    next: 'Son émetteur l’a bien dit, mais personne ne garantit qui est cet émetteur. Assurez-vous que l’identifiant sous « Émetteur » appartient à l’organisation nommée, et que la personne qui la présente est le titulaire.',
  },
  valid_on_test_network: {
    headline: 'Authentique, intacte et en vigueur',
    next: 'Elle réussit tous les contrôles, mais à titre d’essai seulement. Avant de vous y fier, demandez l’attestation ancrée sur un vrai réseau.',
  },
  revoked: {
    headline: 'Révoquée par l’émetteur',
    next: 'Ne vous y fiez pas. Une révocation est définitive ; demandez au titulaire si une attestation corrigée la remplace.',
  },
  superseded: {
    headline: 'Remplacée par une attestation corrigée',
    next: 'Ne vous fiez pas à celle-ci : l’émetteur l’a révoquée en émettant l’attestation corrigée. Demandez-la au titulaire, ou ouvrez-la là où la vérification la nomme.',
  },
  suspended: {
    headline: 'Suspendue par l’émetteur',
    next: 'Ne vous y fiez pas pour l’instant. Une suspension peut être levée : vérifiez plus tard, ou interrogez l’émetteur.',
  },
  withdrawn: {
    headline: 'Tout son lot a été retiré',
    next: 'Ne vous y fiez pas. Demandez au titulaire ou à l’émetteur l’attestation qui la remplace.',
  },
  expired: {
    headline: 'Sa période est terminée',
    next: 'S’il vous faut une preuve pour aujourd’hui, demandez au titulaire une attestation renouvelée.',
  },
  not_yet_valid: {
    headline: 'Sa période n’a pas commencé',
    next: 'Vérifiez-la de nouveau quand elle aura commencé.',
  },
  tampered: {
    headline: 'Le contenu n’est pas celui qui a été émis',
    next: `${askForOriginal} Si c’est bien ce fichier, son lot n’est peut-être pas encore ancré : interrogez l’émetteur.`,
  },
  proof_mismatch: {
    headline: 'Sa preuve appartient à une autre attestation',
    next: askForOriginal,
  },
  proof_missing: {
    headline: 'Elle ne porte aucune preuve',
    next: 'Ne vous y fiez pas : n’importe qui a pu l’écrire. Demandez au titulaire le fichier remis par l’émetteur.',
  },
  anchor_missing: { headline: 'Sa preuve d’ancrage a été retirée', next: askForOriginal },
  anchor_unknown: {
    headline: 'Le compte de son émetteur n’a rien ancré',
    next: 'Ne vous y fiez pas. Si elle vient d’être émise, demandez à l’émetteur si son lot est déjà ancré.',
  },
  status_index_out_of_range: {
    headline: 'Elle ne fait pas partie du lot qu’elle indique',
    next: askForOriginal,
  },
  registry_untrusted: {
    headline: 'Elle est ancrée dans un contrat auquel personne ne se fie ici',
    next: 'Ne vous y fiez pas. Un contrat peut tout prétendre ; demandez à l’émetteur quel registre il utilise.',
  },
  test_network_refused: {
    headline: 'Elle n’est ancrée que sur un réseau d’essai',
    next: 'Ne vous y fiez pas : c’est un essai. Demandez au titulaire la vraie attestation.',
  },
  issuer_account_mismatch: {
    headline: 'Elle n’a pas été ancrée par l’émetteur qu’elle nomme',
    next: impersonated,
  },
  did_document_mismatch: {
    headline: 'Le document d’identité de l’émetteur en est un autre',
    next: 'Ne vous y fiez pas. Demandez à l’émetteur d’examiner son document DID.',
  },
  issuer_unknown: {
    headline: 'Aucun accréditeur reconnu ici ne garantit l’émetteur',
    next: 'Ne vous fiez pas au nom de l’émetteur. Cherchez par d’autres moyens qui a fait cette attestation.',
  },
  accreditation_not_begun: {
    headline: 'L’émetteur n’était pas encore accrédité',
    next: `${notAccredited} Demandez à l’émetteur s’il l’a émise à nouveau depuis.`,
  },
  accreditation_ended: {
    headline: 'L’émetteur n’était plus accrédité',
    next: `${notAccredited} Interrogez l’émetteur sur son accréditation.`,
  },
  accreditation_withdrawn: {
    headline: 'L’accréditation de l’émetteur avait été retirée',
    next: `${notAccredited} Demandez à l’accréditeur pourquoi.`,
  },
  accreditor_not_in_force: {
    headline: 'L’accréditeur de son émetteur n’avait pas le droit d’accréditer',
    next: `${notAccredited} Demandez à l’émetteur qui le garantit aujourd’hui.`,
  },
  accreditation_scope_mismatch: {
    headline: 'L’émetteur n’était pas accrédité pour cela',
    next: `${notAccredited} L’émetteur est connu, mais ne peut pas délivrer ceci. Interrogez-le, ou son accréditeur.`,
  },
  signature_invalid: {
    headline: 'Le contenu n’est pas celui qui a été signé',
    next: askForOriginal,
  },
  issuer_key_mismatch: {
    headline: 'Elle n’a pas été signée par l’émetteur qu’elle nomme',
    next: impersonated,
  },
  jwt_claims_mismatch: {
    headline: 'Elle se contredit',
    next: 'Ne vous y fiez pas : elle dit deux choses différentes en deux endroits. Demandez au titulaire le fichier tel que l’émetteur l’a remis.',
  },
  jwt_algorithm_refused: {
    headline: 'Elle est signée d’une façon qui ne prouve rien',
    next: 'Ne vous y fiez pas : n’importe qui a pu l’écrire. Demandez au titulaire le fichier tel que l’émetteur l’a remis.',
  },
  issuer_account_unbound: {
    headline: 'Son émetteur ne connaît pas le compte qui l’a ancrée',
    next: 'Ne vous y fiez pas : elle a pu être révoquée puis ancrée de nouveau par quelqu’un d’autre. Interrogez l’émetteur.',
  },
  previous_proof_missing: {
    headline: 'Une signature dont une autre dépend a été retirée',
    next: askForOriginal,
  },
  proof_expired: {
    headline: 'Sa signature a expiré',
    next: 'S’il vous faut une preuve pour aujourd’hui, demandez au titulaire une attestation signée de nouveau.',
  },
  challenge_mismatch: {
    headline: 'Elle a été présentée à quelqu’un d’autre',
    next: 'Ne vous y fiez pas. Demandez au titulaire de vous la présenter de nouveau.',
  },
  domain_mismatch: {
    headline: 'Elle a été présentée ailleurs',
    next: 'Ne vous y fiez pas. Demandez au titulaire de vous la présenter de nouveau.',
  },
  key_expired: {
    headline: 'Elle a été signée avec une clé expirée',
    next: 'Ne vous y fiez pas. Demandez à l’émetteur de la signer de nouveau.',
  },
  key_revoked: {
    headline: 'La clé qui l’a signée a été révoquée',
    next: 'Ne vous y fiez pas : d’autres ont pu avoir la clé. Demandez à l’émetteur de la signer de nouveau.',
  },
  method_missing: {
    headline: 'L’émetteur ne répertorie pas la clé qui l’a signée',
    next: askAboutKey,
  },
  method_purpose: {
    headline: 'La clé qui l’a signée n’est pas prévue pour des attestations',
    next: askAboutKey,
  },
  presentation_given: {
    headline: 'C’est une présentation de plusieurs attestations',
    next: 'Ouvrez-la sur la page des présentations : elle les vérifie toutes et dit qui les remet.',
  },
  not_a_credential: {
    headline: 'Ce n’est pas une attestation',
    next: 'C’est du JSON, mais d’une autre nature. Demandez au titulaire l’attestation en fichier JSON.',
  },
  chain_unreachable: {
    headline: 'L’accès à la blockchain n’a pas répondu',
    next: `${nothingAgainst} Réessayez dans un instant, ou indiquez un autre accès ci-dessous.`,
  },
  chain_unknown: {
    headline: 'Aucun accès n’est connu pour sa blockchain',
    next: `${nothingAgainst} Indiquez un accès ci-dessous, et elle est vérifiée aussitôt.`,
  },
  chain_untrusted: {
    headline: 'Cette page ne connaît pas sa blockchain',
    next: `${nothingAgainst} Un autre vérificateur la connaît peut-être ; qui gère cette page peut l’ajouter au fichier de confiance.`,
  },
  chain_mismatch: {
    headline: 'L’accès est celui d’une autre blockchain',
    next: `${nothingAgainst} Indiquez ci-dessous un accès à la bonne.`,
  },
  chain_stale: {
    headline: 'L’accès à la blockchain est en retard',
    next: `${nothingAgainst} Indiquez un autre accès ci-dessous, ou vérifiez plus tard.`,
  },
  chain_answer_malformed: {
    headline: 'L’accès à la blockchain a donné une réponse inutilisable',
    next: `${nothingAgainst} Indiquez un autre accès ci-dessous.`,
  },
  carried_malformed: {
    headline: 'Le code n’a pas été lu en entier',
    next: `${nothingAgainst} Scannez-le de nouveau, bien éclairé et à plat, ou copiez tout le lien ; sinon demandez le fichier au titulaire.`,
  },
  block_header_malformed: {
    headline: 'L’accès à la blockchain ne donne pas de bloc',
    next: `${nothingAgainst} Réessayez avec un autre accès.`,
  },
  block_header_unknown: {
    headline: 'La blockchain a des blocs d’un nouveau genre',
    next: `${nothingAgainst} Cette version ne peut pas la prouver : prenez-en une plus récente, ou vérifiez sans preuves.`,
  },
  endpoints_disagree: {
    headline: 'Les accès à la blockchain ne sont pas d’accord',
    next: `${nothingAgainst} Réessayez dans un instant ; s’ils diffèrent encore, prévenez qui gère cette vérification.`,
  },
  registry_missing: {
    headline: 'L’accès à la blockchain n’y connaît aucun registre',
    next: `${nothingAgainst} Indiquez un autre accès ci-dessous ; celui-ci est peut-être en retard, ou sert un autre réseau.`,
  },
  accreditations_too_many: {
    headline: 'Trop d’accréditations à parcourir',
    next: `${nothingAgainst} Dites à qui gère cette page à quel accréditeur elle devrait se fier directement.`,
  },
  accreditation_scope_unstated: {
    headline: 'Impossible de dire si son émetteur était accrédité pour cela',
    next: `${nothingAgainst} Elle omet ce qui limite l’accréditation : demandez le niveau et le domaine à l’émetteur avant de vous y fier.`,
  },
  signature_unsupported: {
    headline: 'Elle porte une preuve qui ne peut être vérifiée ici',
    next: otherVerifier,
  },
  proofs_too_many: {
    headline: 'Elle porte plus de signatures qu’on n’en vérifie ici',
    next: 'Une attestation en porte une ou deux. Demandez au titulaire le fichier remis par l’émetteur.',
  },
  proof_member_unknown: {
    headline: 'Sa signature dit quelque chose qui n’est pas compris ici',
    next: otherVerifier,
  },
  context_unknown: {
    headline: 'Elle emploie un vocabulaire inconnu ici',
    next: `${nothingAgainst} Un autre vérificateur le connaît peut-être ; ici on n’en consulte aucun, pour que personne ne change le sens d’un mot.`,
  },
  json_ld_too_complex: {
    headline: 'Elle est trop compliquée pour être vérifiée ici',
    next: 'Les attestations sont simples. Demandez au titulaire le fichier remis par l’émetteur.',
  },
  crypto_unavailable: {
    headline: 'Cette page ne peut pas vérifier de signatures',
    next: `${nothingAgainst} Ouvrez-la à une adresse qui commence par https:// et vérifiez de nouveau.`,
  },
  jwt_key_unnamed: {
    headline: 'Elle ne dit pas avec quelle clé elle a été signée',
    next: `${nothingAgainst} Son émetteur connaît peut-être un vérificateur qui a la clé : interrogez-le avant de vous y fier.`,
  },
  issuer_key_self_asserted: {
    headline: 'Impossible de dire si son émetteur l’a signée',
    next: 'Elle n’a pas changé depuis sa signature, mais n’importe qui peut signer ainsi au nom de n’importe qui. Demandez à l’émetteur si elle est de lui avant de vous y fier.',
  },
  issuer_key_elsewhere: {
    headline: 'Impossible de dire si son émetteur l’a signée',
    next: 'Elle n’a pas changé depuis sa signature, mais sa clé se trouve là où d’autres que l’émetteur ont pu la mettre. Demandez à l’émetteur si elle est de lui avant de vous y fier.',
  },
  key_unreachable: {
    headline: 'La clé de son émetteur n’a pas pu être consultée',
    next: tryLater,
  },
  key_format_unknown: {
    headline: 'Elle est signée avec un genre de clé inconnu ici',
    next: otherVerifier,
  },
  did_method_unsupported: {
    headline: 'La clé de son émetteur ne peut être consultée ici',
    next: otherVerifier,
  },
  issuer_unresolvable: {
    headline: 'Impossible de dire qui est l’émetteur',
    next: `${nothingAgainst} Demandez à l’émetteur avec quel compte il ancre.`,
  },
  did_document_unreachable: {
    headline: 'L’identité de l’émetteur n’a pas pu être consultée',
    next: tryLater,
  },
  status_unsupported: { headline: 'Son statut ne peut être lu ici', next: maybeRevoked },
  statuses_too_many: {
    headline: 'Elle nomme plus de listes de statuts qu’on n’en consulte',
    next: maybeRevoked,
  },
  status_unreachable: {
    headline: 'Sa liste de statuts n’a pas pu être lue',
    next: maybeRevokedAgain,
  },
  status_list_not_in_force: {
    headline: 'Sa liste de statuts est périmée',
    next: `${nothingAgainst} L’émetteur doit la renouveler : réessayez plus tard, ou interrogez-le.`,
  },
  status_list_unverified: {
    headline: 'Impossible de dire si sa liste de statuts est authentique',
    next: maybeRevokedAgain,
  },
  status_issuer_mismatch: {
    headline: 'Sa liste de statuts est tenue par quelqu’un d’autre',
    next: `${nothingAgainst} Ici, seule la liste de l’émetteur fait foi : interrogez-le.`,
  },
  status_unreadable: { headline: 'Son statut n’a pas pu être lu', next: maybeRevokedAgain },
  nothing_proved: {
    headline: 'Il n’y a rien à quoi la comparer',
    next: 'Ne vous fiez pas à elle seule. Demandez au titulaire le fichier remis par l’émetteur.',
  },
  jwt_malformed: {
    headline: 'Ce n’est pas un JSON Web Token lisible',
    next: 'Une partie du texte manque peut-être. Copiez ou téléchargez le tout, avec les deux points, et réessayez.',
  },
  utf8_invalid: {
    headline: 'Ce n’est pas un fichier texte',
    next: 'Une attestation est un fichier JSON, ou un badge en image PNG ou SVG ou en PDF. Si vous avez autre chose, demandez le fichier JSON au titulaire.',
  },
  duplicate_name: { headline: 'Ce JSON dit deux choses à la fois', next: askForOriginal },
  lone_surrogate: { headline: 'Ce JSON contient des caractères brisés', next: askForOriginal },
  number_unsafe: { headline: 'Ce JSON contient un nombre hors limites', next: askForOriginal },
  pdf_malformed: {
    headline: 'Ce PDF est illisible',
    next: 'Téléchargez-le de nouveau là où l’émetteur le propose, ou demandez le fichier JSON au titulaire.',
  },
  pdf_encrypted: {
    headline: 'Ce PDF est protégé par un mot de passe',
    next: 'Ce qui y est joint ne peut être lu. Demandez au titulaire le PDF tel que remis par l’émetteur, ou le fichier JSON.',
  },
  xml_unsafe: {
    headline: 'Cette image est faite de façon dangereuse',
    next: 'Ne l’ouvrez pas ailleurs. Demandez au titulaire le badge tel que remis par l’émetteur, ou son fichier JSON.',
  },
  badge_empty: {
    headline: 'Il n’y a pas d’attestation dans ce fichier',
    next: 'L’apparence ne prouve rien. Demandez au titulaire le badge tel que remis par l’émetteur, ou son fichier JSON.',
  },
  badge_ambiguous: {
    headline: 'Il y a plusieurs attestations dans ce fichier',
    next: 'Ne vous y fiez pas : d’autres vérificateurs peuvent en lire une autre. Demandez au titulaire le badge tel que remis par l’émetteur.',
  },
  open_badges_2: {
    headline: 'C’est un badge Open Badges 2',
    next: `${nothingAgainst} Cette page ne vérifie pas ce genre plus ancien : interrogez son émetteur, ou demandez un badge Open Badges 3.0.`,
  },
  envelope_unsupported: {
    headline: 'Elle est signée d’une façon que cette page ne vérifie pas',
    next: `${nothingAgainst} Son enveloppe n’est pas un JSON Web Token : vérifiez-la avec l’outil que son émetteur indique.`,
  },
  too_large: {
    headline: 'C’est trop gros pour une attestation',
    next: 'Les attestations sont petites. Vérifiez que c’est le bon fichier.',
  },
  empty: {
    headline: 'C’est vide',
    next: 'Choisissez un fichier, déposez-en un, ou collez l’attestation ou son lien.',
  },
  link_refused: {
    headline: 'Ce lien n’est pas suivi',
    next: 'Téléchargez l’attestation et déposez le fichier ici.',
  },
  page_failed: {
    headline: 'Cette page a échoué',
    next: `${nothingAgainst} Rechargez la page et réessayez ; si elle échoue encore, prévenez qui la gère.`,
  },
  link_unreachable: {
    headline: 'Le lien ne mène à aucune attestation',
    next: 'Ouvrez vous-même le lien, enregistrez l’attestation dans un fichier et déposez-le ici.',
  },
  malformed,
  brokenProof,
  brokenSignature,
  brokenKey,
  ambiguousMeaning,
  unreliableList,
  notJson,
  damagedImage,
  outOfBounds,
}
