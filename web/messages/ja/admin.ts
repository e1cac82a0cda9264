import type { Admin } from '../en/admin.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('ja-JP')

/** 管理者用コンソールの日本語の文。 */
export const messages: Admin = {
  title: '管理者',
  api: 'APIの説明',
  health: {
    title: 'サービスの状態',
    good: 'データベースとチェーンが応答し、チェーンは監視されています。',
    chain: (chainId, registry) => `チェーン ${chainId}、レジストリ ${registry}`,
    managed: 'オペレーターキーがあります。',
    unmanaged: 'オペレーターキーがないため、発行者は自分のキーで記録します。',
  },
  jobs: {
    title: 'バックグラウンドの処理',
    none: '待っているものも、あきらめたものもありません。',
    state: '表示する処理',
    again: 'もう一度試す',
    retried: 'もう一度試しています。',
    attempts: (count) => `${number(count)}回試行`,
    empty: '該当するものはありません。',
    count: (kind, count) => `${kind}：${number(count)}件`,
    kinds: {
      build: 'バッチの作成',
      subtree: 'バッチの一部の作成',
      anchor: 'バッチの記録',
      status: '状態のチェーンへの反映',
    },
    states: {
      waiting: '待機中',
      retrying: '後で再試行',
      active: '処理中',
      dead: 'あきらめたもの',
    },
  },
  issuers: {
    title: '発行者',
    none: '発行者はまだいません。',
    more: 'さらに表示',
    batches: 'バッチ',
    credentials: '証明書',
    anchored: 'うち記録済み',
    account: 'アカウント',
    since: (time) => `${time}から`,
    keys: 'APIキー',
    keysNote:
      '盗まれたCookieがキーを得ないよう、セッションではAPIキーの作成も削除もできません。発行者のキーを KEY に入れて：',
    made: (time) => `${time}に作成`,
  },
  create: {
    title: '発行者を登録する',
    slug: 'アドレスに使う短い名前（小文字、数字、ハイフン）',
    name: '組織の名前',
    url: 'ホームページ',
    email: 'メールアドレス（任意）',
    description: 'どのような組織か（任意）',
    account: 'バッチを記録するアカウント（0x…）',
    did: '証明書での名前の付け方',
    dids: {
      default: 'httpsのアドレスがあれば did:web、なければアカウント',
      web: 'did:web（ここで公開）',
      key: 'did:key（専用のキー）',
      pkh: 'did:pkh（アカウント）',
    },
    button: '登録',
    done: (name) =>
      `${name}を登録しました。これがAPIキーで、表示は今回限りです。安全に渡してください。`,
    copy: 'キーをコピー',
  },
}
