import type { Reasons } from '../en/reasons.ts'

const askForOriginal =
  '信頼しないでください。発行者が渡したままのファイルを保有者に求めてください。'
const nothingAgainst = '証明書に問題があるという意味ではありません。'
const maybeRevoked = `${nothingAgainst}失効しているかもしれません。信頼する前に発行者に尋ねてください。`
const maybeRevokedAgain = `${nothingAgainst}失効しているかもしれません。信頼する前にもう一度試してください。`
const tryLater = `${nothingAgainst}後でもう一度試してください。`
const otherVerifier = `${nothingAgainst}ほかの検証者なら扱えるかもしれません。`
const impersonated =
  '信頼しないでください。誰かが発行者の名をかたっているかもしれません。できれば発行者に知らせてください。'
const askAboutKey = '信頼しないでください。署名したか、どの鍵で署名したかを発行者に尋ねてください。'
const notAccredited = '認定された証明書としては信頼しないでください。'

const malformed = {
  headline: '証明書として正しい形ではありません',
  next: 'ファイルが壊れているか、手で作られたのかもしれません。発行者が渡したファイルを保有者に求めてください。',
}
const brokenProof = { headline: '証明が壊れています', next: askForOriginal }
const brokenSignature = { headline: '署名が壊れています', next: askForOriginal }
const brokenKey = {
  headline: '署名した鍵が使えません',
  next: '信頼しないでください。公開している鍵を調べるよう発行者に伝えてください。',
}
const ambiguousMeaning = {
  headline: '内容がコンピューターには明確でありません',
  next: '信頼しないでください。プログラムによって読み方が変わるおそれがあります。発行者が渡したままのファイルを保有者に求めてください。',
}
const unreliableList = { headline: '状態リストが信頼できません', next: maybeRevoked }
const notJson = {
  headline: '読み取れる JSON ではありません',
  next: 'テキストの一部が欠けているかもしれません。最初の { から最後の } まで、すべてをコピーまたはダウンロードして、もう一度試してください。',
}
const damagedImage = {
  headline: 'この画像は壊れています',
  next: '発行者が提供する場所からもう一度ダウンロードするか、保有者に JSON ファイルを求めてください。',
}
const outOfBounds = {
  headline: 'このような証明書はありません',
  next: '証明書は小さなものです。正しいファイルかどうか確かめてください。',
}

/** What the verdict's reason means to a person, and what to do, in Japanese. */
export const reasons: Reasons = {
  valid: {
    headline: '本物で、改変されておらず、有効です',
    next: '記載内容を信頼できます。提示した人が、記載された本人であることを確かめてください。',
  },
  valid_of_unvouched_issuer: {
    headline: '本物で、改変されておらず、有効です',
    next: '発行者が確かに述べた内容ですが、発行者が誰であるかを保証する機関はありません。「発行者」欄の識別子がその組織のものであること、提示した人が本人であることを確かめてください。',
  },
  valid_on_test_network: {
    headline: '本物で、改変されておらず、有効です',
    next: 'すべての確認に合格しましたが、試験用にすぎません。信頼する前に、本番のネットワークに記録された証明書を求めてください。',
  },
  revoked: {
    headline: '発行者が失効させました',
    next: '信頼しないでください。失効は取り消せません。訂正版があるかどうか保有者に尋ねてください。',
  },
  superseded: {
    headline: '訂正版に置き換えられました',
    next: 'この証明書は信頼しないでください。発行者は訂正版の発行時にこれを失効させました。保有者に訂正版を求めるか、検証結果に示された場所で開いてください。',
  },
  suspended: {
    headline: '発行者が一時停止しています',
    next: '今は信頼しないでください。停止は解除されることがあります。後で検証するか、発行者に尋ねてください。',
  },
  withdrawn: {
    headline: 'バッチ全体が取り下げられました',
    next: '信頼しないでください。代わりの証明書を保有者または発行者に求めてください。',
  },
  expired: {
    headline: '有効期間が過ぎています',
    next: '現在の証明が必要なら、更新された証明書を保有者に求めてください。',
  },
  not_yet_valid: {
    headline: '有効期間が始まっていません',
    next: '期間が始まってから、もう一度検証してください。',
  },
  tampered: {
    headline: '内容が発行されたものと異なります',
    next: `${askForOriginal}そのファイルであるなら、バッチがまだ記録されていないのかもしれません。発行者に尋ねてください。`,
  },
  proof_mismatch: { headline: '証明が別の証明書のものです', next: askForOriginal },
  proof_missing: {
    headline: '証明が付いていません',
    next: '信頼しないでください。誰にでも書けたものです。発行者が渡したファイルを保有者に求めてください。',
  },
  anchor_missing: { headline: '記録の証明が抜かれています', next: askForOriginal },
  anchor_unknown: {
    headline: '発行者のアカウントには記録がありません',
    next: '信頼しないでください。発行されたばかりなら、バッチが記録されたかどうか発行者に尋ねてください。',
  },
  status_index_out_of_range: {
    headline: '記載されたバッチに含まれていません',
    next: askForOriginal,
  },
  registry_untrusted: {
    headline: 'ここでは信頼されていないコントラクトに記録されています',
    next: '信頼しないでください。コントラクトは何とでも主張できます。どのレジストリを使うか発行者に尋ねてください。',
  },
  test_network_refused: {
    headline: 'テストネットワークにだけ記録されています',
    next: '信頼しないでください。試験用です。本物の証明書を保有者に求めてください。',
  },
  issuer_account_mismatch: {
    headline: '記載された発行者が記録したものではありません',
    next: impersonated,
  },
  did_document_mismatch: {
    headline: '発行者の身元文書が一致しません',
    next: '信頼しないでください。DID 文書を調べるよう発行者に伝えてください。',
  },
  issuer_unknown: {
    headline: 'ここで信頼される機関は、この発行者を保証していません',
    next: '発行者の名称を信頼しないでください。誰が作った証明書か、別の方法で確かめてください。',
  },
  accreditation_not_begun: {
    headline: '発行者はまだ認定されていませんでした',
    next: `${notAccredited}その後に改めて発行したかどうか発行者に尋ねてください。`,
  },
  accreditation_ended: {
    headline: '発行者の認定は終わっていました',
    next: `${notAccredited}認定について発行者に尋ねてください。`,
  },
  accreditation_withdrawn: {
    headline: '発行者の認定は取り消されていました',
    next: `${notAccredited}取り消しの理由を認定機関に尋ねてください。`,
  },
  accreditor_not_in_force: {
    headline: '認定機関に認定する権限がありませんでした',
    next: `${notAccredited}現在の保証者を発行者に尋ねてください。`,
  },
  accreditation_scope_mismatch: {
    headline: '発行者はこの内容について認定されていませんでした',
    next: `${notAccredited}発行者は知られていますが、これを授与する権限がありません。発行者か認定機関に尋ねてください。`,
  },
  signature_invalid: { headline: '内容が署名されたものと異なります', next: askForOriginal },
  issuer_key_mismatch: {
    headline: '記載された発行者の署名ではありません',
    next: impersonated,
  },
  jwt_claims_mismatch: {
    headline: '内容が矛盾しています',
    next: '信頼しないでください。2 か所の記載が一致しません。発行者が渡したままのファイルを保有者に求めてください。',
  },
  jwt_algorithm_refused: {
    headline: '何も証明しない方法で署名されています',
    next: '信頼しないでください。誰にでも書けたものです。発行者が渡したままのファイルを保有者に求めてください。',
  },
  issuer_account_unbound: {
    headline: '記録したアカウントを発行者が認めていません',
    next: '信頼しないでください。失効した後、別の誰かが記録し直したのかもしれません。発行者に尋ねてください。',
  },
  previous_proof_missing: {
    headline: 'ほかの署名の土台になる署名が抜かれています',
    next: askForOriginal,
  },
  proof_expired: {
    headline: '署名の期限が切れています',
    next: '現在の証明が必要なら、新しい署名の付いた証明書を保有者に求めてください。',
  },
  challenge_mismatch: {
    headline: '別の相手に提示されたものです',
    next: '信頼しないでください。改めて提示するよう保有者に求めてください。',
  },
  domain_mismatch: {
    headline: '別の場所で提示されたものです',
    next: '信頼しないでください。改めて提示するよう保有者に求めてください。',
  },
  key_expired: {
    headline: '期限切れの鍵で署名されています',
    next: '信頼しないでください。署名し直すよう発行者に求めてください。',
  },
  key_revoked: {
    headline: '署名した鍵が失効しています',
    next: '信頼しないでください。鍵が他人の手にあったかもしれません。署名し直すよう発行者に求めてください。',
  },
  method_missing: {
    headline: '署名した鍵が発行者の一覧にありません',
    next: askAboutKey,
  },
  method_purpose: {
    headline: '署名した鍵は証明書のためのものではありません',
    next: askAboutKey,
  },
  presentation_given: {
    headline: 'これは複数の証明書の提示です',
    next: '提示のページで開くと、すべてが確認され、誰が渡すのかがわかります。',
  },
  not_a_credential: {
    headline: 'これは証明書ではありません',
    next: 'JSON ですが、別の種類のものです。証明書を JSON ファイルで渡すよう保有者に求めてください。',
  },
  chain_unreachable: {
    headline: 'ブロックチェーンの接続先が応答しませんでした',
    next: `${nothingAgainst}少し待ってもう一度試すか、下で別の接続先を指定してください。`,
  },
  chain_unknown: {
    headline: 'このブロックチェーンの接続先が分かりません',
    next: `${nothingAgainst}下で接続先を指定すると、すぐに検証されます。`,
  },
  chain_untrusted: {
    headline: 'このページの知らないブロックチェーンです',
    next: `${nothingAgainst}ほかの検証者なら知っているかもしれません。このページの運営者は信頼ファイルに追加できます。`,
  },
  chain_mismatch: {
    headline: '接続先が別のブロックチェーンのものです',
    next: `${nothingAgainst}下で正しい接続先を指定してください。`,
  },
  chain_stale: {
    headline: '接続先の情報が遅れています',
    next: `${nothingAgainst}下で別の接続先を指定するか、後で検証してください。`,
  },
  chain_answer_malformed: {
    headline: '接続先から使える答えが返りませんでした',
    next: `${nothingAgainst}下で別の接続先を指定してください。`,
  },
  carried_malformed: {
    headline: 'コードを最後まで読み取れませんでした',
    next: `${nothingAgainst}明るい場所で平らに置いて読み取り直すか、リンク全体をコピーしてください。だめなら保有者にファイルを求めてください。`,
  },
  block_header_malformed: {
    headline: '接続先からブロックが得られません',
    next: `${nothingAgainst}別の接続先で試してください。`,
  },
  block_header_unknown: {
    headline: 'ブロックチェーンに新しい種類のブロックがあります',
    next: `${nothingAgainst}この版では証明できません。新しい版を使うか、証明なしで検証してください。`,
  },
  endpoints_disagree: {
    headline: '接続先どうしの答えが一致しません',
    next: `${nothingAgainst}少し待ってもう一度試し、それでも違うなら運営者に知らせてください。`,
  },
  registry_missing: {
    headline: '接続先の示す場所にレジストリがありません',
    next: `${nothingAgainst}下で別の接続先を指定してください。情報が遅れているか、別のネットワークかもしれません。`,
  },
  accreditations_too_many: {
    headline: '調べるべき認定が多すぎます',
    next: `${nothingAgainst}どの認定機関を直接信頼すべきか、このページの運営者に伝えてください。`,
  },
  accreditation_scope_unstated: {
    headline: 'この内容について認定されていたか分かりません',
    next: `${nothingAgainst}認定を限る条件が書かれていません。信頼する前に、レベルと分野を発行者に尋ねてください。`,
  },
  signature_unsupported: {
    headline: 'ここでは確認できない証明が付いています',
    next: otherVerifier,
  },
  proofs_too_many: {
    headline: 'ここで確認できる数を超える署名があります',
    next: '証明書の署名は 1 つか 2 つです。発行者が渡したファイルを保有者に求めてください。',
  },
  proof_member_unknown: {
    headline: '署名に、ここでは理解できない記載があります',
    next: otherVerifier,
  },
  context_unknown: {
    headline: 'ここでは知られていない語彙が使われています',
    next: `${nothingAgainst}ほかの検証者なら知っているかもしれません。語の意味を変えられないよう、ここでは外部の語彙を参照しません。`,
  },
  json_ld_too_complex: {
    headline: '複雑すぎて、ここでは確認できません',
    next: '証明書は単純なものです。発行者が渡したファイルを保有者に求めてください。',
  },
  crypto_unavailable: {
    headline: 'このページでは署名を確認できません',
    next: `${nothingAgainst}https:// で始まるアドレスでこのページを開き、もう一度検証してください。`,
  },
  jwt_key_unnamed: {
    headline: 'どの鍵で署名されたか書かれていません',
    next: `${nothingAgainst}鍵を持つ検証者を発行者が知っているかもしれません。信頼する前に尋ねてください。`,
  },
  issuer_key_self_asserted: {
    headline: '発行者が署名したかどうか分かりません',
    next: '署名後の改変はありませんが、この方法なら誰でも他人の名で署名できます。信頼する前に、発行者のものかどうか尋ねてください。',
  },
  issuer_key_elsewhere: {
    headline: '発行者が署名したかどうか分かりません',
    next: '署名後の改変はありませんが、鍵が発行者以外にも置ける場所にあります。信頼する前に、発行者のものかどうか尋ねてください。',
  },
  key_unreachable: { headline: '発行者の鍵を取得できませんでした', next: tryLater },
  key_format_unknown: {
    headline: 'ここでは知られていない種類の鍵で署名されています',
    next: otherVerifier,
  },
  did_method_unsupported: {
    headline: '発行者の鍵をここでは調べられません',
    next: otherVerifier,
  },
  issuer_unresolvable: {
    headline: '発行者が誰か分かりませんでした',
    next: `${nothingAgainst}どのアカウントで記録するか発行者に尋ねてください。`,
  },
  did_document_unreachable: { headline: '発行者の身元を取得できませんでした', next: tryLater },
  status_unsupported: { headline: '状態をここでは読み取れません', next: maybeRevoked },
  statuses_too_many: {
    headline: '調べられる数を超える状態リストがあります',
    next: maybeRevoked,
  },
  status_unreachable: { headline: '状態リストを読み取れませんでした', next: maybeRevokedAgain },
  status_list_not_in_force: {
    headline: '状態リストが古くなっています',
    next: `${nothingAgainst}発行者がリストを更新する必要があります。後で試すか、発行者に尋ねてください。`,
  },
  status_list_unverified: {
    headline: '状態リストが本物かどうか分かりませんでした',
    next: maybeRevokedAgain,
  },
  status_issuer_mismatch: {
    headline: '状態リストを別の誰かが管理しています',
    next: `${nothingAgainst}ここでは発行者自身のリストだけを信じます。発行者に尋ねてください。`,
  },
  status_unreadable: { headline: '状態を読み取れませんでした', next: maybeRevokedAgain },
  nothing_proved: {
    headline: '照らし合わせるものがありません',
    next: 'これだけでは信頼しないでください。発行者が渡したファイルを保有者に求めてください。',
  },
  jwt_malformed: {
    headline: '読み取れる JSON Web Token ではありません',
    next: 'テキストの一部が欠けているかもしれません。2 つのピリオドを含め、すべてをコピーまたはダウンロードして、もう一度試してください。',
  },
  utf8_invalid: {
    headline: 'テキストファイルではありません',
    next: '証明書は JSON ファイルか、PNG または SVG のバッジ画像、または PDF です。ほかの形なら、保有者に JSON ファイルを求めてください。',
  },
  duplicate_name: { headline: 'この JSON は同時に 2 つのことを述べています', next: askForOriginal },
  lone_surrogate: { headline: 'この JSON には壊れた文字があります', next: askForOriginal },
  number_unsafe: { headline: 'この JSON には範囲外の数値があります', next: askForOriginal },
  pdf_malformed: {
    headline: 'この PDF は読み取れません',
    next: '発行者が提供する場所からもう一度ダウンロードするか、保有者に JSON ファイルを求めてください。',
  },
  pdf_encrypted: {
    headline: 'この PDF はパスワードで保護されています',
    next: '添付されたものを読み取れません。発行者が渡したままの PDF か、JSON ファイルを保有者に求めてください。',
  },
  xml_unsafe: {
    headline: 'この画像は安全でない作りです',
    next: 'ほかでも開かないでください。発行者が渡したままのバッジか、JSON ファイルを保有者に求めてください。',
  },
  badge_empty: {
    headline: 'このファイルに証明書は入っていません',
    next: '見た目だけでは何も証明されません。発行者が渡したままのバッジか、JSON ファイルを保有者に求めてください。',
  },
  badge_ambiguous: {
    headline: 'このファイルには証明書がいくつも入っています',
    next: '信頼しないでください。ほかの検証者は別のものを読むかもしれません。発行者が渡したままのバッジを保有者に求めてください。',
  },
  open_badges_2: {
    headline: 'これは Open Badges 2 のバッジです',
    next: `${nothingAgainst}古い種類で、このページでは検証しません。発行者に尋ねるか、Open Badges 3.0 のバッジを求めてください。`,
  },
  envelope_unsupported: {
    headline: 'このページでは確認しない方法で署名されています',
    next: `${nothingAgainst}JSON Web Token ではない封筒に入っています。発行者が示す検証者で確かめてください。`,
  },
  too_large: {
    headline: '証明書としては大きすぎます',
    next: '証明書は小さなものです。正しいファイルかどうか確かめてください。',
  },
  empty: {
    headline: '中身がありません',
    next: 'ファイルを選ぶかドロップするか、証明書またはそのリンクを貼り付けてください。',
  },
  link_refused: {
    headline: 'このリンクはたどりません',
    next: '証明書をダウンロードして、ファイルをここにドロップしてください。',
  },
  page_failed: {
    headline: 'このページで問題が起きました',
    next: `${nothingAgainst}ページを再読み込みしてもう一度試してください。また失敗したら、運営者に知らせてください。`,
  },
  link_unreachable: {
    headline: 'リンク先に証明書がありません',
    next: 'ご自身でリンクを開き、証明書をファイルに保存して、ここにドロップしてください。',
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
