import type { Holder } from '../en/holder.ts'

/** Textos en español de la página de una credencial. */
export const messages: Holder = {
  documentTitle: 'Credencial · Rootmark',
  title: 'Una credencial',
  titleHolder: 'Su credencial',
  opening: 'Abriendo la credencial …',
  footer:
    'El veredicto de esta página se forma en su navegador, a partir de la credencial y de la cadena. El servicio del que viene esta página puede retener una credencial, pero no inventarla.',
  corrected:
    'El emisor corrigió esta credencial: usted ve la corregida, que sustituye a lo que este enlace mostraba antes.',
  limits: {
    until: (time: string) => `El enlace vale hasta el ${time}.`,
    views: (left: number) => `Consultas restantes: ${left}.`,
  },
  certificate: {
    standing: {
      valid: 'Comprobada ahora mismo: auténtica y vigente',
      trial: 'Comprobada ahora mismo: supera la prueba, en una red de prueba',
      invalid: 'Comprobada ahora mismo: no se fíe de ella',
      indeterminate: 'No se pudo comprobar del todo',
    },
    unnamed: 'La persona titular',
    awarded: 'ha recibido',
    by: 'de',
    accredited: 'El nombre del emisor es el que registró un acreditador.',
    stated: 'El nombre del emisor es su propia palabra.',
    from: (time: string) => `Período indicado: desde el ${time}, sin fin`,
    between: (from: string, until: string) => `Período indicado: del ${from} al ${until}`,
  },
  actions: {
    title: 'Guardarla y mostrarla',
    portfolio: 'Añadir a mi carpeta',
    pdf: 'Certificado (PDF)',
    svg: 'Insignia (SVG)',
    png: 'Insignia (PNG)',
    json: 'Datos (JSON)',
    linkedIn: 'Añadir a LinkedIn',
    copy: 'Copiar el enlace',
    print: 'Imprimir esta página',
    copied: 'El enlace está copiado.',
    linkedInMade:
      'Se creó un enlace para LinkedIn; figura en la lista de abajo y puede retirarlo. LinkedIn se abre en su propia ventana.',
  },
  shares: {
    title: 'Enlaces para otras personas',
    lead: 'La dirección de esta página es solo suya: con ella se crean y se retiran enlaces. Dé a los demás un enlace propio.',
    none: 'Todavía no se ha creado ningún enlace.',
    made: 'El enlace nuevo; solo se muestra esta vez',
    madeTold: 'El enlace está creado. Cópielo ahora: no se volverá a mostrar.',
    copy: 'Copiar',
    revoke: 'Retirar',
    revoked:
      'El enlace ya no lleva a ninguna parte. Quien vio la credencial pudo haberla guardado.',
    unlabelled: (time: string) => `Enlace del ${time}`,
    views: (views: number) => `Consultas: ${views}.`,
    viewsOf: (views: number, limit: number) => `Consultas: ${views} de ${limit}.`,
    until: (time: string) => `Hasta el ${time}.`,
    revokeNamed: (name: string) => `Retirar: ${name}`,
    state: {
      open: 'Funciona.',
      ended: 'Ha terminado.',
      spent: 'Está agotado.',
    },
    form: {
      label: 'Para quién (solo usted lo ve)',
      labelExample: 'Ejemplo S. A.',
      until: 'Último día (vacío: sin fin)',
      views: 'Número de consultas (vacío: sin límite)',
      make: 'Crear un enlace',
    },
    own: {
      title: 'Si otra persona conoce su propio enlace',
      lead: 'Puede sustituir la dirección de esta página por otra nueva. La anterior termina; los enlaces para otros quedan como están.',
      replace: 'Sustituir mi propio enlace …',
      sure: 'La dirección anterior deja de funcionar enseguida, también en correos y marcadores. ¿Continuar?',
      yes: 'Sustituirla',
      no: 'Dejarla como está',
    },
  },
  claim: {
    title: 'Obtener el enlace a su credencial',
    lead: 'Escriba la dirección de correo que el emisor tiene de usted. Si es la de esta credencial, en un minuto saldrá un correo con un enlace.',
    email: 'Dirección de correo',
    send: 'Enviarme el enlace',
    sent: 'Si el emisor tiene esta dirección, un correo está en camino. Su enlace funciona una vez, durante una hora.',
    openTitle: 'Abra su credencial',
    openLead:
      'Este enlace de su correo funciona una vez. Recibirá un enlace propio, que puede guardar.',
    open: 'Abrir mi credencial',
    spent:
      'Este enlace de un solo uso ya se utilizó o tiene más de una hora. Pida otro donde pidió este.',
  },
  troubles: {
    gone: {
      headline: 'Este enlace no lleva a ninguna parte',
      next: 'Se cortó al copiarlo, ha terminado, está agotado o fue retirado. Pida otro a quien se lo dio.',
    },
    waiting: {
      headline: 'Todavía no',
      next: 'La credencial está emitida, pero aún no anclada en la cadena. Inténtelo de nuevo en unos minutos.',
    },
    often: {
      headline: 'Demasiadas peticiones',
      next: 'Su dirección ha preguntado mucho últimamente. Inténtelo de nuevo en un minuto.',
    },
    full: {
      headline: 'Demasiados enlaces',
      next: 'Ya funcionan cien enlaces para otras personas. Retire antes uno.',
    },
    mailless: {
      headline: 'Aquí no se envían correos',
      next: 'Este servicio no envía correos. Pida su enlace al emisor.',
    },
    failed: {
      headline: 'No ha funcionado',
      next: 'El servicio no respondió como se esperaba. Inténtelo de nuevo en un momento.',
    },
  },
}
