import type { Many } from '../en/many.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('ja-JP')

/** Japanese texts of the table of many credentials. */
export const messages: Many = {
  title: '多数の証明書',
  checking: (count) => `これまでに ${number(count)} 件を検証しました …`,
  done: (count) => `${number(count)} 件を検証しました。`,
  full: (count) =>
    `最初の ${number(count)} 件だけを検証しました。一度に扱えるのはここまでです。残りは分けて検証してください。`,
  failed: '検証が中断しました。ページを再読み込みして、もう一度試してください。',
  stop: '止める',
  stopped: '止めました。それまでに検証したものを下に示します。',
  save: 'CSV で保存',
  show: '表示',
  all: 'すべて',
  search: '表の中を検索',
  columns: {
    result: '結果',
    reason: '理由',
    achievement: '達成内容',
    holder: '保有者',
    issuer: '発行者',
    name: 'ファイル',
  },
  until: '有効期限',
  confirmed: '認定機関が発行者を確認',
  id: '証明書の ID',
  code: '理由コード',
  yes: 'はい',
  no: 'いいえ',
  open: (name) => `${name} のレポートを表示`,
  shown: (from, to, all) => `${number(all)} 件中 ${number(from)} ～ ${number(to)} 件`,
  pages: '表のページ',
  previous: '前へ',
  next: '次へ',
  none: '該当するものがありません。「すべて」を選ぶか、別の言葉で検索してください。',
  archive: {
    zip_malformed: 'このアーカイブは読み取れません',
    zip_encrypted: 'パスワードで保護されています',
    zip_damaged: 'アーカイブの中で壊れています',
    zip_ambiguous: 'ほかのプログラムには別のファイルを見せるアーカイブです',
    zip_unsupported: '特殊な方法で圧縮されています',
  },
}
