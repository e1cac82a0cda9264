import type { Issuer } from '../en/issuer.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('es-ES')

/** Spanish texts of the page with an issuer's batch log. */
export const messages: Issuer = {
  documentTitle: (name) => `${name}: registro de lotes · Rootmark`,
  kicker: 'Registro de lotes',
  testNetwork: (chain) => `${chain}, una red de pruebas`,
  lead: 'Cada lote de credenciales que este emisor ha anclado, por orden. El registro los numera sin huecos, de modo que se nota lo que falta. Aquí no hay nombres de estudiantes ni nada que lleve a ellos.',
  checkPage: 'Comprobar una credencial',
  loading: 'Leyendo el registro …',
  more: {
    show: (count) =>
      counted(count, {
        one: 'Mostrar # lote más antiguo',
        other: 'Mostrar # lotes más antiguos',
      }),
    loading: 'Leyendo ahora …',
  },
  unknown: {
    title: 'Aquí no hay tal emisor',
    text: 'Este servicio no tiene ningún emisor en esta dirección. Busque una errata, o pida al emisor la dirección de su registro de lotes.',
  },
  failed: {
    title: 'No se pudo leer el registro',
    text: 'Esto no dice nada del emisor. El servicio no respondió como debería:',
    again: 'Intentar de nuevo',
    status: (status) => `respondió con HTTP ${status}.`,
    malformed: 'su respuesta no es un registro de lotes.',
  },
  name: {
    confirmed: (accreditors) => `Nombre confirmado por ${accreditors}`,
    stated: 'Como se llama el propio emisor',
    callsItself: (name) => `Se llama a sí mismo ${name}.`,
  },
  facts: {
    title: 'Quién ancla, y dónde',
    account: 'Cuenta',
    did: 'DID',
    site: 'Sitio web',
    chain: 'Cadena de bloques',
    registry: 'Registro',
    test: 'una red de pruebas: nada aquí demuestra nada sobre el mundo real',
    explorer: 'en el explorador',
  },
  sums: {
    title: 'Lo que dice la cadena, y lo que se publica aquí',
    chain: 'La cadena dice',
    chainCount: (count) => counted(count, { one: '# lote anclado', other: '# lotes anclados' }),
    chainAsOf: (block, time) => `En el bloque ${number(block)}, ${time}`,
    chainUnread: 'No se le pudo preguntar',
    chainUnreadNote: 'Así que desde aquí nadie puede saber si la lista de abajo está completa.',
    chainOld: 'Ahora mismo no se le puede preguntar; esto es lo que dijo antes.',
    service: 'Este servicio publica',
    published: (count) => counted(count, { one: '# lote', other: '# lotes' }),
    seen: (time) => `Comparado con la cadena por última vez el ${time}`,
    credentials: 'Credenciales',
    revoked: 'Revocadas',
    suspended: 'Suspendidas',
    withdrawn: 'Retiradas',
    withdrawnIn: (count) => counted(count, { one: 'en # lote', other: 'en # lotes' }),
    complete: (count) =>
      count === 1
        ? 'Completo: el único lote que cuenta la cadena está publicado aquí.'
        : `Completo: los ${number(count)} lotes que cuenta la cadena están publicados aquí.`,
    missing: (missing, count) =>
      `${counted(missing, { one: '# lote', other: '# lotes' })} de los ${number(count)} que cuenta la cadena ${missing === 1 ? 'no está publicado' : 'no están publicados'} aquí. Puede que el emisor publique en otro sitio; pregúntele, o haga una auditoría.`,
    ahead: (count) =>
      `Publicado aquí, pero no contado por la cadena en este bloque: ${counted(count, { one: '# lote', other: '# lotes' })}. Puede que haya retrocedido; vuelva a mirar dentro de un minuto.`,
    unread: 'Ahora no se sabe si la lista está completa: no se pudo preguntar a la cadena.',
  },
  accreditation: {
    title: 'Quién responde por el emisor',
    accredited: (accreditors) => `Acreditado por ${accreditors}`,
    scope: 'Para',
    limits: {
      none: 'Sin límites en lo que otorga',
      types: (types) => `logros de tipo ${types}`,
      eqf: (levels) => `nivel MEC ${levels}`,
      isced: (fields) => `campo ${fields} (CINE-F)`,
    },
    period: 'Periodo',
    since: (from) => `desde el ${from}`,
    between: (from, until) => `desde el ${from} hasta el ${until}`,
    withdrawn: (time) => `retirada el ${time}`,
    ended: 'Ya no está acreditado',
    endedNote:
      'Lo que ancló mientras estaba acreditado sigue siendo bueno; cada lote dice quién respondía entonces por él.',
    none: 'Nadie de confianza aquí responde por él',
    noneNote:
      'Ninguno de los acreditadores en los que confía este servicio ha acreditado esta cuenta.',
    notAsked: 'No se preguntó a nadie',
    notAskedNote:
      'Este servicio no nombra acreditadores para esta cadena. Quién es el emisor depende de su propia palabra.',
    unread: 'No se pudo preguntar',
    unreadNote: 'No se pudo leer la cadena. Esto no dice nada contra el emisor.',
    policy: 'Según el archivo de confianza de este servicio; usted puede confiar en otros.',
    atAnchor: {
      accredited: (accreditors) => `acreditado entonces por ${accreditors}`,
      ended: 'no acreditado entonces',
      none: 'entonces nadie de confianza aquí respondía por el emisor',
      unread: 'no se pudo leer la acreditación',
    },
  },
  picture: {
    title: 'Cuándo, y qué fue de ellas',
    summary: (credentials, from, until) =>
      `${credentials} credenciales según la fecha de su anclaje, del ${from} al ${until}.`,
    inForce: 'no terminadas',
    revoked: 'revocadas',
    suspended: 'suspendidas',
    withdrawn: 'en lotes retirados',
    most: (count) => `${count} credenciales`,
    numbers: 'Lo mismo en cifras',
    period: 'Desde',
    batches: 'Lotes',
    credentials: 'Credenciales',
    note: 'Según el estado de ahora: una revocación aparece donde se ancló su credencial.',
  },
  batches: {
    title: 'Lotes',
    order: 'primero los más recientes',
    legend: 'Cuán definitivo es su anclaje:',
    number: (sequence) => `Lote ${number(sequence)}`,
    size: (size) => counted(size, { one: '# credencial', other: '# credenciales' }),
    noneEnded: 'ninguna terminada',
    revoked: (count) => counted(count, { one: '# revocada', other: '# revocadas' }),
    suspended: (count) => counted(count, { one: '# suspendida', other: '# suspendidas' }),
    withdrawn: (time) => `retirado el ${time}`,
    root: 'Raíz',
    leaves: 'Hojas',
    transaction: 'Transacción',
    unpublished: 'Anclado, no publicado aquí',
    unpublishedNote: 'La cadena lo cuenta, y este servicio no tiene sus hojas.',
    ahead: 'No está en el estado de la cadena en el bloque leído: puede que haya retrocedido.',
    finalities: {
      included: ['included', 'en un bloque, aún no definitivo'],
      safe: ['safe', 'es improbable que se descarte'],
      finalized: ['finalized', 'ya no se puede descartar'],
    },
    empty: 'Aún no se ha anclado nada',
    emptyNote: 'Los lotes aparecen aquí en cuanto la cadena los tiene.',
    emptyUnread: 'Aquí no se publica nada. Ahora no se sabe si la cadena tiene algo.',
  },
  recheck: {
    title: 'Comprobar yo mismo este registro con la cadena',
    intro:
      'No tiene por qué creer a esta página. Su navegador pregunta a un acceso a la cadena cuántos lotes ha anclado la cuenta y, de cada lote que aparece aquí, su anclaje y cuántas credenciales han terminado, y marca cada línea.',
    asks: (label) => `Se pregunta a ${label}.`,
    asksNone: 'No se conoce ningún acceso a esta cadena: indique uno abajo.',
    button: 'Comprobar con la cadena',
    again: 'Comprobar de nuevo',
    stop: 'Detener',
    running: (done, all) => `${number(done)} de ${number(all)} líneas comprobadas …`,
    asOf: (block, time, label) => `Leído en el bloque ${number(block)}, ${time}, de ${label}.`,
    complete: (count) =>
      count === 0
        ? 'Correcto: la cadena no cuenta ningún lote de esta cuenta, y no aparece ninguno.'
        : `El registro está completo y es correcto: ${count === 1 ? 'aparece el único lote que cuenta la cadena' : `aparecen los ${number(count)} lotes que cuenta la cadena`}, con raíz, tamaño, fecha y estado tal como los tiene.`,
    part: (shown, count) =>
      `Las ${number(shown)} líneas están como en la cadena. Esta cuenta ${number(count)}: muestre las más antiguas para comprobarlas también.`,
    rest: (count) =>
      count === 1
        ? 'La otra línea está como en la cadena.'
        : `Las otras ${number(count)} líneas están como en la cadena.`,
    withheld: (missing) =>
      `${counted(missing, { one: '# línea tiene', other: '# líneas tienen' })} un número en la cadena y ningún lote aquí. Su raíz consta en el historial del registro; una auditoría la encuentra.`,
    wrong: (wrong) =>
      `${counted(wrong, { one: '# línea difiere', other: '# líneas difieren' })} de la cadena, como está marcado. Lo que cambió en el último minuto puede no aparecer aún: vuelva a cargar la página y compruebe de nuevo.`,
    unlisted: (count) =>
      `La cadena cuenta ${counted(count, { one: '# lote más reciente', other: '# lotes más recientes' })} que el registro no muestra. Vuelva a cargar la página y compruebe de nuevo.`,
    failed: 'No se pudo comprobar. Esto no dice nada contra el registro. ',
    untrusted:
      'La lista nombra un registro en el que no confía el archivo de confianza de esta página.',
    same: 'como en la cadena',
    counted: 'la cadena lo cuenta',
    missing: 'la cadena no tiene tal anclaje',
    differs: (what) => `la cadena dice: ${what}`,
    sequence: (sequence) => `número ${number(sequence)}`,
    anchoredAt: (time) => `anclado el ${time}`,
    notWithdrawn: 'no retirado',
    audit: 'Con herramientas propias, hojas y árboles incluidos:',
  },
  footer: {
    how: 'Un emisor se compromete con sus credenciales en un registro de una cadena de bloques pública, y el registro numera lo que ancla cada cuenta. Esta página lo enumera y no contiene ninguna credencial.',
    json: 'Este registro como JSON',
    public: 'Sin cookies, sin rastreadores.',
  },
}
