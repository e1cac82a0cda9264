import type { Portfolio } from '../en/portfolio.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('es-ES')
const documents = (count: number) => counted(count, { one: '# documento', other: '# documentos' })

/** Textos en español de la página donde se guardan las credenciales propias. */
export const messages: Portfolio = {
  documentTitle: 'Carpeta · Rootmark',
  title: 'Su carpeta',
  lead: 'Guarde sus credenciales en un solo lugar, sea quien sea el emisor. Vea qué suman y muestre lo que quiera a quien quiera.',
  checkPage: 'Comprobar una credencial',
  footer: {
    kept: 'La carpeta se guarda en este navegador, cifrada con su frase de paso. El servicio del que viene esta página no almacena nada de ella.',
    lost: 'Quien olvida la frase de paso ha perdido la carpeta: nadie puede abrirla. Quien borra los datos del navegador la borra: guarde una copia en un archivo.',
  },
  gate: {
    newTitle: 'Empezar una carpeta',
    newLead: (least: number) =>
      `Elija una frase de paso de al menos ${counted(least, { one: '# carácter', other: '# caracteres' })}. Varias palabras que solo para usted van juntas son mejores que una con signos raros.`,
    choose: 'Frase de paso',
    again: 'La misma frase otra vez',
    create: 'Empezar la carpeta',
    haveFile: '¿Ya tiene una?',
    openFile: 'Abrir un archivo de carpeta …',
    fileTitle: 'Abrir el archivo',
    fileLead:
      'Tiene su propia frase de paso. Después la carpeta se guarda también en este navegador.',
    lockedTitle: 'Su carpeta está cerrada',
    lockedLead: 'Escriba la frase de paso que eligió para ella.',
    enter: 'Su frase de paso',
    unlock: 'Abrir',
    back: 'Volver',
    busy: 'Se está derivando la clave …',
    forgotten: '¿Ha olvidado la frase de paso?',
    forgottenLead:
      'Sin ella nadie puede abrir la carpeta. Puede guardar el archivo cifrado por si la recuerda, borrar la carpeta aquí y empezar de nuevo: los emisores pueden darle otra vez sus enlaces.',
  },
  shelf: {
    title: (count: number) =>
      count === 0
        ? 'Credenciales'
        : counted(count, { one: '# credencial', other: '# credenciales' }),
    none: 'Aquí todavía no hay nada.',
    unnamed: 'Una credencial',
    checking: 'Comprobando …',
    trial: 'en una red de pruebas',
    report: 'Informe completo',
    reportOf: (name: string) => `Informe completo: ${name}`,
    remove: 'Quitar',
    removeOf: (name: string) => `Quitar: ${name}`,
    removeYes: 'Quitarla de aquí',
    removeNo: 'Conservarla',
    more: (left: number) => counted(left, { one: 'Mostrar # más', other: 'Mostrar # más' }),
    add: 'Añadir credenciales e itinerarios',
    addLead:
      'Open Badges y credenciales verificables de cualquier emisor, como JSON, token, imagen de insignia o PDF; también carpetas enteras en ZIP. Suelte archivos aquí, elíjalos o pegue un enlace.',
    choose: 'Elegir archivos',
    paste: 'O pegar enlaces o JSON',
    take: 'Añadir',
    added: (count: number) => `Añadido: ${documents(count)}.`,
    known: (count: number) => `Ya estaba aquí: ${documents(count)}.`,
    refused: (count: number) => `No aceptado: ${documents(count)}.`,
    portfolioFound:
      'Eso es una carpeta. Escriba abajo su frase de paso y lo que contiene se añade a la suya.',
    linkFirst:
      'Abra su carpeta o empiece una; después se añade la credencial de la que usted viene.',
    linkAsk: '¿Añadir a su carpeta la credencial de la que viene?',
    linkYes: 'Añadir la credencial',
    linkNo: 'Ahora no',
  },
  paths: {
    title: 'Lo que suman',
    lead: 'Un itinerario es una regla que dice qué credenciales forman un título mayor. Añada uno arriba, como enlace o archivo.',
    offers: 'Itinerarios de sus emisores',
    follow: 'Seguir',
    followNamed: (name: string) => `Seguir: ${name}`,
    look: 'Buscar itinerarios de mis emisores',
    lookHow:
      'Se piden al servicio de este sitio todos los itinerarios que publica. Cuáles son de sus emisores se averigua en este navegador.',
    lookNone: 'Nada que no siga ya.',
    picture: (done: number, all: number) =>
      `Un muro en construcción: ${done} de ${all} ladrillos están puestos.`,
    standing: {
      met: 'Completo: puede pedir el título',
      unmet: 'En camino',
      undecided: 'Saber si está completo lleva más tiempo del que esta página le dedica',
    },
    awarded: 'Completo, y usted tiene el título',
    missing: 'Lo que falta:',
    details: 'Lo que pide la regla',
    outcomes: { met: 'Hecho', unmet: 'Falta', spare: 'No hace falta' },
    counts: 'Con:',
    remove: 'Dejar de seguir',
    removeNamed: (name: string) => `Dejar de seguir: ${name}`,
  },
  question: {
    title: 'Alguien pide una prueba',
    asker: 'La respuesta es para',
    askerHow:
      'Eso dice el enlace; cualquiera puede escribir un enlace así. Asegúrese por otra vía de que viene de quien usted cree.',
    until: (time: string) => `Se aceptan respuestas hasta ${time}.`,
    over: 'El plazo de respuesta ha terminado.',
    openFirst: 'Abra su carpeta para ver cuáles de sus credenciales lo cumplen.',
    standing: {
      met: 'Sus credenciales lo cumplen',
      unmet: 'Sus credenciales no lo cumplen del todo',
      undecided:
        'Saber si sus credenciales lo cumplen lleva más tiempo del que esta página le dedica',
    },
    unproved: (count: number) =>
      `${counted(count, { one: '# de estas credenciales no nombra', other: '# de estas credenciales no nombran' })} ni su clave ni la dirección de correo que guardó abajo. Quien pregunta querrá saber con qué dirección le conoce el emisor.`,
    keyless:
      'Todavía no tiene clave: la respuesta no irá firmada, y quien pregunta tiene que conocer su dirección de correo. Cree abajo una clave para firmarla.',
    answer: 'Elegir estas credenciales para responder',
    leave: 'No responder',
    nothingYet: 'Todavía no se ha dicho nada a nadie.',
  },
  share: {
    title: 'Mostrar credenciales a alguien',
    lead: 'Usted hace una presentación: las credenciales que elija, para un fin y hasta un día. Va adonde usted la envía, y a ningún otro sitio.',
    choose: 'Qué credenciales',
    find: 'Buscar por nombre',
    none: 'Todavía no hay nada que elegir.',
    parts: 'Con las partes del título se puede seguir que es correcto.',
    addParts: (count: number) =>
      counted(count, { one: 'Añadir # parte', other: 'Añadir # partes' }),
    purpose: 'Para qué',
    purposeExample: 'Candidatura a analista de datos',
    audience: 'Para quién',
    audienceOpen: 'Para quién: su dirección web (vacío: para quien la reciba)',
    until: 'Hasta este día inclusive',
    experts: 'Para especialistas',
    challenge: 'Desafío (challenge) del verificador',
    signed:
      'Irá firmada con su clave: nadie puede cambiarla ni usarla como respuesta a otra persona.',
    unsigned:
      'No tiene clave, así que no irá firmada: cada credencial se prueba a sí misma, pero no que sea usted quien la muestra.',
    final:
      'Quien la reciba puede leer todo lo que contienen las credenciales elegidas, y conservarlas. Eso no se puede deshacer.',
    make: 'Hacer la presentación',
    made: (count: number) =>
      `Lista: una presentación de ${counted(count, { one: '# credencial', other: '# credenciales' })}`,
    link: 'El enlace',
    linkHow:
      'Las credenciales están en el propio enlace, detrás de #: los navegadores no envían esa parte a ningún servidor. Trate el enlace como las credenciales.',
    tooLong: 'Es demasiado grande para un enlace. Guárdela en un archivo y entregue ese archivo.',
    copy: 'Copiar el enlace',
    copied: 'Está copiado.',
    look: 'Ver lo que verá la otra persona',
    save: 'Guardar en un archivo',
  },
  own: {
    title: 'Su clave y su dirección',
    lead: 'Con una clave firma lo que muestra. Dé su identificador a los emisores antes de que emitan, y las credenciales le nombran con él.',
    make: 'Crear una clave',
    made: 'La clave está en su carpeta.',
    import: 'Usar una clave que ya tiene',
    seed: '32 bytes secretos en multibase (u…)',
    use: 'Usar esta clave',
    did: 'Su identificador:',
    didHow: 'Es público. El secreto de la clave se queda en la carpeta.',
    copy: 'Copiar el identificador',
    email: 'Dirección de correo con la que le conocen los emisores',
    save: 'Guardar',
    saved: 'Está guardada.',
    emailHow:
      'Las credenciales nombran las direcciones solo como resumen criptográfico. Esta página los compara para saber cuáles son suyas; nunca entrega la dirección.',
  },
  safe: {
    title: 'Guardarla bien',
    lead: 'La memoria de un navegador no es un archivo histórico. Guarde una copia de vez en cuando: un archivo cifrado, con la misma frase de paso.',
    export: 'Guardar una copia en un archivo',
    exported: 'La copia está guardada.',
    import: 'Añadir desde un archivo de carpeta …',
    importPhrase: 'Frase de paso de ese archivo',
    imported: 'Lo que había en el archivo está en su carpeta.',
    lock: 'Cerrar ahora',
    locked: 'La carpeta está cerrada.',
    lockedIdle: 'La carpeta se cerró porque no pasó nada durante un cuarto de hora.',
    relock: 'Cambiar la frase de paso',
    relocked: 'La frase de paso ha cambiado. Las copias anteriores conservan la antigua.',
    erase: 'Borrarlo todo …',
    eraseSure:
      'La carpeta se borra de este navegador, con su clave. Sin copia, se pierde. ¿Continuar?',
    eraseYes: 'Borrarla',
    eraseNo: 'Dejarla como está',
    erased: 'La carpeta está borrada.',
  },
  troubles: {
    passphrase_wrong: 'Esa no es la frase de paso. Fíjese en las mayúsculas y los espacios.',
    passphrase_short: 'La frase de paso es demasiado corta.',
    passphrases_differ: 'Las dos frases son distintas.',
    portfolio_unknown: 'Este archivo no es una carpeta.',
    portfolio_version:
      'Esta carpeta viene de una versión posterior de esta página. Ábrala allí, o recargue esta página.',
    portfolio_damaged: 'El archivo está dañado: cortado o cambiado. Use otra copia.',
    portfolio_malformed: 'El archivo se abre, pero lo que contiene no es una carpeta.',
    portfolio_full: 'La carpeta está llena. Quite algo, o empiece una segunda en otro navegador.',
    vault_changed:
      'La carpeta se cambió en otra ventana y aquí está cerrada. Ábrala de nuevo para seguir.',
    vault_full:
      'El navegador no da más espacio. No se ha cambiado nada; guarde una copia en un archivo.',
    vault_missing:
      'Este navegador no guarda nada: quizá sea una ventana privada, o el almacenamiento esté desactivado.',
    crypto_unavailable:
      'Esta página no se cargó por https, y el navegador no le deja usar su criptografía.',
    credentials_missing: 'Elija al menos una credencial.',
    credentials_too_many: 'En una presentación caben como mucho 24 credenciales.',
    presentation_expired: 'Elija un día que aún no haya llegado.',
    multibase_malformed: 'Eso no es una clave: se espera la letra u y 43 caracteres más.',
    question_malformed: 'El enlace no contiene una pregunta que se pueda leer.',
    link_malformed: 'El enlace no está entero. Cópielo de nuevo, de principio a fin.',
    offers_unreachable:
      'El servicio de este sitio no respondió. Inténtelo de nuevo dentro de un momento.',
    page_failed: 'No ha funcionado. Recargue la página e inténtelo de nuevo.',
  },
}
