import type { Many } from '../en/many.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('es-ES')

/** Spanish texts of the table of many credentials. */
export const messages: Many = {
  title: 'Muchas credenciales',
  checking: (count) =>
    `${counted(count, { one: '# credencial comprobada', other: '# credenciales comprobadas' })} hasta ahora …`,
  done: (count) =>
    `${counted(count, { one: '# credencial comprobada', other: '# credenciales comprobadas' })}.`,
  full: (count) =>
    `Solo se comprobaron las primeras ${number(count)}: es el máximo de una vez. Compruebe las demás aparte.`,
  failed: 'La comprobación se interrumpió. Vuelva a cargar la página e inténtelo de nuevo.',
  stop: 'Detener',
  stopped: 'Detenido: abajo está lo comprobado hasta entonces.',
  save: 'Guardar como CSV',
  show: 'Mostrar',
  all: 'Todas',
  search: 'Buscar en la tabla',
  columns: {
    result: 'Resultado',
    reason: 'Motivo',
    achievement: 'Logro',
    holder: 'Titular',
    issuer: 'Emisor',
    name: 'Archivo',
  },
  until: 'Válida hasta',
  confirmed: 'Emisor confirmado por un acreditador',
  id: 'Identificador de la credencial',
  code: 'Código del motivo',
  yes: 'sí',
  no: 'no',
  open: (name) => `Mostrar el informe de ${name}`,
  shown: (from, to, all) => `${number(from)} a ${number(to)} de ${number(all)}`,
  pages: 'Páginas de la tabla',
  previous: 'Anterior',
  next: 'Siguiente',
  none: 'Nada coincide. Elija «Todas», o busque otra cosa.',
  archive: {
    zip_malformed: 'Este archivo comprimido no se puede leer',
    zip_encrypted: 'El archivo está protegido con contraseña',
    zip_damaged: 'El archivo está dañado dentro del comprimido',
    zip_ambiguous: 'El comprimido muestra otros archivos a otros programas',
    zip_unsupported: 'El archivo está comprimido de una forma poco común',
  },
}
