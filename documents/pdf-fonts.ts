import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The looks that a certificate is set in. */
export type Face = 'title' | 'body' | 'strong'

/** A font file, and the scripts that it is taken for; the first of a face takes all else. */
export interface FontFile {
  readonly name: string
  readonly file: string
  readonly scripts: RegExp
}

const anything = /./su
const file = (family: string, style: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/${family}/${style}`))

const han = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\u3000-\u303f\uff00-\uff9f]/u
const japanese = {
  name: 'BIZ UDPGothic',
  file: file('biz-udpgothic', '400Regular/BIZUDPGothic_400Regular.ttf'),
  scripts: han,
}
const chinese = {
  name: 'ZCOOL XiaoWei',
  file: file('zcool-xiaowei', '400Regular/ZCOOLXiaoWei_400Regular.ttf'),
  scripts: han,
}
const korean = {
  name: 'Gowun Dodum',
  file: file('gowun-dodum', '400Regular/GowunDodum_400Regular.ttf'),
  scripts: /[\p{scx=Hangul}\p{scx=Han}]/u,
}

const own: Readonly<Record<Face, FontFile>> = {
  title: {
    name: 'Noto Serif',
    file: file('noto-serif', '600SemiBold/NotoSerif_600SemiBold.ttf'),
    scripts: anything,
  },
  body: {
    name: 'Noto Sans',
    file: file('noto-sans', '400Regular/NotoSans_400Regular.ttf'),
    scripts: anything,
  },
  strong: {
    name: 'Noto Sans SemiBold',
    file: file('noto-sans', '600SemiBold/NotoSans_600SemiBold.ttf'),
    scripts: anything,
  },
}

function others(weight: '400Regular' | '600SemiBold'): readonly FontFile[] {
  const bold = weight === '600SemiBold' ? ' SemiBold' : ''
  const noto = (family: string, package_: string, scripts: RegExp) => ({
    name: `${family}${bold}`,
    file: file(package_, `${weight}/${family.replaceAll(' ', '')}_${weight}.ttf`),
    scripts,
  })
  return [
    noto('Noto Naskh Arabic', 'noto-naskh-arabic', /[\p{scx=Arabic}\u0600-\u06ff\ufb50-\ufeff]/u),
    noto('Noto Sans Hebrew', 'noto-sans-hebrew', /\p{scx=Hebrew}/u),
    noto('Noto Sans Thai', 'noto-sans-thai', /\p{scx=Thai}/u),
    noto('Noto Sans', 'noto-sans', anything),
  ]
}

/** The fonts of a face in the order in which they are asked for a letter; `text` is all that is to be set in it. */
export function fontsOf(face: Face, text: string): readonly FontFile[] {
  const rest = others(face === 'body' ? '400Regular' : '600SemiBold')
  // Hangul is Korean; Han that is not is Japanese or Chinese, which `setsOfHan` tells apart.
  const east = /\p{scx=Hangul}/u.test(text) ? [korean, ...setsOfHan] : [...setsOfHan, korean]
  return [own[face], ...rest, ...east]
}

/** Each was made for a language, and lacks letters of the other: a text is best set in one that has all of its letters. */
export const setsOfHan: readonly FontFile[] = [japanese, chinese]

const kept = new Map<string, Promise<Buffer>>()

/** The bytes of a font, which are read once. */
export function readFont({ file }: FontFile): Promise<Buffer> {
  const found = kept.get(file) ?? readFile(file)
  kept.set(file, found)
  return found
}
