import type { Standing } from '../en/standing.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('ja-JP')
const credentials = (count: number) => `証明書${number(count)}件`

/** 証明書の状態の変更についての日本語の文章。 */
export const messages: Standing = {
  title: '証明書の状態を変更する',
  which: '対象の証明書',
  chosen: (count) => `表で選んだもの：${credentials(count)}`,
  listed: 'リストにあるもの',
  all: (count) => `バッチ全体：${credentials(count)}`,
  list: {
    label: 'リスト：CSV、NDJSON またはテキスト',
    note: '1行に証明書1件を、id、statusIndex、email、did、name のいずれかで、名簿のとおりに書きます。名簿の一部でもかまいません。確認するまで何も変わりません。',
    reading: (done, total) => `検索中：${number(total)}件のうち${number(done)}件…`,
    good: (count) => `リストの対象は${credentials(count)}。すべての行が正しく読めました。`,
    bad: (count) =>
      `直すところが${number(count)}か所あります。リストに誤りがある間は何も変わりません。ファイルを直して選び直してください。`,
    format: 'ファイル名の末尾は .csv、.ndjson、.jsonl、.txt のいずれかにしてください。',
  },
  withdraw: 'バッチを撤回…',
  withdrawAsk: (count) =>
    `バッチ全体を撤回しますか。元には戻せず、${credentials(count)}がすべて無効になります。`,
  withdrawNote:
    'バッチの大きさにかかわらずトランザクションは1件で、発行者自身のキーだけが送信できます。',
  own: {
    missing:
      'このサービスにはオペレーターキーがないため、発行者自身のキーで変更します。Rootmark のフォルダーで次を実行してください。',
    refused:
      'このサービスはあなたのアカウントのためにこれを行えないため、発行者自身のキーで変更します。Rootmark のフォルダーで次を実行してください。',
    or: 'または発行者自身のキーで',
    note: 'コマンドはガスと手数料を示し、送信の前に確認します。チェーンに反映されると、このページは自動で気づきます。',
    file: (name) => `${name} をダウンロード`,
    waiting: (done, total) =>
      `チェーンを待っています：${number(total)}件のうち${number(done)}件が反映済み。`,
    waitingBatch: 'チェーンを待っています：まだ反映されていません。',
    arrived: 'チェーンに反映されました。',
    close: '閉じる',
  },
  recording: (done, total) => `受付中：${number(total)}件のうち${number(done)}件…`,
  broken: '途中で切れました。受け付けた分はそのまま残ります。止まったところから続けてください。',
  goOn: '続ける',
  network: {
    public: (variable) =>
      `${variable}_RPC_URL と ${variable}_PRIVATE_KEY が、環境変数または npx hardhat keystore set で必要です。`,
    local:
      'チェーンが http://127.0.0.1:8545 にない場合は LOCALHOST_RPC_URL で場所を示してください。',
    custom: (chainId) =>
      `コマンドにはチェーン ${chainId} の名前がありません。CUSTOM_RPC_URL にその接続先を、CUSTOM_PRIVATE_KEY にキーを設定してください。`,
  },
}
