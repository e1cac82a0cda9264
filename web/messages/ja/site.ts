import type { Site } from '../en/site.ts'

/** Japanese texts that every page may need. */
export const messages: Site = {
  locale: 'ja-JP',
  brand: 'Rootmark',
  language: '言語',
  text: {
    hidden: (which) => `このテキストから、見えない制御文字を取り除きました: ${which}。`,
    more: 'すべて表示',
    shortened: (length) => `元の ${length} 文字から短縮`,
  },
  endpoint: {
    title: 'ブロックチェーンの接続先',
    asks: (chain, label) => `${chain} には ${label} を通して問い合わせます。`,
    asksNone: (chain) => `${chain} の接続先が分かりません。`,
    intro:
      'このページの接続先を信頼する必要はありません。ご自身のノードなど、任意の JSON-RPC エンドポイントを指定できます。このタブを閉じるまで記憶されます。',
    chain: 'ブロックチェーン',
    url: 'エンドポイントのアドレス',
    use: 'このエンドポイントを使う',
    reset: 'ページの接続先に戻す',
    saved: (label) => `これからは ${label} に問い合わせます。`,
    restored: 'ふたたびページの接続先に問い合わせます。',
    insecure:
      'https:// で始まる完全なアドレスか、このコンピューター上の http://(127.0.0.1 または localhost)を指定してください。',
  },
  settings: {
    missing:
      'このページの設定(config.json)が届きませんでした。ブロックチェーンの接続先も認定機関も分かりません。下で接続先を指定してから検証してください。',
    malformed: (why) =>
      `このページの設定(config.json)は使えません: ${why}。ブロックチェーンの接続先も認定機関も分かりません。下で接続先を指定してから検証してください。`,
  },
  refusals: {
    tooLarge: (size, limit) => `${size} バイトあります。読み込むのは ${limit} バイトまでです。`,
    empty: '中身がありません。',
    linkScheme: 'https のリンクと、このサイトへのリンクだけをたどります。',
    linksTooMany: '一度の検証で読める数を超える文書を指しています。',
    linkPrivate:
      'プライベートネットワークかこのコンピューターを指しています。他人のコードやリンクから、そこへはたどりません。',
    linkUnreachable: (origin, why) =>
      `${origin} から取得できませんでした: ${why}。ほかのサイトからの読み取りを許可していないのかもしれません。ファイルをダウンロードして、ここにドロップしてください。`,
    linkStatus: (status) => `HTTP ${status} の応答`,
  },
}
