import type { Check } from '../en/check.ts'

/** Japanese texts of the page that takes a credential. */
export const messages: Check = {
  documentTitle: '証明書を検証する · Rootmark',
  title: '証明書を検証する',
  lead: '本物で、改変されておらず、いまも有効でしょうか。ご自身でブロックチェーンに確かめてください。検証はこのブラウザーの中で行われます。',
  broken: 'このページの一部を読み込めませんでした。再読み込みしてください。',
  back: '表に戻る',
  intake: {
    label: '検証する証明書',
    drop: '証明書をここにドロップ',
    dropNow: '放すと検証します',
    or: 'または',
    choose: 'ファイルを選ぶ',
    folder: 'フォルダーを選ぶ',
    hint: 'JSON ファイル、PNG や SVG のバッジ画像、PDF、それらをまとめた ZIP、1 行に 1 件のリスト。1 件でも数千件でも構いません。ここで読み込まれ、アップロードはされません。',
    scan: 'コードを読み取る',
    paste: 'JSON またはリンクを貼り付け',
    check: '検証する',
    placeholder: '{ "@context": [ … ] }  または  https://…',
    placeholderShort: 'JSON かリンク',
    another: 'ほかの証明書を検証する',
    examples: 'お手元に証明書がなければ、こちらをお試しください:',
  },
  scan: {
    title: 'コードを読み取る',
    hold: 'コードをカメラにかざしてください。映像はこのブラウザーから出ません。',
    stop: 'カメラを止める',
    asking: 'カメラを待っています …',
    failed:
      'ここではカメラを使えません。ブラウザーでこのページに許可するか、コードのリンクをコピーして貼り付けてください。',
  },
  sources: {
    file: (name) => `ファイル ${name}`,
    text: '貼り付けたテキスト',
    carried: 'コードまたはリンク自体に含まれるもの',
    link: (origin) => `${origin} から取得`,
  },
  footer: {
    how: '発行者は、公開ブロックチェーン上のレジストリに証明書を記録します。このページは証明書の指紋を計算してそのレジストリに問い合わせるので、発行者のサーバーは要りません。',
    local: 'Cookie も追跡もなく、外部の画像も求められない限り読み込みません。',
  },
}
