import type { Presentation } from '../en/presentation.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('ja')
const credentials = (count: number) => counted(count, { other: '# 件の証明書' })

/** 提示されたものを確認するページの日本語テキスト。 */
export const messages: Presentation = {
  documentTitle: '提示された証明書 · Rootmark',
  title: '提示されたもの',
  lead: '提示に含まれるすべての証明書を、このブラウザーで確認します。それぞれが本物か、誰のものか、合わせて何を示すか。',
  ask: '証明書を求める',
  single: '証明書を一つだけ確認する',
  intake: {
    title: '提示を開く',
    file: 'ファイルを選ぶ（JSON または PDF）',
    paste: 'またはリンクか JSON を貼り付ける',
    open: '確認する',
    another: '別の提示を開く',
    unreadable: 'これは提示として読めません：',
  },
  progress: (count, all) => `${credentials(all)}のうち ${count} 件を確認済み …`,
  spoken: (headline) => `確認が終わりました：${headline}。`,
  whole: {
    title: '全体',
    about: credentials,
    valid: {
      headline: () => 'すべて本物で有効であり、保有者が署名しています',
      next: '目の前の人が連絡してきた本人であることを確かめてください。署名が示すのは鍵であり、顔ではありません。',
    },
    knownPerson: {
      headline: () => 'すべて本物で有効であり、あなたがアドレスを知る人のものです',
      next: '誰も署名していません。受け取った人は渡し回せます。そのアドレスに、送ったかどうか尋ねてください。',
    },
    unbound: {
      headline: () => '証明書は本物ですが、手渡しに署名した人がいません',
      next: 'その人のメールアドレスを下に入力してください。またはリンクで求めれば署名されます。',
    },
    unsigned: {
      headline: () => '署名を求めましたが、署名がありません',
      next: '署名のできるポートフォリオであなたのリンクに答えるよう、応募者に頼んでください。',
    },
    replayed: {
      headline: () => 'あなたのものではない質問への回答です',
      next: '別の人、または別の機会のために署名され、渡し回されたものです。あなたのリンクに答えるよう頼んでください。',
    },
    otherAudience: {
      headline: () => '別の人に宛てたものです',
      next: '保有者はあなたに宛てていません。あなたのリンクに答えるよう頼んでください。',
    },
    ended: {
      headline: () => '保有者が定めた期限が過ぎています',
      next: '頼れるのはその時まででした。新しいものを求めてください。',
    },
    altered: {
      headline: () => '署名の後に変えられたか、別の人が署名しました',
      next: '頼らないでください。ポートフォリオが作ったままのリンクかファイルを求めてください。',
    },
    malformed: {
      headline: () => '提示としての作りになっていません',
      next: 'ポートフォリオが作ったままのリンクかファイルを求めてください。',
    },
    signatureOpen: {
      headline: () => '署名を確認できませんでした',
      next: '不利な材料ではありません。後でもう一度試してください。',
    },
    someBad: {
      headline: (count, all) => `本物でないか有効でない：${credentials(all)}のうち ${count} 件`,
      next: 'どれが、なぜかは下にあります。それらは数えません。ほかはそれぞれで判断されます。',
    },
    someOfOthers: {
      headline: (count, all) => `別の人のもの：${credentials(all)}のうち ${count} 件`,
      next: 'どれかは下にあります。数えません。なぜ含まれるのか尋ねてください。',
    },
    stackBad: {
      headline: (count) => `構成要素から導かれない：${counted(count, { other: '# 件の修了証' })}`,
      next: '構成要素として来たものと矛盾します。ここでは数えません。発行者に尋ねてください。',
    },
    unconfirmed: {
      headline: () => '本物ですが、あなた宛てですか？',
      next: 'このような回答は、受け取った人が渡し回せます。自分の質問を開くか、下で自分のものだと伝えてください。',
    },
    someOpen: {
      headline: (count, all) => `確認できない：${credentials(all)}のうち ${count} 件`,
      next: '不利な材料ではありません。後で試すか、下で別のチェーン接続先を指定してください。',
    },
    someUnproved: {
      headline: (count, all) => `誰のものか示されない：${credentials(all)}のうち ${count} 件`,
      next: 'メールアドレスは指紋としてしか書かれていません。その人のアドレスを下に入力してください。',
    },
  },
  facts: {
    holder: '署名者',
    unsigned: '誰も署名していません',
    purpose: '目的（保有者の言葉）',
    audience: '宛先',
    anyone: '受け取った誰でも',
    until: '頼れる期限',
    noEnd: '期限の記載なし',
    created: '署名の日時',
    question: '答えている質問',
    sources: {
      asked: 'このブラウザーであなたが尋ねた質問です。',
      opened: 'あなたがここで開いた質問です。',
      brought: '回答と一緒に来た質問です。選んだのは回答者です。',
    },
    over: (time) => `回答は ${time} まででした。`,
  },
  confirm: {
    audience: (audience) => `宛先は ${audience} とされています。`,
    question: '一緒に来た質問は下に示します。',
    yes: '私宛てで、私の質問です',
  },
  person: {
    label: 'その人のメールアドレス',
    use: '照合する',
    note: '証明書の中の指紋と照合され、このブラウザーにとどまります。',
  },
  question: {
    title: '求められていること',
    none: '求めたものを開くと、どの項目が満たされるかがわかります。',
    open: '要件または質問を開く（ファイル）',
    paste: 'またはリンクを貼り付ける',
    use: 'これと照合する',
    unreadable: 'これは要件ではありません：',
    outcome: {
      open: '未定：確認できない証明書があるか、誰のものか示されていません',
      met: '満たされている：保有者の検証済みの証明書が要件を満たします',
      unmet: '満たされていない',
      undecided: '判断に、かけられる以上の時間がかかります',
    },
    clause: { open: '未定', met: '満たす', unmet: '満たさない', spare: '不要' },
    all: '次のすべて：',
    some: (count) => `次のうち少なくとも ${count} つ：`,
    void: '提示そのものが成り立たないので、応募者については何も言えません。',
    missing: '足りないもの',
    credits: (credits) => `${credits} ECTS 単位`,
    by: (name) => `${name} の言によりこれに数える`,
  },
  summary: {
    title: '合わせて示すこと',
    none: '数えられる証明書がないので、まとめるものがありません。',
    note: '検証されたものだけを、二重には数えません。各行から、もとの証明書に進めます。',
    unbound: 'これらがすべて一人のものだと示すものは、まだありません。',
    skills: 'スキル',
    noFramework: '枠組みの記載なし',
    unrecognised: '発行者の呼び方',
    noSkills: 'スキルを挙げる証明書はありません。',
    levels: 'レベル',
    level: (level) => `EQF レベル ${level}`,
    credits: '単位',
    total: (credits) => `合計 ${credits} ECTS 単位`,
    counted: (credits) => `${credits} ECTS 単位`,
    standsFor: '構成要素の代わり',
    uncounted: {
      same_component: '数えない：別のものと同じ内容',
      part_of: '数えない：数えられる修了証の一部',
      parts_counted: '数えない：構成要素を数える',
      shares_parts: '数えない：すでに数えたものからなる',
    },
    unstated: '記載なし',
    timeline: 'いつ',
    earned: (time) => `${time} に授与`,
    ends: (time) => `${time} まで有効`,
    gap: (from, until) => `${from} から ${until} までは何もなし`,
    lapse: (from, until) => `${from} から ${until} まで期限切れ`,
    upTo: (level) => `EQF レベル ${level} まで`,
  },
  stacks: {
    title: '修了証とその構成要素',
    pathway: (name) => `履修の道筋：${name}`,
    states: {
      verified: '確認済み',
      ended: 'その後に終了',
      bound: '一緒に来ていない',
      differs: '別の文書',
      invalid: '本物でない',
      indeterminate: '確認できない',
    },
  },
  credentials: {
    title: '証明書を一つずつ',
    unnamed: '名前なし',
    holder: {
      same: '提示した人のもの',
      other: '別の人のもの',
      unproved: '誰のものか示されない',
    },
    open: (name) => `根拠：${name}`,
    closed: '開けませんでした。',
  },
  actions: { print: '印刷', save: '提示を保存', pdf: '確認できる PDF として保存' },
  pdfFailed: 'ここでは PDF を作れませんでした。提示を保存するか、このページを印刷してください。',
}
