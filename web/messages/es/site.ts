import type { Site } from '../en/site.ts'

/** Spanish texts that every page may need. */
export const messages: Site = {
  locale: 'es-ES',
  brand: 'Rootmark',
  language: 'Idioma',
  text: {
    hidden: (which) => `Se han quitado de este texto caracteres de control ocultos: ${which}.`,
    more: 'Mostrar todo',
    shortened: (length) => `abreviado, ${length} caracteres en origen`,
  },
  endpoint: {
    title: 'Acceso a la cadena de bloques',
    asks: (chain, label) => `${chain} se consulta a través de ${label}.`,
    asksNone: (chain) => `No se conoce ningún acceso para ${chain}.`,
    intro:
      'No tiene por qué fiarse del acceso de esta página. Indique cualquier punto de acceso JSON-RPC, por ejemplo un nodo propio; se recuerda hasta que cierre esta pestaña.',
    chain: 'Cadena de bloques',
    url: 'Dirección del punto de acceso',
    use: 'Usar este punto de acceso',
    reset: 'Volver al de la página',
    saved: (label) => `Desde ahora se consulta ${label}.`,
    restored: 'Se vuelve a consultar el punto de acceso de la página.',
    insecure:
      'Dé una dirección completa que empiece por https://, o por http:// en este equipo (127.0.0.1 o localhost).',
  },
  settings: {
    missing:
      'Esta página ha llegado sin su configuración (config.json). No conoce ningún acceso a la cadena ni a ningún acreditador: indique abajo un punto de acceso y compruebe después.',
    malformed: (why) =>
      `La configuración de esta página (config.json) no se puede usar: ${why}. No conoce ningún acceso a la cadena ni a ningún acreditador: indique abajo un punto de acceso y compruebe después.`,
  },
  refusals: {
    tooLarge: (size, limit) => `Son ${size} bytes; se leen como máximo ${limit}.`,
    empty: 'No contiene nada.',
    linkScheme: 'Solo se siguen los enlaces https y los enlaces a este sitio.',
    linksTooMany: 'Nombra más documentos de los que se leen en una comprobación.',
    linkPrivate:
      'Lleva a una red privada o a este equipo. Allí no se sigue un código o enlace de otra persona.',
    linkUnreachable: (origin, why) =>
      `${origin} no ha entregado nada: ${why}. Puede que su servidor no permita que otros sitios lo lean; descargue el archivo y suéltelo aquí.`,
    linkStatus: (status) => `respuesta HTTP ${status}`,
  },
}
