import type { Console } from '../en/console.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('es-ES')
const credentials = (count: number) =>
  counted(count, { one: '# credencial', other: '# credenciales' })

/** Textos en español de la consola del emisor. */
export const messages: Console = {
  documentTitle: 'Consola del emisor · Rootmark',
  title: 'Consola del emisor',
  loading: 'Un momento …',
  checkPage: 'Comprobar una credencial',
  log: 'Registro público de lotes',
  signOut: 'Cerrar sesión',
  until: (time) => `Sesión abierta hasta el ${time}`,
  sections: 'Partes de la consola',
  batches: 'Lotes',
  fresh: 'Lote nuevo',
  back: 'Todos los lotes',
  footer:
    'Una cookie mantiene abierta su sesión; ningún script puede leerla y ningún otro sitio usarla. La clave misma no se guarda.',
  failed: (why) => `No ha funcionado: ${why}`,
  unreachable: 'El servicio no responde. Revise su conexión e inténtelo de nuevo.',
  over: 'Su sesión ha terminado. Vuelva a entrar; lo que había escrito sigue aquí.',
  signIn: {
    title: 'Entrar',
    lead: 'Con una clave de API de su emisor. Quien lleva este servicio le dio una al inscribir a su emisor.',
    key: 'Clave de API',
    hint: 'Empieza por rm_',
    button: 'Entrar',
    wrong: 'Esta clave no abre nada aquí. Mire si falta algún carácter, o pida una nueva.',
    admin:
      'Es la clave de la administración. Los lotes pertenecen a emisores: entre con la clave de un emisor.',
  },
  states: {
    building: 'en preparación',
    built: 'sin anclar todavía',
    submitted: 'de camino a la cadena',
    included: 'anclado, aún no definitivo',
    safe: 'anclado, casi definitivo',
    finalized: 'anclado para siempre',
    failed: 'detenido',
  },
  list: {
    empty: 'Todavía no hay lotes',
    emptyNote: 'Empiece por un logro y la lista de quienes lo han alcanzado.',
    size: credentials,
    more: 'Mostrar lotes más antiguos',
    picture: (total, anchored) =>
      `${credentials(total)} en los lotes mostrados, de ellas ${number(anchored)} ancladas.`,
    anchored: 'ancladas',
    waiting: 'sin anclar',
  },
  search: {
    title: 'Buscar una credencial',
    label: 'Parte del nombre del titular, o identificador de la credencial',
    button: 'Buscar',
    none: 'Ninguna credencial coincide.',
    found: (count) =>
      counted(count, { one: '# credencial encontrada.', other: '# credenciales encontradas.' }),
    some: (count) => `Las primeras ${number(count)}; escriba más del nombre para afinar.`,
    open: (name) => `Abrir el lote ${name}`,
  },
  form: {
    title: 'Lote nuevo',
    achievement: '1. Qué se ha logrado',
    name: 'Nombre del logro',
    description: 'Descripción',
    narrative: 'Cómo se alcanza (criterios)',
    criteriaUrl: 'Página web con los criterios (opcional)',
    type: 'Tipo',
    level: 'Nivel del MEC (opcional)',
    noLevel: 'Ninguno',
    credits: 'Créditos, por ejemplo ECTS (opcional)',
    validUntil: 'Válida hasta (opcional, fin del día UTC)',
    skills: 'Capacidades',
    skillSearch: 'Buscar una capacidad en la muestra de ESCO',
    skillAdd: 'Añadir esta capacidad',
    freeName: 'U otra capacidad: su nombre',
    freeUrl: 'y su URI (ESCO, CTDL o CASE)',
    freeAdd: 'Añadir',
    freeBad: 'Indique un nombre y una URI que empiece, por ejemplo, por https:',
    skillUnknown: 'Elija una de la lista, o añada debajo una con una URI propia.',
    remove: (name) => `Quitar ${name}`,
    image: 'Imagen de la insignia (opcional): PNG, SVG, JPEG o WebP',
    imageNote: (limit) =>
      `Forma parte de cada credencial y dispone de ${number(limit)} caracteres: un SVG o un PNG cabe tal cual; lo que sea mayor se vuelve a dibujar. Con más de unos 2000, los códigos impresos llevan un enlace en lugar de la credencial.`,
    imageAlt: 'La imagen de la insignia como quedará',
    imageSize: (width, length) =>
      `${number(width)} píxeles de ancho, ${number(length)} caracteres.`,
    imageBad:
      'El navegador no puede dibujar esta imagen tan pequeña. Pruebe con una de menos colores.',
    imageRemove: 'Quitar la imagen',
  },
  roster: {
    title: '2. Quién lo ha alcanzado',
    label: 'Lista: CSV con cabecera, JSON o NDJSON, también con gzip',
    columns: 'Columnas: name, y email o did; a voluntad result, credits, validFrom, validUntil.',
    local: 'Se lee en su navegador. No se envía nada antes de emitir.',
    reading: 'Leyendo la lista …',
    good: (count) =>
      `${counted(count, { one: '# estudiante', other: '# estudiantes' })}, todas las filas están bien.`,
    bad: (count) =>
      `${counted(count, { one: '# punto', other: '# puntos' })} por corregir. No se puede emitir nada mientras la lista tenga faltas; corrija el archivo y elíjalo de nuevo.`,
    line: 'Línea',
    field: 'Columna',
    problem: 'Qué está mal',
    row: 'El texto de la fila',
    whole: 'la fila',
    others: (count) => `Y ${number(count)} más.`,
    format:
      'El nombre del archivo debe acabar en .csv, .json, .ndjson o .jsonl, o en uno de ellos con .gz.',
    damaged: 'El archivo comprimido está dañado; comprima la lista de nuevo.',
    large: (limit) => `El archivo supera ${limit}; entréguelo por la API.`,
  },
  preview: {
    title: '3. Revisarlo',
    note: 'Tal como lo dirá la credencial del primer estudiante. No lleva ninguna dirección de correo, solo un resumen con sal.',
    by: 'otorgada por',
    from: 'Válida desde su emisión',
    until: (time) => `válida hasta el ${time}`,
    credits: (count) => `Créditos: ${count}`,
    skills: 'Capacidades',
    weight: (each, all) => `La imagen añade ${each} a cada credencial, ${all} al archivo del lote.`,
    waiting: 'Describa el logro y elija una lista para verlo aquí.',
    json: 'Lo mismo como datos (JSON)',
  },
  issue: {
    plain: 'Emitir',
    button: (count) => `Emitir ${credentials(count)}`,
    note: 'Emitir crea las credenciales. Cuentan una vez anclado el lote, que es el paso siguiente.',
    sending: 'Entregando la lista …',
    missing: 'Indique nombre, descripción y criterios, y elija una lista sin faltas.',
  },
  batch: {
    building: (built, size) => `${number(built)} de ${credentials(size)}`,
    steps: 'Cómo va el lote',
    step: {
      built: 'Emitido',
      submitted: 'Enviado',
      included: 'En un bloque',
      finalized: 'Definitivo',
    },
    root: 'Raíz',
    transaction: 'Transacción',
    sequence: (sequence) => `Número ${number(sequence)} de este emisor`,
    file: 'Descargar el archivo del lote',
    fileNote: 'Contiene nombres y secretos: guárdelo como sus expedientes.',
    withdrawn: (time) => `El lote entero se retiró el ${time}.`,
    unknown: 'Aquí no hay tal lote.',
  },
  anchor: {
    title: 'Anclarlo',
    managed: 'Con la clave de operador de este servicio',
    managedNote:
      'Si permite que este servicio actúe por su cuenta, envía una sola transacción para todo el lote.',
    button: 'Anclar ahora',
    asked: 'Pedido; está de camino.',
    own: 'Con su propia clave',
    ownNote:
      'La clave se queda con usted. La orden recalcula la raíz antes de firmar; esta página nota el anclaje por sí sola.',
    copy: 'Copiar la orden',
    copied: 'Copiado.',
    noManaged: 'Este servicio no tiene clave de operador: ancle con la suya.',
  },
  statistics: {
    title: 'Cómo están sus credenciales',
    active: 'en vigor',
    suspended: 'suspendidas',
    revoked: 'revocadas',
    pending: (count) => `${credentials(count)} de camino a la cadena.`,
    summary: (active, suspended, revoked) =>
      `${number(active)} en vigor, ${number(suspended)} suspendidas, ${number(revoked)} revocadas.`,
  },
  credentials: {
    title: 'Credenciales',
    filter: 'Nombre del titular',
    find: 'Buscar',
    select: (name) => `Seleccionar ${name}`,
    selectAll: 'Seleccionar todo lo mostrado',
    holder: 'Titular',
    status: 'Estado',
    open: 'Abrir',
    openOf: (name) => `Abrir la credencial de ${name}`,
    more: 'Mostrar más',
    statuses: { active: 'en vigor', suspended: 'suspendida', revoked: 'revocada' },
  },
  change: {
    title: 'Cambiar lo seleccionado',
    selected: (count) =>
      counted(count, {
        one: '# credencial seleccionada.',
        other: '# credenciales seleccionadas.',
      }),
    revoke: 'Revocar …',
    suspend: 'Suspender …',
    reinstate: 'Restablecer …',
    asking: 'Preguntando cuánto costaría …',
    confirm: {
      revoked: (count) =>
        `¿Revocar ${credentials(count)}? Es definitivo: lo revocado no puede restablecerse nunca.`,
      suspended: (count) => `¿Suspender ${credentials(count)}? No valen hasta que se restablezcan.`,
      active: (count) => `¿Restablecer ${credentials(count)}? La suspensión termina.`,
    },
    cost: (transactions, gas, fee) =>
      `Cuesta ${counted(transactions, { one: '# transacción', other: '# transacciones' })} con unos ${number(gas)} de gas: ${fee} de la moneda de la cadena al precio de ahora, a cargo del operador de este servicio.`,
    free: 'Nada tiene que ir a la cadena: ya están así.',
    yes: {
      revoked: 'Sí, revocar para siempre',
      suspended: 'Sí, suspender',
      active: 'Sí, restablecer',
    },
    no: 'No, dejarlo todo como está',
    done: (count) => `Anotado para ${credentials(count)}; ahora va a la cadena.`,
  },
}
