/** Reasons that mean the same to a person: the one under whose name every language words them. */
const alike = {
  malformed: [
    'subject_missing',
    'text_missing',
    'uri_malformed',
    'url_malformed',
    'time_malformed',
    'times_out_of_order',
    'status_malformed',
    'envelope_malformed',
  ],
  brokenProof: [
    'proof_malformed',
    'proof_too_long',
    'anchor_ambiguous',
    'multibase_malformed',
    'abi_malformed',
    'address_malformed',
    'address_checksum',
    'hex_malformed',
  ],
  brokenSignature: [
    'jwt_header_refused',
    'proof_purpose_mismatch',
    'proof_context_mismatch',
    'proof_ambiguous',
    'previous_proof_malformed',
    'previous_proof_cycle',
  ],
  brokenKey: [
    'method_ambiguous',
    'methods_too_many',
    'controller_mismatch',
    'key_type_mismatch',
    'key_malformed',
    'key_length',
    'key_type_unknown',
    'did_key_malformed',
    'did_jwk_malformed',
    'did_document_malformed',
  ],
  ambiguousMeaning: [
    'jwt_payload_ambiguous',
    'json_ld_unsafe',
    'json_ld_malformed',
    'term_disguised',
    'term_redefined',
    'keyword_unsupported',
  ],
  unreliableList: [
    'status_list_forged',
    'status_list_unsigned',
    'status_list_malformed',
    'status_list_too_short',
    'status_purpose_mismatch',
    'status_index_beyond_list',
  ],
  notJson: ['json_malformed', 'not_json'],
  damagedImage: ['png_malformed', 'svg_malformed'],
  outOfBounds: ['name_forbidden', 'too_deep', 'too_many_values'],
} as const

const names = new Map<string, string>(
  Object.entries(alike).flatMap(([name, reasons]) => reasons.map((reason) => [reason, name])),
)

/** Under which name a reason is worded. */
export function wordedAs(reason: string): string {
  return names.get(reason) ?? reason
}
