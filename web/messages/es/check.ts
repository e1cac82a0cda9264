import type { Check } from '../en/check.ts'

/** Spanish texts of the page that takes a credential. */
export const messages: Check = {
  documentTitle: 'Comprobar una credencial · Rootmark',
  title: 'Comprobar una credencial',
  lead: '¿Es auténtica, está intacta y sigue en vigor? Pregunte usted mismo a la cadena de bloques: la comprobación se hace en este navegador.',
  broken: 'No se ha podido cargar una parte de esta página. Vuelva a cargarla.',
  back: 'Volver a la tabla',
  intake: {
    label: 'Credencial que se va a comprobar',
    drop: 'Suelte aquí las credenciales',
    dropNow: 'Suelte para comprobar',
    or: 'o',
    choose: 'Elegir archivos',
    folder: 'Elegir una carpeta',
    hint: 'Archivos JSON, insignias como imagen PNG o SVG o como PDF, un ZIP con ellas, o una lista con una credencial por línea: una o miles. Se leen aquí y no se envían.',
    scan: 'Escanear un código',
    paste: 'Pegue su JSON o su enlace',
    check: 'Comprobar',
    placeholder: '{ "@context": [ … ] }  o  https://…',
    placeholderShort: 'JSON o enlace',
    another: 'Comprobar otras credenciales',
    examples: '¿No tiene una credencial a mano? Pruebe con una de estas:',
  },
  scan: {
    title: 'Escanear un código',
    hold: 'Ponga el código delante de la cámara. La imagen no sale de este navegador.',
    stop: 'Apagar la cámara',
    asking: 'Esperando a la cámara …',
    failed:
      'La cámara no se puede usar aquí. Permítala para esta página en su navegador, o copie el enlace del código y péguelo.',
  },
  sources: {
    file: (name) => `Archivo ${name}`,
    text: 'Texto pegado',
    carried: 'Contenida en el propio código o enlace',
    link: (origin) => `Obtenida de ${origin}`,
  },
  footer: {
    how: 'Un emisor se compromete con sus credenciales en un registro de una cadena de bloques pública. Esta página calcula la huella de una credencial, pregunta a ese registro y no necesita ningún servidor del emisor.',
    local: 'Sin cookies, sin rastreadores, sin imágenes ajenas que usted no pida.',
  },
}
