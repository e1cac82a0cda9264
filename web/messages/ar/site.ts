import type { Site } from '../en/site.ts'

/** Arabic texts that every page may need. */
export const messages: Site = {
  locale: 'ar',
  brand: 'Rootmark',
  language: 'اللغة',
  text: {
    hidden: (which) => `أُزيلت من هذا النص محارف تحكّم مخفية: ${which}.`,
    more: 'عرض النص كاملًا',
    shortened: (length) => `مختصر، وطوله الأصلي ${length} محرفًا`,
  },
  endpoint: {
    title: 'نقطة الوصول إلى سلسلة الكتل',
    asks: (chain, label) => `تُسأل ${chain} عبر ${label}.`,
    asksNone: (chain) => `لا تُعرف نقطة وصول إلى ${chain}.`,
    intro:
      'لست مضطرًا إلى الوثوق بنقطة الوصول الخاصة بهذه الصفحة. سمِّ أي نقطة وصول JSON-RPC، كعقدة تملكها أنت؛ وتُحفظ إلى أن تغلق هذا اللسان.',
    chain: 'سلسلة الكتل',
    url: 'عنوان نقطة الوصول',
    use: 'استعمال هذه النقطة',
    reset: 'العودة إلى نقطة الصفحة',
    saved: (label) => `من الآن تُسأل ${label}.`,
    restored: 'عادت الصفحة تسأل نقطتها الخاصة.',
    insecure:
      'أدخل عنوانًا كاملًا يبدأ بـ https://، أو بـ http:// على هذا الجهاز (127.0.0.1 أو localhost).',
  },
  settings: {
    missing:
      'وصلت هذه الصفحة من دون إعداداتها (config.json)، فلا تعرف نقطة وصول إلى سلسلة الكتل ولا جهة اعتماد: سمِّ نقطة وصول أدناه ثم تحقّق.',
    malformed: (why) =>
      `لا يمكن استعمال إعدادات هذه الصفحة (config.json): ${why}. فهي لا تعرف نقطة وصول إلى سلسلة الكتل ولا جهة اعتماد: سمِّ نقطة وصول أدناه ثم تحقّق.`,
  },
  refusals: {
    tooLarge: (size, limit) => `حجمه ${size} بايت؛ ولا يُقرأ أكثر من ${limit}.`,
    empty: 'لا شيء فيه.',
    linkScheme: 'لا تُتبع إلا روابط https والروابط إلى هذا الموقع.',
    linksTooMany: 'يذكر وثائق أكثر مما يُقرأ في تحقّق واحد.',
    linkPrivate: 'يقود إلى شبكة خاصة أو إلى هذا الجهاز. لا يُتبع إلى هناك رمز أو رابط من شخص آخر.',
    linkUnreachable: (origin, why) =>
      `لم يسلّم ${origin} شيئًا: ${why}. قد لا يسمح خادمه لمواقع أخرى بقراءته؛ نزّل الملف وأفلته هنا.`,
    linkStatus: (status) => `أجاب برمز HTTP ${status}`,
  },
}
