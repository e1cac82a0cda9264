import type { Admin } from '../en/admin.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('es-ES')

/** Textos en español de la consola para la administración. */
export const messages: Admin = {
  title: 'Administración',
  api: 'Descripción de la API',
  health: {
    title: 'Cómo está el servicio',
    good: 'La base de datos y la cadena responden, y la cadena se vigila.',
    chain: (chainId, registry) => `Cadena ${chainId}, registro ${registry}`,
    managed: 'Tiene una clave de operador.',
    unmanaged: 'No tiene clave de operador: los emisores anclan con la suya.',
  },
  jobs: {
    title: 'Trabajo en segundo plano',
    none: 'Nada espera y nada se ha abandonado.',
    state: 'Tareas que',
    again: 'Intentar de nuevo',
    retried: 'Se intenta de nuevo.',
    attempts: (count) => `intentos: ${number(count)}`,
    empty: 'No hay ninguna así.',
    count: (kind, count) => `${kind}: ${number(count)}`,
    kinds: {
      build: 'construir un lote',
      subtree: 'construir una parte de un lote',
      anchor: 'anclar un lote',
      status: 'llevar estados a la cadena',
    },
    states: {
      waiting: 'esperan',
      retrying: 'se intentarán más tarde',
      active: 'están en marcha',
      dead: 'se abandonaron',
    },
  },
  issuers: {
    title: 'Emisores',
    none: 'Todavía no hay emisores.',
    more: 'Mostrar más',
    batches: 'Lotes',
    credentials: 'Credenciales',
    anchored: 'de ellas ancladas',
    account: 'Cuenta',
    since: (time) => `desde ${time}`,
    keys: 'Claves de API',
    keysNote:
      'Ninguna sesión crea ni borra claves de API, para que una cookie robada no obtenga ninguna. Con una clave del emisor en KEY:',
    made: (time) => `creada ${time}`,
  },
  create: {
    title: 'Registrar un emisor',
    slug: 'Nombre corto, en direcciones (minúsculas, cifras, guiones)',
    name: 'Nombre de la organización',
    url: 'Página de inicio',
    email: 'Correo electrónico (opcional)',
    description: 'Quién es (opcional)',
    account: 'Cuenta que ancla sus lotes (0x…)',
    did: 'Cómo se la nombra en las credenciales',
    dids: {
      default: 'did:web si el servicio tiene una dirección https; si no, su cuenta',
      web: 'did:web, servido aquí',
      key: 'did:key, una clave propia',
      pkh: 'did:pkh, su propia cuenta',
    },
    button: 'Registrar',
    done: (name) =>
      `${name} queda registrado. Esta es su clave de API, dicha esta única vez: entréguela con cuidado.`,
    copy: 'Copiar la clave',
  },
}
