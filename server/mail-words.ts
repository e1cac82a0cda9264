/** What mails say, in the languages of the pages. `name` is the credential's, `from` its issuer's; both are plain texts of others. */
export interface MailWords {
  readonly claim: {
    readonly subject: (name: string) => string
    readonly text: (name: string, from: string, minutes: number, url: string) => string
  }
  readonly reissue: {
    readonly subject: (name: string) => string
    readonly text: (name: string, from: string, url: string) => string
  }
}

const paragraphs = (...parts: readonly string[]) => `${parts.join('\n\n')}\n`

const words = {
  en: {
    claim: {
      subject: (name) => `Your link to "${name}"`,
      text: (name, from, minutes, url) =>
        paragraphs(
          `Somebody, most likely you, asked for the link to your credential "${name}" (${from}).`,
          `Open it within ${minutes} minutes; it works once:`,
          url,
          'If it was not you, nothing is to be done: nobody gets the link but you.',
        ),
    },
    reissue: {
      subject: (name) => `Your credential "${name}" was corrected`,
      text: (name, from, url) =>
        paragraphs(
          `Your credential "${name}" (${from}) was corrected and issued anew. The earlier one is no longer in force; links that you shared show the new one.`,
          'This link is yours alone. It shows the credential, and makes links for others:',
          url,
        ),
    },
  },
  de: {
    claim: {
      subject: (name) => `Ihr Link zu „${name}“`,
      text: (name, from, minutes, url) =>
        paragraphs(
          `Jemand, wahrscheinlich Sie, hat den Link zu Ihrem Nachweis „${name}“ (${from}) angefordert.`,
          `Öffnen Sie ihn innerhalb von ${minutes} Minuten; er gilt einmal:`,
          url,
          'Waren Sie es nicht, ist nichts zu tun: Niemand außer Ihnen erhält den Link.',
        ),
    },
    reissue: {
      subject: (name) => `Ihr Nachweis „${name}“ wurde berichtigt`,
      text: (name, from, url) =>
        paragraphs(
          `Ihr Nachweis „${name}“ (${from}) wurde berichtigt und neu ausgestellt. Der frühere gilt nicht mehr; Links, die Sie weitergegeben haben, zeigen den neuen.`,
          'Dieser Link gehört Ihnen allein. Er zeigt den Nachweis, und mit ihm legen Sie Links für andere an:',
          url,
        ),
    },
  },
  fr: {
    claim: {
      subject: (name) => `Votre lien vers « ${name} »`,
      text: (name, from, minutes, url) =>
        paragraphs(
          `Quelqu’un, sans doute vous, a demandé le lien vers votre attestation « ${name} » (${from}).`,
          `Ouvrez-le dans les ${minutes} minutes ; il fonctionne une fois :`,
          url,
          'Si ce n’était pas vous, il n’y a rien à faire : personne d’autre ne reçoit ce lien.',
        ),
    },
    reissue: {
      subject: (name) => `Votre attestation « ${name} » a été corrigée`,
      text: (name, from, url) =>
        paragraphs(
          `Votre attestation « ${name} » (${from}) a été corrigée et émise à nouveau. La précédente n’est plus en vigueur ; les liens que vous avez partagés montrent la nouvelle.`,
          'Ce lien n’est qu’à vous. Il montre l’attestation et permet de créer des liens pour d’autres :',
          url,
        ),
    },
  },
  es: {
    claim: {
      subject: (name) => `Su enlace a «${name}»`,
      text: (name, from, minutes, url) =>
        paragraphs(
          `Alguien, seguramente usted, pidió el enlace a su credencial «${name}» (${from}).`,
          `Ábralo en los próximos ${minutes} minutos; funciona una vez:`,
          url,
          'Si no fue usted, no tiene que hacer nada: nadie más recibe el enlace.',
        ),
    },
    reissue: {
      subject: (name) => `Su credencial «${name}» fue corregida`,
      text: (name, from, url) =>
        paragraphs(
          `Su credencial «${name}» (${from}) fue corregida y emitida de nuevo. La anterior ya no está vigente; los enlaces que compartió muestran la nueva.`,
          'Este enlace es solo suyo. Muestra la credencial y crea enlaces para otras personas:',
          url,
        ),
    },
  },
  ar: {
    claim: {
      subject: (name) => `رابطك إلى «${name}»`,
      text: (name, from, minutes, url) =>
        paragraphs(
          `طلب أحدهم، والأرجح أنه أنت، رابط شهادتك «${name}» (${from}).`,
          `افتحه خلال ${minutes} دقيقة؛ فهو يعمل مرة واحدة:`,
          url,
          'إن لم تكن أنت فلا يلزم شيء: لا يصل الرابط إلى أحد غيرك.',
        ),
    },
    reissue: {
      subject: (name) => `صُحِّحت شهادتك «${name}»`,
      text: (name, from, url) =>
        paragraphs(
          `صُحِّحت شهادتك «${name}» (${from}) وأُصدرت من جديد. لم تعد السابقة سارية، والروابط التي شاركتها تعرض الجديدة.`,
          'هذا الرابط لك وحدك. يعرض الشهادة، وبه تُنشئ روابط للآخرين:',
          url,
        ),
    },
  },
  ja: {
    claim: {
      subject: (name) => `「${name}」へのリンク`,
      text: (name, from, minutes, url) =>
        paragraphs(
          `おそらくあなたご自身が、証明書「${name}」（${from}）へのリンクを求めました。`,
          `${minutes} 分以内に開いてください。一度だけ使えます。`,
          url,
          '心当たりがなければ、何もする必要はありません。リンクが届くのはあなただけです。',
        ),
    },
    reissue: {
      subject: (name) => `証明書「${name}」が訂正されました`,
      text: (name, from, url) =>
        paragraphs(
          `証明書「${name}」（${from}）は訂正され、新しく発行されました。以前のものはもう有効ではなく、共有済みのリンクは新しいものを表示します。`,
          'このリンクはあなただけのものです。証明書を表示し、他の人へのリンクを作れます。',
          url,
        ),
    },
  },
} as const satisfies Readonly<Record<string, MailWords>>

/** The words of the first language that is wished for and spoken here; `wishes` is an `Accept-Language`, or one language tag. Untrusted. */
export function mailWords(wishes = ''): MailWords {
  for (const wish of wishes.slice(0, 200).split(',')) {
    const tag = wish.trim().toLowerCase().split(/[-;]/)[0] ?? ''
    if (Object.hasOwn(words, tag)) return words[tag as keyof typeof words]
  }
  return words.en
}
