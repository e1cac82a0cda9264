export interface Explanation {
  readonly headline: string
  readonly next: string
}

const askForOriginal =
  'Do not rely on it. Ask the holder for the file exactly as the issuer handed it out.'
const nothingAgainst = 'This says nothing against the credential.'

const malformed: Explanation = {
  headline: 'It is not a well-formed credential',
  next: 'The file may be damaged or made by hand. Ask the holder for the file that the issuer handed out.',
}
const brokenProof: Explanation = {
  headline: 'Its proof is damaged',
  next: askForOriginal,
}
const brokenSignature: Explanation = {
  headline: 'Its signature is damaged',
  next: askForOriginal,
}
const brokenKey: Explanation = {
  headline: 'The key that signed it is not usable',
  next: 'Do not rely on it. Ask the issuer to look at the keys that it publishes.',
}
const ambiguousMeaning: Explanation = {
  headline: 'What it says is not clear to computers',
  next: `Do not rely on it: programs may read different things in it. Ask the holder for the file exactly as the issuer handed it out.`,
}
const unreliableList: Explanation = {
  headline: 'Its status list cannot be relied on',
  next: `${nothingAgainst} It may have been revoked: ask the issuer before you rely on it.`,
}
const notJson: Explanation = {
  headline: 'This is not readable JSON',
  next: 'Part of the text may be missing. Copy or download all of it, from the first { to the last }, and try again.',
}
const damagedImage: Explanation = {
  headline: 'This image is damaged',
  next: 'Download it again from where the issuer offers it, or ask the holder for the JSON file.',
}
const outOfBounds: Explanation = {
  headline: 'No credential looks like this',
  next: 'Credentials are small. Check that this is the right file.',
}

/** What the verdict's reason means to a person, and what to do. Names of the codes are those of `core/`. */
export const reasons = {
  valid: {
    headline: 'Genuine, unaltered and in force',
    next: 'You can rely on what it says. Make sure that the person who shows it is the holder it names.',
  },
  valid_of_unvouched_issuer: {
    headline: 'Genuine, unaltered and in force',
    next: 'Its issuer did say this, but nobody vouches for who the issuer is. Make sure that the identifier under “Issuer” belongs to the organisation it names, and that the person who shows it is the holder.',
  },
  valid_on_test_network: {
    headline: 'Genuine, unaltered and in force',
    next: 'It passes every check, but as a trial only. Before you rely on it, ask for the credential that is anchored on a real network.',
  },

  revoked: {
    headline: 'Revoked by the issuer',
    next: 'Do not rely on it. Revocation is final; ask the holder whether a corrected credential replaces it.',
  },
  superseded: {
    headline: 'Replaced by a corrected one',
    next: 'Do not rely on this one: its issuer revoked it when it issued the corrected one. Ask the holder for that, or open it where the check names it.',
  },
  suspended: {
    headline: 'Suspended by the issuer',
    next: 'Do not rely on it for now. A suspension can be lifted: check again later, or ask the issuer.',
  },
  withdrawn: {
    headline: 'Its whole batch was withdrawn',
    next: 'Do not rely on it. Ask the holder or the issuer for the credential that replaces it.',
  },
  expired: {
    headline: 'Its period is over',
    next: 'If you need proof for today, ask the holder for a renewed credential.',
  },
  not_yet_valid: {
    headline: 'Its period has not begun',
    next: 'Check it again once it has begun.',
  },

  tampered: {
    headline: 'The content is not what was issued',
    next: `${askForOriginal} If it is that file, its batch may not be anchored yet: ask the issuer.`,
  },
  proof_mismatch: { headline: 'Its proof belongs to another credential', next: askForOriginal },
  proof_missing: {
    headline: 'It carries no proof',
    next: 'Do not rely on it: anybody could have written it. Ask the holder for the file that the issuer handed out.',
  },
  anchor_missing: {
    headline: 'Its anchor proof was left out',
    next: askForOriginal,
  },
  anchor_unknown: {
    headline: 'Its issuer account has anchored nothing',
    next: 'Do not rely on it. If it was issued just now, ask the issuer whether its batch is anchored yet.',
  },
  status_index_out_of_range: {
    headline: 'It is not part of the batch it claims',
    next: askForOriginal,
  },
  registry_untrusted: {
    headline: 'It is anchored in a contract nobody here trusts',
    next: 'Do not rely on it. Any contract can claim anything; ask the issuer which registry it uses.',
  },
  test_network_refused: {
    headline: 'It is anchored on a test network only',
    next: 'Do not rely on it: it is a trial. Ask the holder for the real credential.',
  },
  issuer_account_mismatch: {
    headline: 'It was not anchored by the issuer it names',
    next: 'Do not rely on it. Somebody may be using the name of the issuer; tell the issuer if you can.',
  },
  did_document_mismatch: {
    headline: 'The issuer’s identity document is another one',
    next: 'Do not rely on it. Ask the issuer to look at its DID document.',
  },
  issuer_unknown: {
    headline: 'Nobody trusted here vouches for the issuer',
    next: 'Do not rely on the issuer’s name. Find out by other means who made this credential.',
  },
  accreditation_not_begun: {
    headline: 'The issuer was not accredited yet',
    next: 'Do not rely on it as an accredited credential. Ask the issuer whether it issued it anew since.',
  },
  accreditation_ended: {
    headline: 'The issuer was no longer accredited',
    next: 'Do not rely on it as an accredited credential. Ask the issuer about its accreditation.',
  },
  accreditation_withdrawn: {
    headline: 'The issuer’s accreditation had been withdrawn',
    next: 'Do not rely on it as an accredited credential. Ask the accreditor why it withdrew.',
  },
  accreditor_not_in_force: {
    headline: 'Its issuer’s accreditor had no right to accredit',
    next: 'Do not rely on it as an accredited credential. Ask the issuer who vouches for it today.',
  },
  accreditation_scope_mismatch: {
    headline: 'The issuer was not accredited for this',
    next: 'Do not rely on it as an accredited credential: the issuer is known, but may not award this. Ask the issuer or its accreditor.',
  },

  signature_invalid: {
    headline: 'The content is not what was signed',
    next: askForOriginal,
  },
  issuer_key_mismatch: {
    headline: 'It was not signed by the issuer it names',
    next: 'Do not rely on it. Somebody may be using the name of the issuer; tell the issuer if you can.',
  },
  jwt_claims_mismatch: {
    headline: 'It contradicts itself',
    next: 'Do not rely on it: what it claims in two places is not the same. Ask the holder for the file exactly as the issuer handed it out.',
  },
  jwt_algorithm_refused: {
    headline: 'It is not signed in a way that proves anything',
    next: 'Do not rely on it: anybody could have written it. Ask the holder for the file exactly as the issuer handed it out.',
  },
  issuer_account_unbound: {
    headline: 'Its issuer does not know the account that anchored it',
    next: 'Do not rely on it: it may have been revoked and anchored anew by somebody else. Ask the issuer.',
  },
  previous_proof_missing: {
    headline: 'A signature that another builds on was left out',
    next: askForOriginal,
  },
  proof_expired: {
    headline: 'Its signature has expired',
    next: 'If you need proof for today, ask the holder for a credential with a new signature.',
  },
  challenge_mismatch: {
    headline: 'It was shown to somebody else',
    next: 'Do not rely on it. Ask the holder to show it to you anew.',
  },
  domain_mismatch: {
    headline: 'It was shown elsewhere',
    next: 'Do not rely on it. Ask the holder to show it to you anew.',
  },
  key_expired: {
    headline: 'It was signed with a key that had expired',
    next: 'Do not rely on it. Ask the issuer to sign it again.',
  },
  key_revoked: {
    headline: 'The key that signed it was revoked',
    next: 'Do not rely on it: others may have had the key. Ask the issuer to sign it again.',
  },
  method_missing: {
    headline: 'The issuer does not list the key that signed it',
    next: 'Do not rely on it. Ask the issuer whether it signed it, and with which key.',
  },
  method_purpose: {
    headline: 'The key that signed it is not meant for credentials',
    next: 'Do not rely on it. Ask the issuer whether it signed it, and with which key.',
  },

  presentation_given: {
    headline: 'This is a presentation of several credentials',
    next: 'Open it on the page for presentations, which checks all of them and says who hands them over.',
  },
  not_a_credential: {
    headline: 'This is not a credential',
    next: 'It is JSON, but of another kind. Ask the holder for the credential as a JSON file.',
  },

  chain_unreachable: {
    headline: 'The chain endpoint did not answer',
    next: `${nothingAgainst} Try again in a moment, or name another chain endpoint below.`,
  },
  chain_unknown: {
    headline: 'No endpoint is known for its chain',
    next: `${nothingAgainst} Name a chain endpoint below, and it is checked at once.`,
  },
  chain_untrusted: {
    headline: 'Its chain is not one this page knows',
    next: `${nothingAgainst} Another verifier may know the chain; whoever runs this page can add it to the trust file.`,
  },
  chain_mismatch: {
    headline: 'The endpoint belongs to another chain',
    next: `${nothingAgainst} Name an endpoint of the right chain below.`,
  },
  chain_stale: {
    headline: 'The chain endpoint is behind',
    next: `${nothingAgainst} Name another chain endpoint below, or check again later.`,
  },
  chain_answer_malformed: {
    headline: 'The chain endpoint gave no usable answer',
    next: `${nothingAgainst} Name another chain endpoint below.`,
  },
  carried_malformed: {
    headline: 'The code was not read whole',
    next: `${nothingAgainst} Scan it again in good light and lying flat, or copy the whole link; else ask the holder for the file.`,
  },
  block_header_malformed: {
    headline: 'The chain endpoint gives no block',
    next: `${nothingAgainst} Try again with another endpoint.`,
  },
  block_header_unknown: {
    headline: 'The chain has blocks of a new kind',
    next: `${nothingAgainst} It cannot be proved with this version: use a newer one, or check without proofs.`,
  },
  endpoints_disagree: {
    headline: 'The chain endpoints do not agree',
    next: `${nothingAgainst} Try again in a moment; if they still differ, tell whoever runs this check.`,
  },
  registry_missing: {
    headline: 'The chain endpoint knows no registry there',
    next: `${nothingAgainst} Name another endpoint below; it may be behind, or serve another network.`,
  },
  accreditations_too_many: {
    headline: 'Too many accreditations to look through',
    next: `${nothingAgainst} Tell whoever runs this page which accreditor it should trust directly.`,
  },
  accreditation_scope_unstated: {
    headline: 'Whether its issuer was accredited for this cannot be told',
    next: `${nothingAgainst} It leaves out what its issuer’s accreditation is limited by: ask the issuer for its level and field before you rely on it.`,
  },
  signature_unsupported: {
    headline: 'It carries a proof that cannot be checked here',
    next: `${nothingAgainst} Another verifier may know that kind of proof.`,
  },
  proofs_too_many: {
    headline: 'It carries more signatures than are checked here',
    next: 'Credentials carry one or two. Ask the holder for the file that the issuer handed out.',
  },
  proof_member_unknown: {
    headline: 'Its signature says something that is not understood here',
    next: `${nothingAgainst} Another verifier may know what it means.`,
  },
  context_unknown: {
    headline: 'It uses a vocabulary that is not known here',
    next: `${nothingAgainst} Another verifier may know the vocabulary; this one looks none up, so that nobody can change what a word means.`,
  },
  json_ld_too_complex: {
    headline: 'It is too intricate to be checked here',
    next: 'Credentials are simple. Ask the holder for the file that the issuer handed out.',
  },
  crypto_unavailable: {
    headline: 'Signatures cannot be checked on this page',
    next: `${nothingAgainst} Open this page at an address that begins with https:// and check again.`,
  },
  jwt_key_unnamed: {
    headline: 'It does not say with which key it was signed',
    next: `${nothingAgainst} Its issuer may know another verifier that has the key: ask it before you rely on the credential.`,
  },
  issuer_key_self_asserted: {
    headline: 'Whether its issuer signed it cannot be told',
    next: 'It was not changed since it was signed, but anybody can sign like this in anybody’s name. Ask the issuer whether it is its own before you rely on it.',
  },
  issuer_key_elsewhere: {
    headline: 'Whether its issuer signed it cannot be told',
    next: 'It was not changed since it was signed, but its key lies where the issuer need not be the one who put it. Ask the issuer whether it is its own before you rely on it.',
  },
  key_unreachable: {
    headline: 'The key of its issuer could not be looked up',
    next: `${nothingAgainst} Try again later.`,
  },
  key_format_unknown: {
    headline: 'It is signed with a kind of key that is not known here',
    next: `${nothingAgainst} Another verifier may know that kind of key.`,
  },
  did_method_unsupported: {
    headline: 'The key of its issuer cannot be looked up here',
    next: `${nothingAgainst} Another verifier may know how to find it.`,
  },
  issuer_unresolvable: {
    headline: 'Who the issuer is could not be told',
    next: `${nothingAgainst} Ask the issuer which account it anchors with.`,
  },
  did_document_unreachable: {
    headline: 'The issuer’s identity could not be looked up',
    next: `${nothingAgainst} Try again later.`,
  },
  status_unsupported: {
    headline: 'Its status cannot be read here',
    next: `${nothingAgainst} It may have been revoked: ask the issuer before you rely on it.`,
  },
  statuses_too_many: {
    headline: 'It names more status lists than are asked',
    next: `${nothingAgainst} It may have been revoked: ask the issuer before you rely on it.`,
  },
  status_unreachable: {
    headline: 'Its status list could not be read',
    next: `${nothingAgainst} It may have been revoked: try again before you rely on it.`,
  },
  status_list_not_in_force: {
    headline: 'Its status list is out of date',
    next: `${nothingAgainst} The issuer has to renew the list: try again later, or ask the issuer.`,
  },
  status_list_unverified: {
    headline: 'Whether its status list is genuine could not be told',
    next: `${nothingAgainst} It may have been revoked: try again before you rely on it.`,
  },
  status_issuer_mismatch: {
    headline: 'Its status list is kept by somebody else',
    next: `${nothingAgainst} This verifier believes the issuer's own list only: ask the issuer.`,
  },
  status_unreadable: {
    headline: 'Its status could not be read',
    next: `${nothingAgainst} It may have been revoked: try again before you rely on it.`,
  },
  nothing_proved: {
    headline: 'There is nothing to check it against',
    next: 'Do not rely on it by itself. Ask the holder for the file that the issuer handed out.',
  },

  jwt_malformed: {
    headline: 'This is not a readable JSON Web Token',
    next: 'Part of the text may be missing. Copy or download all of it, with both dots, and try again.',
  },
  utf8_invalid: {
    headline: 'This is not a text file',
    next: 'A credential is a JSON file, or a badge as a PNG or SVG image or a PDF. If you have something else, ask the holder for the JSON file.',
  },
  duplicate_name: {
    headline: 'This JSON says two things at once',
    next: askForOriginal,
  },
  lone_surrogate: { headline: 'This JSON holds broken characters', next: askForOriginal },
  number_unsafe: { headline: 'This JSON holds a number out of range', next: askForOriginal },
  pdf_malformed: {
    headline: 'This PDF cannot be read',
    next: 'Download it again from where the issuer offers it, or ask the holder for the JSON file.',
  },
  pdf_encrypted: {
    headline: 'This PDF is protected by a password',
    next: 'What is attached to it cannot be read. Ask the holder for the PDF as its issuer handed it out, or for the JSON file.',
  },
  xml_unsafe: {
    headline: 'This image is made in an unsafe way',
    next: 'Do not open it elsewhere. Ask the holder for the badge as its issuer handed it out, or for its JSON file.',
  },
  badge_empty: {
    headline: 'There is no credential in this file',
    next: 'How it looks proves nothing. Ask the holder for the badge as its issuer handed it out, or for its JSON file.',
  },
  badge_ambiguous: {
    headline: 'There are several credentials in this file',
    next: 'Do not rely on it: other verifiers may read another one. Ask the holder for the badge as its issuer handed it out.',
  },
  open_badges_2: {
    headline: 'This is an Open Badges 2 badge',
    next: `${nothingAgainst} It is of an older kind, which this page does not check: ask its issuer, or for a badge of Open Badges 3.0.`,
  },
  envelope_unsupported: {
    headline: 'It is signed in a way this page does not check',
    next: `${nothingAgainst} It is in an envelope of another kind than a JSON Web Token: check it with the verifier that its issuer names.`,
  },
  too_large: {
    headline: 'This is too large for a credential',
    next: 'Credentials are small. Check that this is the right file.',
  },
  empty: {
    headline: 'This is empty',
    next: 'Choose a file, drop one, or paste the credential or its link.',
  },
  link_refused: {
    headline: 'This link is not followed',
    next: 'Download the credential and drop the file here.',
  },
  page_failed: {
    headline: 'This page failed',
    next: `${nothingAgainst} Reload the page and try again; if it fails again, tell whoever runs it.`,
  },
  link_unreachable: {
    headline: 'The link leads to no credential',
    next: 'Open the link yourself, save the credential as a file, and drop it here.',
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
} satisfies Readonly<Record<string, Explanation>>

/** Every language explains every reason. */
export type Reasons = typeof reasons
