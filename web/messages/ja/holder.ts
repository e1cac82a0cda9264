import type { Holder } from '../en/holder.ts'

/** 一つの証明書のページの日本語の文。 */
export const messages: Holder = {
  documentTitle: '証明書 · Rootmark',
  title: '証明書',
  titleHolder: 'あなたの証明書',
  opening: '証明書を開いています …',
  footer:
    'このページの判定は、証明書とチェーンからあなたのブラウザーの中で行われます。このページを出すサービスは証明書を渡さないことはできても、作り出すことはできません。',
  corrected:
    '発行者がこの証明書を訂正しました。表示しているのは訂正版で、以前このリンクが示していたものに代わるものです。',
  limits: {
    until: (time: string) => `このリンクは ${time} まで使えます。`,
    views: (left: number) => `残りの閲覧回数：${left}。`,
  },
  certificate: {
    standing: {
      valid: '今検証しました：本物で有効です',
      trial: '今検証しました：テストネットワーク上で合格です',
      invalid: '今検証しました：信頼できません',
      indeterminate: '完全には検証できませんでした',
    },
    unnamed: '保有者',
    awarded: 'は次を授与されました',
    by: '発行者',
    accredited: '発行者の名前は認定機関が記録したものです。',
    stated: '発行者の名前は発行者自身の申告です。',
    from: (time: string) => `記載された期間：${time} から（期限なし）`,
    between: (from: string, until: string) => `記載された期間：${from} から ${until} まで`,
  },
  actions: {
    title: '保存する・見せる',
    portfolio: 'ポートフォリオに追加',
    pdf: '証書（PDF）',
    svg: 'バッジ（SVG）',
    png: 'バッジ（PNG）',
    json: 'データ（JSON）',
    linkedIn: 'LinkedIn に追加',
    copy: 'リンクをコピー',
    print: 'このページを印刷',
    copied: 'リンクをコピーしました。',
    linkedInMade:
      'LinkedIn 用のリンクを作りました。下の一覧にあり、取り消せます。LinkedIn は別のウィンドウで開きます。',
  },
  shares: {
    title: '他の人へのリンク',
    lead: 'このページのアドレスはあなただけのものです。これでリンクを作り、取り消します。他の人には専用のリンクを渡してください。',
    none: 'リンクはまだありません。',
    made: '新しいリンク（表示は今回限り）',
    madeTold: 'リンクを作りました。今コピーしてください。再び表示されることはありません。',
    copy: 'コピー',
    revoke: '取り消す',
    revoked: 'このリンクはもう使えません。証明書を見た人は保存しているかもしれません。',
    unlabelled: (time: string) => `${time} のリンク`,
    views: (views: number) => `閲覧：${views} 回。`,
    viewsOf: (views: number, limit: number) => `閲覧：${limit} 回中 ${views} 回。`,
    until: (time: string) => `${time} まで。`,
    revokeNamed: (name: string) => `取り消す：${name}`,
    state: {
      open: '使えます。',
      ended: '期限が切れました。',
      spent: '使い切りました。',
    },
    form: {
      label: '誰のため（あなただけに見えます）',
      labelExample: '例の株式会社',
      until: '最終日（空欄なら期限なし）',
      views: '閲覧回数（空欄なら無制限）',
      make: 'リンクを作る',
    },
    own: {
      title: '自分のリンクを他の人に知られたとき',
      lead: 'このページのアドレスを新しいものに替えられます。古いものは終わり、他の人へのリンクはそのまま残ります。',
      replace: '自分のリンクを替える …',
      sure: '古いアドレスはすぐに使えなくなります。メールやブックマークの中のものも同じです。続けますか。',
      yes: '替える',
      no: 'このままにする',
    },
  },
  claim: {
    title: '証明書へのリンクを受け取る',
    lead: '発行者に届けてあるメールアドレスを入力してください。この証明書のものであれば、一分以内にリンク付きのメールが送られます。',
    email: 'メールアドレス',
    send: 'リンクを送る',
    sent: '発行者がこのアドレスを持っていれば、メールが送られます。リンクは一時間以内に一度だけ使えます。',
    openTitle: '証明書を開く',
    openLead: 'メールのこのリンクは一度だけ使えます。保存できるあなた専用のリンクを受け取ります。',
    open: '自分の証明書を開く',
    spent:
      'この一回限りのリンクは使用済みか、一時間以上前のものです。同じところで新しいものを求めてください。',
  },
  troubles: {
    gone: {
      headline: 'このリンクの先には何もありません',
      next: 'コピーの際に切れたか、期限切れ、使い切り、または取り消されています。渡してくれた人に新しいものを求めてください。',
    },
    waiting: {
      headline: 'まだです',
      next: '証明書は発行されましたが、まだチェーンに固定されていません。数分後にもう一度お試しください。',
    },
    often: {
      headline: '要求が多すぎます',
      next: 'あなたのアドレスからの要求が多くなっています。一分後にもう一度お試しください。',
    },
    full: {
      headline: 'リンクが多すぎます',
      next: '使えるリンクがすでに百あります。先に一つ取り消してください。',
    },
    mailless: {
      headline: 'ここからはメールを送りません',
      next: 'このサービスはメールを送りません。発行者にリンクを求めてください。',
    },
    failed: {
      headline: 'うまくいきませんでした',
      next: 'サービスが予期した応答をしませんでした。少し待ってもう一度お試しください。',
    },
  },
}
