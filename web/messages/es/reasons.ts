import type { Reasons } from '../en/reasons.ts'

const askForOriginal =
  'No se fíe de ella. Pida al titular el archivo tal como lo entregó el emisor.'
const nothingAgainst = 'Esto no dice nada contra la credencial.'
const maybeRevoked = `${nothingAgainst} Puede estar revocada: pregunte al emisor antes de fiarse.`
const maybeRevokedAgain = `${nothingAgainst} Puede estar revocada: inténtelo de nuevo antes de fiarse.`
const tryLater = `${nothingAgainst} Inténtelo más tarde.`
const otherVerifier = `${nothingAgainst} Puede que otro verificador sepa hacerlo.`
const impersonated =
  'No se fíe de ella. Puede que alguien use el nombre del emisor; avísele si puede.'
const askAboutKey = 'No se fíe de ella. Pregunte al emisor si la firmó, y con qué clave.'
const notAccredited = 'No se fíe de ella como credencial acreditada.'

const malformed = {
  headline: 'No es una credencial bien formada',
  next: 'El archivo puede estar dañado o hecho a mano. Pida al titular el archivo que entregó el emisor.',
}
const brokenProof = { headline: 'Su prueba está dañada', next: askForOriginal }
const brokenSignature = { headline: 'Su firma está dañada', next: askForOriginal }
const brokenKey = {
  headline: 'La clave que la firmó no se puede usar',
  next: 'No se fíe de ella. Pida al emisor que revise las claves que publica.',
}
const ambiguousMeaning = {
  headline: 'Lo que dice no está claro para un ordenador',
  next: 'No se fíe de ella: distintos programas pueden leer cosas distintas. Pida al titular el archivo tal como lo entregó el emisor.',
}
const unreliableList = { headline: 'Su lista de estados no es fiable', next: maybeRevoked }
const notJson = {
  headline: 'Esto no es JSON legible',
  next: 'Puede que falte parte del texto. Copie o descargue todo, desde la primera { hasta la última }, e inténtelo de nuevo.',
}
const damagedImage = {
  headline: 'Esta imagen está dañada',
  next: 'Descárguela de nuevo de donde la ofrece el emisor, o pida el archivo JSON al titular.',
}
const outOfBounds = {
  headline: 'Ninguna credencial es así',
  next: 'Las credenciales son pequeñas. Compruebe que es el archivo correcto.',
}

/** What the verdict's reason means to a person, and what to do, in Spanish. */
export const reasons: Reasons = {
  valid: {
    headline: 'Auténtica, intacta y en vigor',
    next: 'Puede fiarse de lo que dice. Asegúrese de que quien la muestra es el titular que nombra.',
  },
  valid_of_unvouched_issuer: {
    headline: 'Auténtica, intacta y en vigor',
    next: 'Su emisor sí lo dijo, pero nadie responde de quién es el emisor. Asegúrese de que el identificador en «Emisor» pertenece a la organización que nombra, y de que quien la muestra es el titular.',
  },
  valid_on_test_network: {
    headline: 'Auténtica, intacta y en vigor',
    next: 'Supera todas las comprobaciones, pero solo como ensayo. Antes de fiarse, pida la credencial anclada en una red real.',
  },
  revoked: {
    headline: 'Revocada por el emisor',
    next: 'No se fíe de ella. La revocación es definitiva; pregunte al titular si la sustituye una credencial corregida.',
  },
  superseded: {
    headline: 'Sustituida por una credencial corregida',
    next: 'No se fíe de esta: el emisor la revocó al emitir la corregida. Pídala al titular, o ábrala donde la comprobación la nombra.',
  },
  suspended: {
    headline: 'Suspendida por el emisor',
    next: 'No se fíe de ella por ahora. Una suspensión se puede levantar: compruébela más tarde, o pregunte al emisor.',
  },
  withdrawn: {
    headline: 'Se retiró todo su lote',
    next: 'No se fíe de ella. Pida al titular o al emisor la credencial que la sustituye.',
  },
  expired: {
    headline: 'Su plazo ha terminado',
    next: 'Si necesita una prueba para hoy, pida al titular una credencial renovada.',
  },
  not_yet_valid: {
    headline: 'Su plazo no ha empezado',
    next: 'Compruébela de nuevo cuando haya empezado.',
  },
  tampered: {
    headline: 'El contenido no es el que se emitió',
    next: `${askForOriginal} Si es ese archivo, puede que su lote aún no esté anclado: pregunte al emisor.`,
  },
  proof_mismatch: { headline: 'Su prueba es de otra credencial', next: askForOriginal },
  proof_missing: {
    headline: 'No lleva ninguna prueba',
    next: 'No se fíe de ella: cualquiera pudo escribirla. Pida al titular el archivo que entregó el emisor.',
  },
  anchor_missing: { headline: 'Le falta la prueba de anclaje', next: askForOriginal },
  anchor_unknown: {
    headline: 'La cuenta de su emisor no ha anclado nada',
    next: 'No se fíe de ella. Si se acaba de emitir, pregunte al emisor si su lote ya está anclado.',
  },
  status_index_out_of_range: {
    headline: 'No forma parte del lote que dice',
    next: askForOriginal,
  },
  registry_untrusted: {
    headline: 'Está anclada en un contrato del que aquí nadie se fía',
    next: 'No se fíe de ella. Un contrato puede afirmar cualquier cosa; pregunte al emisor qué registro usa.',
  },
  test_network_refused: {
    headline: 'Solo está anclada en una red de pruebas',
    next: 'No se fíe de ella: es un ensayo. Pida al titular la credencial real.',
  },
  issuer_account_mismatch: {
    headline: 'No la ancló el emisor que nombra',
    next: impersonated,
  },
  did_document_mismatch: {
    headline: 'El documento de identidad del emisor es otro',
    next: 'No se fíe de ella. Pida al emisor que revise su documento DID.',
  },
  issuer_unknown: {
    headline: 'Nadie de confianza aquí responde por el emisor',
    next: 'No se fíe del nombre del emisor. Averigüe por otros medios quién hizo esta credencial.',
  },
  accreditation_not_begun: {
    headline: 'El emisor aún no estaba acreditado',
    next: `${notAccredited} Pregunte al emisor si la ha emitido de nuevo desde entonces.`,
  },
  accreditation_ended: {
    headline: 'El emisor ya no estaba acreditado',
    next: `${notAccredited} Pregunte al emisor por su acreditación.`,
  },
  accreditation_withdrawn: {
    headline: 'Al emisor se le había retirado la acreditación',
    next: `${notAccredited} Pregunte al acreditador el motivo.`,
  },
  accreditor_not_in_force: {
    headline: 'El acreditador de su emisor no tenía derecho a acreditar',
    next: `${notAccredited} Pregunte al emisor quién responde hoy por él.`,
  },
  accreditation_scope_mismatch: {
    headline: 'El emisor no estaba acreditado para esto',
    next: `${notAccredited} El emisor es conocido, pero no puede otorgar esto. Pregúntele a él o a su acreditador.`,
  },
  signature_invalid: { headline: 'El contenido no es el que se firmó', next: askForOriginal },
  issuer_key_mismatch: {
    headline: 'No la firmó el emisor que nombra',
    next: impersonated,
  },
  jwt_claims_mismatch: {
    headline: 'Se contradice',
    next: 'No se fíe de ella: dice cosas distintas en dos lugares. Pida al titular el archivo tal como lo entregó el emisor.',
  },
  jwt_algorithm_refused: {
    headline: 'Está firmada de un modo que no demuestra nada',
    next: 'No se fíe de ella: cualquiera pudo escribirla. Pida al titular el archivo tal como lo entregó el emisor.',
  },
  issuer_account_unbound: {
    headline: 'Su emisor no conoce la cuenta que la ancló',
    next: 'No se fíe de ella: pudo ser revocada y anclada de nuevo por otro. Pregunte al emisor.',
  },
  previous_proof_missing: {
    headline: 'Falta una firma sobre la que se apoya otra',
    next: askForOriginal,
  },
  proof_expired: {
    headline: 'Su firma ha caducado',
    next: 'Si necesita una prueba para hoy, pida al titular una credencial con firma nueva.',
  },
  challenge_mismatch: {
    headline: 'Se mostró a otra persona',
    next: 'No se fíe de ella. Pida al titular que se la muestre de nuevo.',
  },
  domain_mismatch: {
    headline: 'Se mostró en otro lugar',
    next: 'No se fíe de ella. Pida al titular que se la muestre de nuevo.',
  },
  key_expired: {
    headline: 'Se firmó con una clave caducada',
    next: 'No se fíe de ella. Pida al emisor que la firme de nuevo.',
  },
  key_revoked: {
    headline: 'La clave que la firmó fue revocada',
    next: 'No se fíe de ella: otros pudieron tener la clave. Pida al emisor que la firme de nuevo.',
  },
  method_missing: {
    headline: 'El emisor no incluye la clave que la firmó',
    next: askAboutKey,
  },
  method_purpose: {
    headline: 'La clave que la firmó no es para credenciales',
    next: askAboutKey,
  },
  presentation_given: {
    headline: 'Esto es una presentación de varias credenciales',
    next: 'Ábrala en la página de presentaciones, que las comprueba todas y dice quién las entrega.',
  },
  not_a_credential: {
    headline: 'Esto no es una credencial',
    next: 'Es JSON, pero de otro tipo. Pida al titular la credencial como archivo JSON.',
  },
  chain_unreachable: {
    headline: 'El acceso a la cadena no respondió',
    next: `${nothingAgainst} Inténtelo dentro de un momento, o indique abajo otro acceso.`,
  },
  chain_unknown: {
    headline: 'No se conoce ningún acceso a su cadena',
    next: `${nothingAgainst} Indique abajo un acceso y se comprueba al instante.`,
  },
  chain_untrusted: {
    headline: 'Esta página no conoce su cadena',
    next: `${nothingAgainst} Puede que otro verificador la conozca; quien lleva esta página puede añadirla al archivo de confianza.`,
  },
  chain_mismatch: {
    headline: 'El acceso es de otra cadena',
    next: `${nothingAgainst} Indique abajo un acceso a la correcta.`,
  },
  chain_stale: {
    headline: 'El acceso a la cadena va con retraso',
    next: `${nothingAgainst} Indique abajo otro acceso, o compruebe más tarde.`,
  },
  chain_answer_malformed: {
    headline: 'El acceso a la cadena dio una respuesta inservible',
    next: `${nothingAgainst} Indique abajo otro acceso.`,
  },
  carried_malformed: {
    headline: 'El código no se leyó entero',
    next: `${nothingAgainst} Escanéelo de nuevo con buena luz y sobre una superficie plana, o copie el enlace entero; si no, pida el archivo al titular.`,
  },
  block_header_malformed: {
    headline: 'El acceso a la cadena no da ningún bloque',
    next: `${nothingAgainst} Inténtelo con otro acceso.`,
  },
  block_header_unknown: {
    headline: 'La cadena tiene bloques de un tipo nuevo',
    next: `${nothingAgainst} Esta versión no puede probarla: use una más nueva, o compruebe sin pruebas.`,
  },
  endpoints_disagree: {
    headline: 'Los accesos a la cadena no están de acuerdo',
    next: `${nothingAgainst} Inténtelo dentro de un momento; si siguen en desacuerdo, avise a quien lleva esta comprobación.`,
  },
  registry_missing: {
    headline: 'El acceso a la cadena no conoce ahí ningún registro',
    next: `${nothingAgainst} Indique abajo otro acceso; este puede ir con retraso o servir a otra red.`,
  },
  accreditations_too_many: {
    headline: 'Hay demasiadas acreditaciones que mirar',
    next: `${nothingAgainst} Diga a quien lleva esta página en qué acreditador debería confiar directamente.`,
  },
  accreditation_scope_unstated: {
    headline: 'No se puede saber si su emisor estaba acreditado para esto',
    next: `${nothingAgainst} Omite lo que limita la acreditación: pregunte al emisor el nivel y el campo antes de fiarse.`,
  },
  signature_unsupported: {
    headline: 'Lleva una prueba que aquí no se puede comprobar',
    next: otherVerifier,
  },
  proofs_too_many: {
    headline: 'Lleva más firmas de las que aquí se comprueban',
    next: 'Las credenciales llevan una o dos. Pida al titular el archivo que entregó el emisor.',
  },
  proof_member_unknown: {
    headline: 'Su firma dice algo que aquí no se entiende',
    next: otherVerifier,
  },
  context_unknown: {
    headline: 'Usa un vocabulario que aquí no se conoce',
    next: `${nothingAgainst} Puede que otro verificador lo conozca; aquí no se consulta ninguno, para que nadie cambie lo que significa una palabra.`,
  },
  json_ld_too_complex: {
    headline: 'Es demasiado enrevesada para comprobarla aquí',
    next: 'Las credenciales son sencillas. Pida al titular el archivo que entregó el emisor.',
  },
  crypto_unavailable: {
    headline: 'Esta página no puede comprobar firmas',
    next: `${nothingAgainst} Ábrala en una dirección que empiece por https:// y compruebe de nuevo.`,
  },
  jwt_key_unnamed: {
    headline: 'No dice con qué clave se firmó',
    next: `${nothingAgainst} Su emisor puede conocer un verificador que tenga la clave: pregúntele antes de fiarse.`,
  },
  issuer_key_self_asserted: {
    headline: 'No se puede saber si la firmó su emisor',
    next: 'No ha cambiado desde que se firmó, pero así puede firmar cualquiera en nombre de cualquiera. Pregunte al emisor si es suya antes de fiarse.',
  },
  issuer_key_elsewhere: {
    headline: 'No se puede saber si la firmó su emisor',
    next: 'No ha cambiado desde que se firmó, pero su clave está donde pudo ponerla alguien que no es el emisor. Pregunte al emisor si es suya antes de fiarse.',
  },
  key_unreachable: {
    headline: 'No se pudo consultar la clave de su emisor',
    next: tryLater,
  },
  key_format_unknown: {
    headline: 'Está firmada con un tipo de clave que aquí no se conoce',
    next: otherVerifier,
  },
  did_method_unsupported: {
    headline: 'La clave de su emisor no se puede consultar aquí',
    next: otherVerifier,
  },
  issuer_unresolvable: {
    headline: 'No se pudo saber quién es el emisor',
    next: `${nothingAgainst} Pregunte al emisor con qué cuenta ancla.`,
  },
  did_document_unreachable: {
    headline: 'No se pudo consultar la identidad del emisor',
    next: tryLater,
  },
  status_unsupported: { headline: 'Su estado no se puede leer aquí', next: maybeRevoked },
  statuses_too_many: {
    headline: 'Nombra más listas de estados de las que se consultan',
    next: maybeRevoked,
  },
  status_unreachable: {
    headline: 'No se pudo leer su lista de estados',
    next: maybeRevokedAgain,
  },
  status_list_not_in_force: {
    headline: 'Su lista de estados está desfasada',
    next: `${nothingAgainst} El emisor tiene que renovarla: inténtelo más tarde, o pregúntele.`,
  },
  status_list_unverified: {
    headline: 'No se pudo saber si su lista de estados es auténtica',
    next: maybeRevokedAgain,
  },
  status_issuer_mismatch: {
    headline: 'Su lista de estados la lleva otro',
    next: `${nothingAgainst} Aquí solo se cree la lista del propio emisor: pregúntele.`,
  },
  status_unreadable: { headline: 'No se pudo leer su estado', next: maybeRevokedAgain },
  nothing_proved: {
    headline: 'No hay nada con que contrastarla',
    next: 'No se fíe de ella por sí sola. Pida al titular el archivo que entregó el emisor.',
  },
  jwt_malformed: {
    headline: 'Esto no es un JSON Web Token legible',
    next: 'Puede que falte parte del texto. Copie o descargue todo, con los dos puntos que lo dividen, e inténtelo de nuevo.',
  },
  utf8_invalid: {
    headline: 'Esto no es un archivo de texto',
    next: 'Una credencial es un archivo JSON, o una insignia como imagen PNG o SVG o como PDF. Si tiene otra cosa, pida el archivo JSON al titular.',
  },
  duplicate_name: { headline: 'Este JSON dice dos cosas a la vez', next: askForOriginal },
  lone_surrogate: { headline: 'Este JSON contiene caracteres rotos', next: askForOriginal },
  number_unsafe: {
    headline: 'Este JSON contiene un número fuera de rango',
    next: askForOriginal,
  },
  pdf_malformed: {
    headline: 'Este PDF no se puede leer',
    next: 'Descárguelo de nuevo de donde lo ofrece el emisor, o pida el archivo JSON al titular.',
  },
  pdf_encrypted: {
    headline: 'Este PDF está protegido con contraseña',
    next: 'No se puede leer lo que lleva adjunto. Pida al titular el PDF tal como lo entregó su emisor, o el archivo JSON.',
  },
  xml_unsafe: {
    headline: 'Esta imagen está hecha de un modo inseguro',
    next: 'No la abra en otro sitio. Pida al titular la insignia tal como la entregó su emisor, o su archivo JSON.',
  },
  badge_empty: {
    headline: 'No hay ninguna credencial en este archivo',
    next: 'El aspecto no demuestra nada. Pida al titular la insignia tal como la entregó su emisor, o su archivo JSON.',
  },
  badge_ambiguous: {
    headline: 'Hay varias credenciales en este archivo',
    next: 'No se fíe de ella: otros verificadores pueden leer otra. Pida al titular la insignia tal como la entregó su emisor.',
  },
  open_badges_2: {
    headline: 'Esto es una insignia de Open Badges 2',
    next: `${nothingAgainst} Es de un tipo más antiguo que esta página no comprueba: pregunte a su emisor, o pida una insignia de Open Badges 3.0.`,
  },
  envelope_unsupported: {
    headline: 'Está firmada de un modo que esta página no comprueba',
    next: `${nothingAgainst} Su envoltorio no es un JSON Web Token: compruébela con el verificador que indique su emisor.`,
  },
  too_large: {
    headline: 'Esto es demasiado grande para ser una credencial',
    next: 'Las credenciales son pequeñas. Compruebe que es el archivo correcto.',
  },
  empty: {
    headline: 'Esto está vacío',
    next: 'Elija un archivo, suelte uno, o pegue la credencial o su enlace.',
  },
  link_refused: {
    headline: 'Este enlace no se sigue',
    next: 'Descargue la credencial y suelte el archivo aquí.',
  },
  page_failed: {
    headline: 'Esta página ha fallado',
    next: `${nothingAgainst} Vuelva a cargar la página e inténtelo de nuevo; si falla otra vez, avise a quien la lleva.`,
  },
  link_unreachable: {
    headline: 'El enlace no lleva a ninguna credencial',
    next: 'Abra usted mismo el enlace, guarde la credencial como archivo y suéltelo aquí.',
  },
  malformed,
  brokenProof,
  brokenSignature,
  brokenKey,
  ambiguousMeaning,
  unreliableList,
  notJson,
  damagedImage,
  outOfBounds,
}
