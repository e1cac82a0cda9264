import type { Standing } from '../en/standing.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('es-ES')
const credentials = (count: number) =>
  counted(count, { one: '# credencial', other: '# credenciales' })

/** Textos en español de la consola sobre el estado de las credenciales. */
export const messages: Standing = {
  title: 'Cambiar el estado de las credenciales',
  which: 'Qué credenciales',
  chosen: (count) => `Las elegidas en la tabla: ${credentials(count)}`,
  listed: 'Las de una lista',
  all: (count) => `El lote entero: ${credentials(count)}`,
  list: {
    label: 'Lista: CSV, NDJSON o texto',
    note: 'Una credencial por línea, por id, statusIndex, email, did o name como en la lista entregada; basta una parte de ella. Nada cambia antes de que usted lo diga.',
    reading: (done, total) => `Buscando: ${number(done)} de ${number(total)} …`,
    good: (count) => `La lista nombra ${credentials(count)}; cada línea está bien.`,
    bad: (count) =>
      `${counted(count, { one: '# cosa', other: '# cosas' })} por corregir. Nada cambia mientras la lista tenga faltas; corrija el archivo y elíjalo de nuevo.`,
    format: 'El nombre del archivo debe acabar en .csv, .ndjson, .jsonl o .txt.',
  },
  withdraw: 'Retirar el lote …',
  withdrawAsk: (count) =>
    `¿Retirar el lote entero? Es definitivo: nada de él será ya válido (${credentials(count)}).`,
  withdrawNote:
    'Es una sola transacción, por grande que sea el lote, y solo la envía la propia clave del emisor.',
  own: {
    missing:
      'Este servicio no tiene clave de operador: el cambio se hace con la propia clave del emisor. Ejecute esto en una copia de Rootmark:',
    refused:
      'Este servicio no puede hacerlo por su cuenta: el cambio se hace con la propia clave del emisor. Ejecute esto en una copia de Rootmark:',
    or: 'O con la propia clave del emisor',
    note: 'La orden muestra gas y tarifa y pregunta antes de enviar. Esta página nota por sí misma cuándo lo muestra la cadena.',
    file: (name) => `Descargar ${name}`,
    waiting: (done, total) =>
      `A la espera de la cadena: muestra ${number(done)} de ${number(total)}.`,
    waitingBatch: 'A la espera de la cadena: todavía no lo muestra.',
    arrived: 'La cadena lo muestra.',
    close: 'Cerrar',
  },
  recording: (done, total) => `Anotando: ${number(done)} de ${number(total)} …`,
  broken: 'Se ha interrumpido. Lo anotado queda; continúe donde se detuvo.',
  goOn: 'Continuar',
  network: {
    public: (variable) =>
      `Necesita ${variable}_RPC_URL y ${variable}_PRIVATE_KEY, del entorno o de npx hardhat keystore set.`,
    local: 'Si la cadena no está en http://127.0.0.1:8545, diga dónde en LOCALHOST_RPC_URL.',
    custom: (chainId) =>
      `Las órdenes no tienen nombre para la cadena ${chainId}: ponga en CUSTOM_RPC_URL un punto de acceso de ella, y CUSTOM_PRIVATE_KEY.`,
  },
}
