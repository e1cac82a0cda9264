import type { Check } from '../en/check.ts'

/** French texts of the page that takes a credential. */
export const messages: Check = {
  documentTitle: 'Vérifier une attestation · Rootmark',
  title: 'Vérifier une attestation',
  lead: 'Est-elle authentique, intacte et toujours en vigueur ? Interrogez vous-même la blockchain : la vérification se fait dans ce navigateur.',
  broken: 'Une partie de cette page n’a pas pu être chargée. Rechargez-la.',
  back: 'Revenir au tableau',
  intake: {
    label: 'Attestation à vérifier',
    drop: 'Déposez des attestations ici',
    dropNow: 'Relâchez pour vérifier',
    or: 'ou',
    choose: 'Choisir des fichiers',
    folder: 'Choisir un dossier',
    hint: 'Des fichiers JSON, des badges en image PNG ou SVG ou en PDF, un ZIP qui les contient, ou une liste d’une attestation par ligne : une seule ou des milliers. Elles sont lues ici et ne sont pas envoyées.',
    scan: 'Scanner un code',
    paste: 'Collez son JSON ou son lien',
    check: 'Vérifier',
    placeholder: '{ "@context": [ … ] }  ou  https://…',
    placeholderShort: 'JSON ou lien',
    another: 'Vérifier d’autres attestations',
    examples: 'Pas d’attestation sous la main ? Essayez l’une de celles-ci :',
  },
  scan: {
    title: 'Scanner un code',
    hold: 'Tenez le code devant la caméra. L’image reste dans ce navigateur.',
    stop: 'Arrêter la caméra',
    asking: 'En attente de la caméra …',
    failed:
      'La caméra n’est pas utilisable ici. Autorisez-la pour cette page dans votre navigateur, ou copiez le lien du code et collez-le.',
  },
  sources: {
    file: (name) => `Fichier ${name}`,
    text: 'Texte collé',
    carried: 'Contenue dans le code ou le lien lui-même',
    link: (origin) => `Récupérée auprès de ${origin}`,
  },
  footer: {
    how: 'Un émetteur s’engage sur ses attestations dans un registre d’une blockchain publique. Cette page calcule l’empreinte d’une attestation, interroge ce registre et n’a besoin d’aucun serveur de l’émetteur.',
    local: 'Pas de cookies, pas de traceurs, pas d’images distantes sans votre demande.',
  },
}
