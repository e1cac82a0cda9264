import type { Presentation } from '../en/presentation.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('es')
const credentials = (count: number) =>
  counted(count, { one: '# credencial', many: '# de credenciales', other: '# credenciales' })

/** Textos en español de la página que comprueba lo que alguien presenta. */
export const messages: Presentation = {
  documentTitle: 'Credenciales presentadas · Rootmark',
  title: 'Lo que alguien presenta',
  lead: 'Todas las credenciales de una presentación, comprobadas en este navegador: si cada una es auténtica, de quién son y qué muestran juntas.',
  ask: 'Pedir credenciales',
  single: 'Comprobar una sola credencial',
  intake: {
    title: 'Abrir una presentación',
    file: 'Elegir su archivo (JSON o PDF)',
    paste: 'O pegar su enlace o su JSON',
    open: 'Comprobar',
    another: 'Abrir otra presentación',
    unreadable: 'Esto no se puede leer como presentación:',
  },
  progress: (count, all) => `${count} de ${credentials(all)} comprobadas …`,
  spoken: (headline) => `La comprobación ha terminado: ${headline}.`,
  whole: {
    title: 'El conjunto',
    about: credentials,
    valid: {
      headline: () => 'Todo es auténtico y está en vigor, y su titular lo firmó',
      next: 'Asegúrese de que la persona que tiene delante es la que le escribió: la firma muestra una clave y ningún rostro.',
    },
    knownPerson: {
      headline: () => 'Todo es auténtico, está en vigor y es de la persona cuya dirección conoce',
      next: 'Nadie lo firmó: quien lo recibió puede pasarlo. Pregunte a la propia dirección si lo envió.',
    },
    unbound: {
      headline: () => 'Sus credenciales son auténticas, y nadie firmó su entrega',
      next: 'Indique abajo el correo electrónico por el que conoce a la persona. O pida con un enlace, que hace firmar.',
    },
    unsigned: {
      headline: () => 'Usted pidió una firma, y no la tiene',
      next: 'Pida que respondan a su enlace con el portafolio, que firma.',
    },
    replayed: {
      headline: () => 'Responde a otra pregunta, no a la suya',
      next: 'Se firmó para otra persona u otra ocasión y se pasó. Pida que respondan a su enlace.',
    },
    otherAudience: {
      headline: () => 'Se hizo para otra persona',
      next: 'Su titular no lo destinó a usted. Pida que respondan a su enlace.',
    },
    ended: {
      headline: () => 'Su titular dejó que venciera',
      next: 'Se podía confiar en ello hasta entonces. Pida una nueva.',
    },
    altered: {
      headline: () => 'Se cambió después de firmarse, o lo firmó otra persona',
      next: 'No confíe en ello. Pida el enlace o el archivo tal como lo hizo el portafolio.',
    },
    malformed: {
      headline: () => 'No está hecho como debe estarlo una presentación',
      next: 'Pida el enlace o el archivo tal como lo hizo el portafolio.',
    },
    signatureOpen: {
      headline: () => 'No se pudo comprobar su firma',
      next: 'Esto no dice nada en su contra. Vuelva a intentarlo más tarde.',
    },
    someBad: {
      headline: (count, all) => `No auténticas o no en vigor: ${count} de ${credentials(all)}`,
      next: 'Abajo se dice cuáles y por qué. No cuentan para nada; las demás se juzgan por sí mismas.',
    },
    someOfOthers: {
      headline: (count, all) => `De otra persona: ${count} de ${credentials(all)}`,
      next: 'Abajo se dice cuáles. No cuentan. Pregunte por qué están ahí.',
    },
    stackBad: {
      headline: (count) =>
        `No se sigue de sus partes: ${counted(count, { one: '# título', many: '# de títulos', other: '# títulos' })}`,
      next: 'Lo que vino como sus partes lo contradice. Aquí no cuenta para nada; pregunte a quien lo emitió.',
    },
    unconfirmed: {
      headline: () => 'Auténtico, pero ¿es para usted?',
      next: 'Quien recibe una respuesta así puede pasarla. Abra su propia pregunta, o diga abajo que es suya.',
    },
    someOpen: {
      headline: (count, all) => `No se pudieron comprobar: ${count} de ${credentials(all)}`,
      next: 'Esto no dice nada en su contra. Inténtelo más tarde, o indique abajo otro acceso a la cadena.',
    },
    someUnproved: {
      headline: (count, all) => `Nada muestra de quién: ${count} de ${credentials(all)}`,
      next: 'Solo nombran una dirección por su huella. Indique abajo la dirección por la que conoce a la persona.',
    },
  },
  facts: {
    holder: 'Firmado por',
    unsigned: 'Nadie lo firmó',
    purpose: 'Para qué, en palabras del titular',
    audience: 'Para',
    anyone: 'Quien lo reciba',
    until: 'Fiable hasta',
    noEnd: 'Sin fin indicado',
    created: 'Firmado el',
    question: 'Responde a la pregunta',
    sources: {
      asked: 'Usted la hizo en este navegador.',
      opened: 'Usted la abrió aquí.',
      brought: 'Vino con la respuesta: la eligió quien responde.',
    },
    over: (time) => `Se pedían respuestas hasta el ${time}.`,
  },
  confirm: {
    audience: (audience) => `Nombra a ${audience} como destinatario.`,
    question: 'La pregunta que vino con ella se muestra más abajo.',
    yes: 'Soy yo, y es mi pregunta',
  },
  person: {
    label: 'Correo electrónico por el que conoce a la persona',
    use: 'Comparar',
    note: 'Se compara con las huellas de las credenciales y se queda en este navegador.',
  },
  question: {
    title: 'Lo que se pide',
    none: 'Abra lo que pidió, para ver qué puntos se cumplen.',
    open: 'Abrir un requisito o una pregunta (archivo)',
    paste: 'O pegar su enlace',
    use: 'Compararlo con ello',
    unreadable: 'Esto no es un requisito:',
    outcome: {
      open: 'Abierto: algunas credenciales no se pudieron comprobar, o nada muestra de quién son',
      met: 'Cumplido: credenciales verificadas del titular cumplen el requisito',
      unmet: 'No cumplido',
      undecided: 'Averiguarlo lleva más tiempo del que se le dedica',
    },
    clause: { open: 'Abierto', met: 'Cumplido', unmet: 'No cumplido', spare: 'No hace falta' },
    all: 'Todo esto:',
    some: (count) => `Al menos ${count} de esto:`,
    void: 'La presentación misma no vale, así que esto no dice nada de la persona.',
    missing: 'Falta',
    credits: (credits) => `${credits} créditos ECTS`,
    by: (name) => `cuenta como ello según ${name}`,
  },
  summary: {
    title: 'Lo que muestran juntas',
    none: 'Ninguna credencial cuenta, así que no hay nada que resumir.',
    note: 'Solo cuenta lo verificado, y nada dos veces. Cada línea lleva a las credenciales que hay detrás.',
    unbound: 'Nada muestra aún que todo esto sea de una sola persona.',
    skills: 'Competencias',
    noFramework: 'De ningún marco nombrado',
    unrecognised: 'como lo llaman los emisores',
    noSkills: 'Ninguna de las credenciales nombra una competencia.',
    levels: 'Niveles',
    level: (level) => `Nivel MEC ${level}`,
    credits: 'Créditos',
    total: (credits) => `${credits} créditos ECTS en total`,
    counted: (credits) => `${credits} créditos ECTS`,
    standsFor: 'vale por sus partes',
    uncounted: {
      same_component: 'no contado: dice lo mismo que otra',
      part_of: 'no contado: parte de un título que cuenta',
      parts_counted: 'no contado: cuentan sus partes',
      shares_parts: 'no contado: hecho de algo que ya cuenta',
    },
    unstated: 'no indica ninguno',
    timeline: 'Cuándo',
    earned: (time) => `obtenida el ${time}`,
    ends: (time) => `vale hasta el ${time}`,
    gap: (from, until) => `Nada entre el ${from} y el ${until}`,
    lapse: (from, until) => `Había vencido, del ${from} al ${until}`,
    upTo: (level) => `hasta el nivel MEC ${level}`,
  },
  stacks: {
    title: 'Los títulos y de qué están hechos',
    pathway: (name) => `Itinerario: ${name}`,
    states: {
      verified: 'Verificada',
      ended: 'Terminada desde entonces',
      bound: 'No vino con ello',
      differs: 'Otro documento',
      invalid: 'No auténtica',
      indeterminate: 'No se pudo comprobar',
    },
  },
  credentials: {
    title: 'Las credenciales, una por una',
    unnamed: 'Sin nombre',
    holder: {
      same: 'de quien la presenta',
      other: 'de otra persona',
      unproved: 'nada muestra de quién',
    },
    open: (name) => `Pruebas: ${name}`,
    closed: 'No se pudo abrir.',
  },
  actions: {
    print: 'Imprimir',
    save: 'Guardar la presentación',
    pdf: 'Guardar como PDF verificable',
  },
  pdfFailed: 'Aquí no se pudo hacer ningún PDF. Guarde la presentación o imprima esta página.',
}
