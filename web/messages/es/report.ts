import type { Report } from '../en/report.ts'
import { countingIn } from '../plural.ts'
import { reasons } from './reasons.ts'

const { number, counted } = countingIn('es-ES')

/** Spanish texts of a report. */
export const messages: Report = {
  progress: {
    reading: 'Leyendo la credencial …',
    asking: 'Preguntando a la cadena de bloques …',
    settled: (count, all) => `${count} de ${all} comprobaciones terminadas`,
  },
  verdicts: {
    valid: 'Válida',
    invalid: 'No válida',
    indeterminate: 'No se pudo comprobar',
    refused: 'Nada que comprobar',
    checking: 'Comprobando',
  },
  looks: {
    revoked: 'Revocada',
    suspended: 'Suspendida',
    expired: 'Caducada',
    early: 'Aún no es válida',
    altered: 'Alterada',
    unvouched: 'Emisor desconocido',
  },
  fallbackHeadlines: {
    valid: 'Auténtica, intacta y en vigor',
    invalid: 'Algo en ella no está bien',
    indeterminate: 'Quedó una pregunta abierta',
    refused: 'Esto no se puede leer',
  },
  fallbackNext: {
    valid: 'Asegúrese de que quien la muestra es el titular que nombra.',
    invalid: 'No se fíe de ella. Pida al titular el archivo que entregó el emisor.',
    indeterminate: 'Esto no dice nada contra la credencial. Vuelva a comprobarla más tarde.',
    refused: 'Pida al titular la credencial como archivo JSON.',
  },
  reasons,
  next: 'Qué hacer ahora',
  save: 'Guardar este informe',
  print: 'Imprimir',
  openPresentation: 'Abrirla allí',
  where: (place) => `El lugar: ${place}`,
  notes: {
    title: 'Tenga en cuenta',
    testNetwork: (chain) =>
      `${chain} es una red de pruebas. Los anclajes en ella no cuestan nada y no demuestran nada sobre el mundo real.`,
    testLabel: 'Red de pruebas',
    notAccredited:
      'No se preguntó a nadie que responda por el emisor: su nombre es el que da la credencial.',
    scopeInWords: (scope) =>
      `La acreditación del emisor está limitada con palabras que los ordenadores no comparan${scope === '' ? '' : `: «${scope}»`}. Juzgue usted si esta credencial entra en ella.`,
    notFinal:
      'El anclaje es reciente y aún no es definitivo: en raras ocasiones una cadena descarta sus últimos bloques. Vuelva a comprobar dentro de unos minutos.',
  },
  checks: {
    title: 'Las ocho comprobaciones',
    waiting: 'En espera',
    successor: 'Abrir la credencial corregida',
    read: 'Leído',
    from: 'de',
    outcomes: {
      valid: 'Superada',
      invalid: 'No superada',
      indeterminate: 'No se pudo saber',
      skipped: 'No se preguntó',
    },
    names: {
      format: ['Formato', '¿Es una credencial?'],
      integrity: ['Contenido', '¿Está intacto?'],
      anchor: ['Anclaje', '¿Quién se comprometió, y cuándo?'],
      signature: ['Firma', '¿Son buenas las demás pruebas?'],
      issuer: ['Emisor', '¿Fue el emisor que nombra?'],
      accreditation: ['Acreditación', '¿Quién responde por el emisor?'],
      status: ['Estado', '¿Revocada o suspendida?'],
      validity: ['Vigencia', '¿Está dentro de su plazo?'],
    },
  },
  credential: {
    title: 'La credencial',
    confirmed: 'Contenido confirmado por el anclaje',
    confirmedBySignature: 'Contenido confirmado por la firma del emisor',
    unconfirmed: 'Según el archivo; nada de ello está confirmado',
    name: 'Logro',
    holder: 'Titular, según la credencial',
    holderUnnamed: 'Sin nombre',
    issuer: 'Emisor',
    log: 'Todo lo que ha anclado',
    accredited: (accreditors) => `Nombre confirmado por ${accreditors}`,
    stated: 'Según la credencial',
    statedOnly: 'Según la credencial; ningún acreditador lo confirma',
    differs: 'La credencial da a su emisor otro nombre que la acreditación.',
    skills: 'Competencias',
    endorsements: 'Avales, con el nombre que se dan',
    endorserUnnamed: 'Sin nombre',
    endorsement: {
      valid: 'auténtico y en vigor',
      invalid: 'no auténtico, o ya no está en vigor',
      indeterminate: 'no se pudo comprobar',
    },
    moreSkills: (count) => `y ${number(count)} más`,
    picture: (host) => `Mostrar su imagen, de ${host}`,
    pictureAlt: 'Imagen del logro, tal como la hizo su emisor',
    pictureFailed:
      'No se puede mostrar la imagen: no es un PNG de tamaño moderado, o su servidor no la entrega.',
    level: 'Nivel',
    eqf: (level) => `Nivel MEC ${level}`,
    credits: 'Créditos',
    result: 'Resultado',
    validity: 'Vigencia',
    validFrom: (from) => `Desde el ${from}`,
    validBetween: (from, until) => `Desde el ${from} hasta el ${until}`,
    noStart: 'principio',
    criteria: 'Cómo se obtiene',
  },
  evidence: {
    title: 'Pruebas para especialistas',
    intro: 'Todo lo necesario para repetir esta comprobación con herramientas propias.',
    none: 'No se leyó ningún anclaje, así que no hay pruebas que mostrar.',
    chain: 'Cadena de bloques',
    registry: 'Registro',
    account: 'Cuenta del emisor',
    root: 'Raíz del lote',
    leaf: 'Hoja',
    digest: 'Resumen',
    statusIndex: 'Índice de estado',
    ofSize: (index, size) => `${index} en un lote de ${size}`,
    sequence: 'Número de lote del emisor',
    anchoredAt: 'Anclada el',
    finality: 'Firmeza',
    finalities: {
      included: 'included: en un bloque, aún no definitivo',
      safe: 'safe: es improbable que se descarte',
      finalized: 'finalized: ya no se puede descartar',
    },
    block: 'Leído en el bloque',
    blockHash: 'Hash del bloque',
    call: 'Llamada al contrato para repetir',
    callNote:
      'La primera palabra de la respuesta es el estado: 1 en vigor, 2 suspendida, 3 revocada, 4 retirada; la segunda es la raíz.',
    accreditors: 'Acreditadores, primero el raíz',
    scope: 'Alcance de la acreditación',
    noScope: 'Cualquiera',
    checkedAt: 'Comprobada el',
    reason: 'Código del motivo',
    id: 'Identificador de la credencial',
  },
  disclosure: {
    title: 'Lo que salió de este navegador',
    nothing: 'Nada. La credencial se leyó y se comprobó aquí.',
    kept: 'La credencial en sí se quedó aquí. Se preguntó a:',
    purposes: {
      chain: (origin, count) =>
        `${origin}, el acceso a la cadena (${counted(count, { one: '# pregunta', other: '# preguntas' })}): si una huella con sal está anclada y en vigor. No se le dice ningún nombre.`,
      document: (origin) => `${origin}, por el documento público al que remite el emisor.`,
      migrations: (origin) =>
        `${origin}, por si consta que el lote se trasladó a otra cadena. Se le dice la raíz del lote y ningún nombre.`,
      credential: (origin) => `${origin}, por la credencial, porque se dio un enlace.`,
    },
  },
}
