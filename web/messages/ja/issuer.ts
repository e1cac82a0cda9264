import type { Issuer } from '../en/issuer.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('ja-JP')

/** Japanese texts of the page with an issuer's batch log. */
export const messages: Issuer = {
  documentTitle: (name) => `${name}: バッチの記録 · Rootmark`,
  kicker: 'バッチの記録',
  testNetwork: (chain) => `${chain}(テストネットワーク)`,
  lead: 'この発行者が記録した証明書のバッチを、順番にすべて示します。レジストリが欠番なく番号を付けるので、抜けがあれば分かります。学習者の名前も、名前につながるものも、ここにはありません。',
  checkPage: '証明書を検証する',
  loading: '記録を読み込んでいます …',
  more: {
    show: (count) => `さらに古い ${number(count)} 件を表示`,
    loading: '読み込み中 …',
  },
  unknown: {
    title: 'この発行者は見つかりません',
    text: 'このアドレスの発行者は、このサービスにはありません。入力の誤りを確かめるか、記録のアドレスを発行者に尋ねてください。',
  },
  failed: {
    title: '記録を読み込めませんでした',
    text: '発行者に問題があるという意味ではありません。サービスが正しく応答しませんでした。',
    again: 'もう一度試す',
    status: (status) => `HTTP ${status} の応答でした。`,
    malformed: '応答がバッチの記録ではありません。',
  },
  name: {
    confirmed: (accreditors) => `${accreditors} が確認した名称`,
    stated: '発行者自身による名称',
    callsItself: (name) => `自称は ${name} です。`,
  },
  facts: {
    title: '誰が、どこに記録しているか',
    account: 'アカウント',
    did: 'DID',
    site: 'ウェブサイト',
    chain: 'ブロックチェーン',
    registry: 'レジストリ',
    test: 'テストネットワーク: 現実については何も証明しません',
    explorer: 'エクスプローラーで見る',
  },
  sums: {
    title: 'ブロックチェーンの内容と、ここで公開されている内容',
    chain: 'ブロックチェーンによると',
    chainCount: (count) => `${number(count)} バッチを記録`,
    chainAsOf: (block, time) => `ブロック ${number(block)}、${time} の時点`,
    chainUnread: '問い合わせできませんでした',
    chainUnreadNote: '下の一覧がすべてかどうか、ここからは分かりません。',
    chainOld: 'いまは問い合わせできません。これは以前の内容です。',
    service: 'このサービスの公開分',
    published: (count) => `${number(count)} バッチ`,
    seen: (time) => `ブロックチェーンとの最後の照合: ${time}`,
    credentials: '証明書',
    revoked: '失効',
    suspended: '一時停止',
    withdrawn: '取り下げ',
    withdrawnIn: (count) => `${number(count)} バッチ`,
    complete: (count) =>
      `完全: ブロックチェーンが数える ${number(count)} バッチのすべてが、ここで公開されています。`,
    missing: (missing, count) =>
      `ブロックチェーンが数える ${number(count)} バッチのうち ${number(missing)} バッチが、ここでは公開されていません。別の場所で公開しているのかもしれません。発行者に尋ねるか、監査を行ってください。`,
    ahead: (count) =>
      `ここで公開されている ${number(count)} バッチを、このブロックの時点でブロックチェーンは数えていません。巻き戻ったのかもしれません。1 分後にもう一度見てください。`,
    unread:
      '一覧がすべてかどうか、いまは分かりません。ブロックチェーンに問い合わせできませんでした。',
  },
  accreditation: {
    title: '誰が発行者を保証しているか',
    accredited: (accreditors) => `${accreditors} が認定`,
    scope: '対象:',
    limits: {
      none: '授与する内容に制限なし',
      types: (types) => `種類 ${types} の達成内容`,
      eqf: (levels) => `EQF レベル ${levels}`,
      isced: (fields) => `分野 ${fields}(ISCED-F)`,
    },
    period: '期間',
    since: (from) => `${from} から`,
    between: (from, until) => `${from} から ${until} まで`,
    withdrawn: (time) => `${time} に取り消し`,
    ended: '現在は認定されていません',
    endedNote:
      '認定されていた間に記録されたものは、いまも有効です。当時の保証者は各バッチに示されています。',
    none: 'ここで信頼される機関の保証がありません',
    noneNote: 'このサービスが信頼する認定機関は、いずれもこのアカウントを認定していません。',
    notAsked: '問い合わせ先がありません',
    notAskedNote:
      'このサービスは、このブロックチェーンの認定機関を定めていません。発行者が誰であるかは、発行者自身の言葉によります。',
    unread: '問い合わせできませんでした',
    unreadNote:
      'ブロックチェーンを読み取れませんでした。発行者に問題があるという意味ではありません。',
    policy: 'このサービスの信頼ファイルによります。ほかの機関を信頼しても構いません。',
    atAnchor: {
      accredited: (accreditors) => `当時は ${accreditors} が認定`,
      ended: '当時は認定されていません',
      none: '当時、ここで信頼される機関の保証なし',
      unread: '認定を読み取れませんでした',
    },
  },
  picture: {
    title: 'いつ、その後どうなったか',
    summary: (credentials, from, until) =>
      `記録された時期ごとの証明書 ${credentials} 件、${from} から ${until} まで。`,
    inForce: '終了していないもの',
    revoked: '失効',
    suspended: '一時停止',
    withdrawn: '取り下げられたバッチ',
    most: (count) => `証明書 ${count} 件`,
    numbers: '同じ内容を数字で見る',
    period: '開始',
    batches: 'バッチ',
    credentials: '証明書',
    note: '現在の状態です。失効は、その証明書が記録された時期に表示されます。',
  },
  batches: {
    title: 'バッチ',
    order: '新しい順',
    legend: '記録の確定の度合い:',
    number: (sequence) => `バッチ ${number(sequence)}`,
    size: (size) => `証明書 ${number(size)} 件`,
    noneEnded: '終了なし',
    revoked: (count) => `失効 ${number(count)} 件`,
    suspended: (count) => `一時停止 ${number(count)} 件`,
    withdrawn: (time) => `${time} に取り下げ`,
    root: 'ルート',
    leaves: 'リーフ',
    transaction: 'トランザクション',
    unpublished: '記録済み、ここでは非公開',
    unpublishedNote: 'ブロックチェーンは数えていますが、このサービスにはリーフがありません。',
    ahead: '読み取ったブロックの状態にはありません。巻き戻ったのかもしれません。',
    finalities: {
      included: ['included', 'ブロックに入ったが、未確定'],
      safe: ['safe', '取り消される見込みは低い'],
      finalized: ['finalized', 'もう取り消されない'],
    },
    empty: 'まだ何も記録されていません',
    emptyNote: 'ブロックチェーンに入ったバッチが、ここに表示されます。',
    emptyUnread:
      'ここでは何も公開されていません。ブロックチェーンに何かあるかどうか、いまは分かりません。',
  },
  recheck: {
    title: 'この記録を自分でブロックチェーンと照合する',
    intro:
      'このページを信じる必要はありません。お使いのブラウザーが、アカウントの記録したバッチの数と、ここに示す各バッチの記録と終了した件数を接続先に問い合わせ、1 行ごとに印を付けます。',
    asks: (label) => `問い合わせ先は ${label} です。`,
    asksNone: 'このブロックチェーンの接続先が分かりません。下で指定してください。',
    button: 'ブロックチェーンと照合',
    again: 'もう一度照合',
    stop: '止める',
    running: (done, all) => `${number(all)} 行中 ${number(done)} 行を照合しました …`,
    asOf: (block, time, label) => `ブロック ${number(block)}、${time}、${label} から読み取り。`,
    complete: (count) =>
      count === 0
        ? '正しい内容です。ブロックチェーンはこのアカウントのバッチを数えておらず、一覧にもありません。'
        : `記録は完全で正しい内容です。ブロックチェーンが数える ${number(count)} バッチのすべてが、ルート、件数、日時、状態ともブロックチェーンのとおりに示されています。`,
    part: (shown, count) =>
      `${number(shown)} 行すべてがブロックチェーンのとおりです。ブロックチェーンは ${number(count)} を数えています。古いものも表示すると照合できます。`,
    rest: (count) => `ほかの ${number(count)} 行はブロックチェーンのとおりです。`,
    withheld: (missing) =>
      `${number(missing)} 行は、ブロックチェーンに番号がありながら、ここにバッチがありません。ルートはレジストリの履歴にあり、監査で見つかります。`,
    wrong: (wrong) =>
      `印のとおり、${number(wrong)} 行がブロックチェーンと異なります。直前の 1 分間の変更は、まだ反映されていないかもしれません。再読み込みして、もう一度照合してください。`,
    unlisted: (count) =>
      `ブロックチェーンには、記録にない新しいバッチが ${number(count)} あります。再読み込みして、もう一度照合してください。`,
    failed: '照合できませんでした。記録に問題があるという意味ではありません。',
    untrusted: '記録の示すレジストリを、このページの信頼ファイルは信頼していません。',
    same: 'ブロックチェーンのとおり',
    counted: 'ブロックチェーンが数えている',
    missing: 'ブロックチェーンに記録がない',
    differs: (what) => `ブロックチェーンによると: ${what}`,
    sequence: (sequence) => `番号 ${number(sequence)}`,
    anchoredAt: (time) => `${time} に記録`,
    notWithdrawn: '取り下げなし',
    audit: 'リーフとツリーも含め、自分の道具で確かめるには:',
  },
  footer: {
    how: '発行者は公開ブロックチェーン上のレジストリに証明書を記録し、レジストリは各アカウントの記録に番号を付けます。このページはそれを一覧にするもので、証明書は含みません。',
    json: 'この記録を JSON で見る',
    public: 'Cookie も追跡もありません。',
  },
}
