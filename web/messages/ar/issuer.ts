import type { Issuer } from '../en/issuer.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('ar')

const batches = (count: number) =>
  counted(count, {
    zero: 'لا دفعات',
    one: 'دفعة واحدة',
    two: 'دفعتان',
    few: '# دفعات',
    many: '# دفعة',
    other: '# دفعة',
  })
const credentials = (count: number) =>
  counted(count, {
    zero: 'لا شهادات',
    one: 'شهادة واحدة',
    two: 'شهادتان',
    few: '# شهادات',
    many: '# شهادة',
    other: '# شهادة',
  })
const lines = (count: number) =>
  counted(count, {
    zero: 'لا سطور',
    one: 'سطر واحد',
    two: 'سطران',
    few: '# سطور',
    many: '# سطرًا',
    other: '# سطر',
  })

/** Arabic texts of the page with an issuer's batch log. */
export const messages: Issuer = {
  documentTitle: (name) => `${name}: سجل الدفعات · Rootmark`,
  kicker: 'سجل الدفعات',
  testNetwork: (chain) => `${chain}، شبكة تجريبية`,
  lead: 'كل دفعة شهادات ثبّتتها جهة الإصدار هذه، بالترتيب. يرقّمها السجل بلا فجوات، فيظهر ما أُغفل. لا أسماء متعلمين هنا، ولا ما يقود إليهم.',
  checkPage: 'التحقق من شهادة',
  loading: 'يُقرأ السجل …',
  more: {
    show: (count) => `عرض دفعات أقدم: ${batches(count)}`,
    loading: 'جارٍ القراءة …',
  },
  unknown: {
    title: 'لا جهة إصدار كهذه هنا',
    text: 'ليس لدى هذه الخدمة جهة إصدار في هذا العنوان. ابحث عن خطأ في الكتابة، أو اسأل جهة الإصدار عن عنوان سجل دفعاتها.',
  },
  failed: {
    title: 'تعذّرت قراءة السجل',
    text: 'لا يقول هذا شيئًا عن جهة الإصدار. لم تجب الخدمة كما ينبغي:',
    again: 'إعادة المحاولة',
    status: (status) => `أجابت برمز HTTP ${status}.`,
    malformed: 'جوابها ليس سجل دفعات.',
  },
  name: {
    confirmed: (accreditors) => `اسم أكّدته ${accreditors}`,
    stated: 'كما تسمّي جهة الإصدار نفسها',
    callsItself: (name) => `تسمّي نفسها ${name}.`,
  },
  facts: {
    title: 'من يثبّت، وأين',
    account: 'الحساب',
    did: 'DID',
    site: 'الموقع',
    chain: 'سلسلة الكتل',
    registry: 'السجل',
    test: 'شبكة تجريبية: لا شيء هنا يثبت شيئًا عن العالم الحقيقي',
    explorer: 'في المستكشف',
  },
  sums: {
    title: 'ما تقوله سلسلة الكتل، وما يُنشر هنا',
    chain: 'تقول سلسلة الكتل',
    chainCount: (count) => `المثبَّت: ${batches(count)}`,
    chainAsOf: (block, time) => `عند الكتلة ${number(block)}، ${time}`,
    chainUnread: 'تعذّر سؤالها',
    chainUnreadNote: 'فلا يمكن لأحد من هنا أن يعرف هل القائمة أدناه كاملة.',
    chainOld: 'لا يمكن سؤالها الآن؛ وهذا ما قالته من قبل.',
    service: 'تنشر هذه الخدمة',
    published: (count) => batches(count),
    seen: (time) => `آخر مقارنة بسلسلة الكتل: ${time}`,
    credentials: 'الشهادات',
    revoked: 'الملغاة',
    suspended: 'الموقوفة',
    withdrawn: 'المسحوبة',
    withdrawnIn: (count) => `في ${batches(count)}`,
    complete: (count) =>
      count === 1
        ? 'كامل: الدفعة الوحيدة التي تعدّها سلسلة الكتل منشورة هنا.'
        : `كامل: كل الدفعات التي تعدّها سلسلة الكتل، وعددها ${number(count)}، منشورة هنا.`,
    missing: (missing, count) =>
      `لم يُنشر هنا: ${batches(missing)}، من أصل ${number(count)} تعدّها سلسلة الكتل. قد تنشر جهة الإصدار في مكان آخر؛ اسألها، أو أجرِ تدقيقًا.`,
    ahead: (count) =>
      `نُشر هنا ما لا تعدّه سلسلة الكتل عند هذه الكتلة: ${batches(count)}. ربما تراجعت؛ انظر ثانية بعد دقيقة.`,
    unread: 'لا يُعرف الآن هل القائمة كاملة: تعذّر سؤال سلسلة الكتل.',
  },
  accreditation: {
    title: 'من يشهد لجهة الإصدار',
    accredited: (accreditors) => `معتمدة من ${accreditors}`,
    scope: 'لما يلي:',
    limits: {
      none: 'بلا حدود لما تمنحه',
      types: (types) => `إنجازات من نوع ${types}`,
      eqf: (levels) => `مستوى الإطار الأوروبي للمؤهلات ${levels}`,
      isced: (fields) => `المجال ${fields} (ISCED-F)`,
    },
    period: 'المدة',
    since: (from) => `منذ ${from}`,
    between: (from, until) => `من ${from} إلى ${until}`,
    withdrawn: (time) => `سُحب في ${time}`,
    ended: 'لم تعد معتمدة',
    endedNote: 'ما ثبّتته وهي معتمدة يبقى صالحًا؛ وتذكر كل دفعة من كان يشهد لها حينذاك.',
    none: 'لا أحد موثوقًا هنا يشهد لها',
    noneNote: 'لم تعتمد هذا الحساب أيٌّ من جهات الاعتماد التي تثق بها هذه الخدمة.',
    notAsked: 'لم يُسأل أحد',
    notAskedNote:
      'لا تسمّي هذه الخدمة جهات اعتماد لهذه السلسلة. فهوية جهة الإصدار تقوم على كلمتها وحدها.',
    unread: 'تعذّر السؤال',
    unreadNote: 'تعذّرت قراءة سلسلة الكتل. لا يعيب هذا جهة الإصدار.',
    policy: 'بحسب ملف الثقة لهذه الخدمة؛ ولك أن تثق بغير من تثق بهم.',
    atAnchor: {
      accredited: (accreditors) => `كانت معتمدة آنذاك من ${accreditors}`,
      ended: 'لم تكن معتمدة آنذاك',
      none: 'لم يشهد لها آنذاك أحد موثوق هنا',
      unread: 'تعذّرت قراءة الاعتماد',
    },
  },
  picture: {
    title: 'متى، وماذا صار إليه أمرها',
    summary: (count, from, until) =>
      `${count} من الشهادات بحسب وقت تثبيتها، من ${from} إلى ${until}.`,
    inForce: 'لم تنتهِ',
    revoked: 'ملغاة',
    suspended: 'موقوفة',
    withdrawn: 'في دفعات مسحوبة',
    most: (count) => `الشهادات: ${count}`,
    numbers: 'الشيء نفسه بالأرقام',
    period: 'من',
    batches: 'الدفعات',
    credentials: 'الشهادات',
    note: 'بحسب الحال الآن: يظهر الإلغاء حيث ثُبّتت شهادته.',
  },
  batches: {
    title: 'الدفعات',
    order: 'الأحدث أولًا',
    legend: 'مدى نهائية تثبيتها:',
    number: (sequence) => `الدفعة ${number(sequence)}`,
    size: (size) => credentials(size),
    noneEnded: 'لم تنتهِ أي منها',
    revoked: (count) => `الملغاة: ${number(count)}`,
    suspended: (count) => `الموقوفة: ${number(count)}`,
    withdrawn: (time) => `سُحبت في ${time}`,
    root: 'الجذر',
    leaves: 'الأوراق',
    transaction: 'المعاملة',
    unpublished: 'مثبّتة، وغير منشورة هنا',
    unpublishedNote: 'تعدّها سلسلة الكتل، وليس لدى هذه الخدمة أوراقها.',
    ahead: 'ليست في حالة سلسلة الكتل عند الكتلة المقروءة: ربما تراجعت.',
    finalities: {
      included: ['included', 'في كتلة، وليست نهائية بعد'],
      safe: ['safe', 'يُستبعد إسقاطها'],
      finalized: ['finalized', 'لا يمكن إسقاطها بعد الآن'],
    },
    empty: 'لم يُثبَّت شيء بعد',
    emptyNote: 'تظهر الدفعات هنا متى احتوتها سلسلة الكتل.',
    emptyUnread: 'لا شيء منشورًا هنا. ولا يُعرف الآن هل في سلسلة الكتل شيء.',
  },
  recheck: {
    title: 'أتحقق بنفسي من هذا السجل على سلسلة الكتل',
    intro:
      'لست مضطرًا إلى تصديق هذه الصفحة. يسأل متصفحك نقطة وصول إلى سلسلة الكتل كم دفعة ثبّتها الحساب، وعن كل دفعة مذكورة هنا: تثبيتها وكم شهادة انتهت منها، ثم يعلّم كل سطر.',
    asks: (label) => `تُسأل ${label}.`,
    asksNone: 'لا تُعرف نقطة وصول إلى هذه السلسلة: سمِّ واحدة أدناه.',
    button: 'التحقق على سلسلة الكتل',
    again: 'إعادة التحقق',
    stop: 'إيقاف',
    running: (done, all) => `فُحص ${number(done)} من ${number(all)} من السطور …`,
    asOf: (block, time, label) => `قُرئ عند الكتلة ${number(block)}، ${time}، من ${label}.`,
    complete: (count) =>
      count === 0
        ? 'صحيح: لا تعدّ سلسلة الكتل أي دفعة لهذا الحساب، ولم تُذكر أي دفعة.'
        : `السجل كامل وصحيح: كل ما تعدّه سلسلة الكتل مذكور (${batches(count)})، بالجذر والحجم والوقت والحال كما هي عندها.`,
    part: (shown, count) =>
      `كل السطور المعروضة، وعددها ${number(shown)}، كما هي على سلسلة الكتل. وهي تعدّ ${number(count)}: اعرض الأقدم لتتحقق منها أيضًا.`,
    rest: (count) => `الباقي كما هو على سلسلة الكتل: ${lines(count)}.`,
    withheld: (missing) =>
      `لها رقم على سلسلة الكتل ولا دفعة هنا: ${lines(missing)}. جذرها في سجل أحداث العقد؛ والتدقيق يجده.`,
    wrong: (wrong) =>
      `يخالف سلسلة الكتل، كما عُلّم: ${lines(wrong)}. قد لا يكون ما تغيّر في الدقيقة الأخيرة مذكورًا بعد: أعد تحميل الصفحة وتحقق ثانية.`,
    unlisted: (count) =>
      `تعدّ سلسلة الكتل دفعات أحدث مما يذكره السجل: ${batches(count)}. أعد تحميل الصفحة وتحقق ثانية.`,
    failed: 'تعذّر التحقق. لا يعيب هذا السجل في شيء. ',
    untrusted: 'يسمّي السجل عقدًا لا يثق به ملف الثقة لهذه الصفحة.',
    same: 'كما هو على سلسلة الكتل',
    counted: 'تعدّه سلسلة الكتل',
    missing: 'لا تثبيت كهذا على سلسلة الكتل',
    differs: (what) => `تقول سلسلة الكتل: ${what}`,
    sequence: (sequence) => `الرقم ${number(sequence)}`,
    anchoredAt: (time) => `ثُبّتت في ${time}`,
    notWithdrawn: 'لم تُسحب',
    audit: 'بأدواتك أنت، مع الأوراق والأشجار:',
  },
  footer: {
    how: 'تلتزم جهة الإصدار بشهاداتها في سجل على سلسلة كتل عامة، ويرقّم السجل ما يثبّته كل حساب. تعرض هذه الصفحة ذلك، ولا تحوي أي شهادة.',
    json: 'هذا السجل بصيغة JSON',
    public: 'لا ملفات تعريف ارتباط، ولا متعقّبات.',
  },
}
