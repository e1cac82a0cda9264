import type { Presentation } from '../en/presentation.ts'
import { countingIn } from '../plural.ts'

const { counted } = countingIn('ar')
const credentials = (count: number) =>
  counted(count, {
    zero: '# شهادة',
    one: 'شهادة واحدة (#)',
    two: 'شهادتان (#)',
    few: '# شهادات',
    many: '# شهادة',
    other: '# شهادة',
  })

/** النصوص العربية للصفحة التي تتحقق مما يقدمه أحد. */
export const messages: Presentation = {
  documentTitle: 'شهادات مقدَّمة · Rootmark',
  title: 'ما يقدمه أحدهم',
  lead: 'كل شهادات العرض، يُتحقق منها في هذا المتصفح: هل كل منها أصلية، ولمن هي، وماذا تُظهر مجتمعة.',
  ask: 'طلب شهادات',
  single: 'تحقق من شهادة واحدة',
  intake: {
    title: 'افتح عرضًا',
    file: 'اختر ملفه (JSON أو PDF)',
    paste: 'أو الصق رابطه أو JSON',
    open: 'تحقق منه',
    another: 'افتح عرضًا آخر',
    unreadable: 'لا يمكن قراءة هذا بوصفه عرضًا:',
  },
  progress: (count, all) => `تُحقق من ${count} من ${credentials(all)} …`,
  spoken: (headline) => `انتهى التحقق: ${headline}.`,
  whole: {
    title: 'العرض كله',
    about: credentials,
    valid: {
      headline: () => 'كله أصلي وسارٍ، وقد وقّعه صاحبه',
      next: 'تأكد أن الشخص الذي أمامك هو من كتب إليك: التوقيع يُظهر مفتاحًا ولا يُظهر وجهًا.',
    },
    knownPerson: {
      headline: () => 'كله أصلي وسارٍ وللشخص الذي تعرف عنوانه',
      next: 'لم يوقّعه أحد: من حصل عليه يستطيع تمريره. اسأل العنوان نفسه هل أرسله.',
    },
    unbound: {
      headline: () => 'شهاداته أصلية، ولم يوقّع أحد على تسليمها',
      next: 'اكتب أدناه البريد الإلكتروني الذي تعرف به الشخص. أو اطلب برابط، فيُوقَّع.',
    },
    unsigned: {
      headline: () => 'طلبت توقيعًا، وليس فيه توقيع',
      next: 'اطلب من المتقدم أن يجيب عن رابطك بالمحفظة، فهي توقّع.',
    },
    replayed: {
      headline: () => 'إنه جواب عن سؤال غير سؤالك',
      next: 'وُقّع لغيرك أو في وقت آخر ثم مُرّر. اطلب من المتقدم أن يجيب عن رابطك.',
    },
    otherAudience: {
      headline: () => 'صُنع لشخص آخر',
      next: 'لم يقصدك به صاحبه. اطلب من المتقدم أن يجيب عن رابطك.',
    },
    ended: {
      headline: () => 'انتهت المدة التي حددها صاحبه',
      next: 'كان يُعتمد عليه حتى ذلك الوقت. اطلب عرضًا جديدًا.',
    },
    altered: {
      headline: () => 'غُيّر بعد توقيعه، أو وقّعه غير صاحبه',
      next: 'لا تعتمد عليه. اطلب الرابط أو الملف كما صنعته المحفظة.',
    },
    malformed: {
      headline: () => 'ليس مصنوعًا كما يجب أن يكون العرض',
      next: 'اطلب الرابط أو الملف كما صنعته المحفظة.',
    },
    signatureOpen: {
      headline: () => 'تعذّر التحقق من توقيعه',
      next: 'هذا لا يقول شيئًا ضده. حاول لاحقًا.',
    },
    someBad: {
      headline: (count, all) => `غير أصلية أو غير سارية: ${count} من ${credentials(all)}`,
      next: 'يُذكر أدناه أيها ولماذا. لا تُحتسب لشيء؛ والباقي يُحكم عليه بذاته.',
    },
    someOfOthers: {
      headline: (count, all) => `لشخص آخر: ${count} من ${credentials(all)}`,
      next: 'يُذكر أدناه أيها. لا تُحتسب. اسأل لماذا هي فيه.',
    },
    stackBad: {
      headline: (count) => `لا تنتج عن أجزائها: ${credentials(count)}`,
      next: 'ما جاء بوصفه أجزاءها يناقضها. لا تُحتسب هنا لشيء؛ اسأل من أصدرها.',
    },
    unconfirmed: {
      headline: () => 'أصلي، ولكن هل هو لك؟',
      next: 'من يتلقى جوابًا كهذا يستطيع تمريره. افتح سؤالك أنت، أو قل أدناه إنه سؤالك.',
    },
    someOpen: {
      headline: (count, all) => `تعذّر التحقق منها: ${count} من ${credentials(all)}`,
      next: 'هذا لا يقول شيئًا ضدها. حاول لاحقًا، أو سمِّ أدناه منفذًا آخر إلى السلسلة.',
    },
    someUnproved: {
      headline: (count, all) => `لا شيء يُظهر لمن هي: ${count} من ${credentials(all)}`,
      next: 'لا تذكر عنوان البريد إلا ببصمته. اكتب أدناه العنوان الذي تعرف به الشخص.',
    },
  },
  facts: {
    holder: 'وقّعه',
    unsigned: 'لم يوقّعه أحد',
    purpose: 'الغرض، بكلمات صاحبه',
    audience: 'موجّه إلى',
    anyone: 'كل من يصله',
    until: 'يُعتمد عليه حتى',
    noEnd: 'لم تُذكر نهاية',
    created: 'وُقّع في',
    question: 'جواب عن السؤال',
    sources: {
      asked: 'سألته أنت في هذا المتصفح.',
      opened: 'فتحته أنت هنا.',
      brought: 'جاء مع الجواب: اختاره من أجاب.',
    },
    over: (time) => `كانت الإجابات مطلوبة حتى ${time}.`,
  },
  confirm: {
    audience: (audience) => `يذكر ${audience} بوصفه الموجَّه إليه.`,
    question: 'السؤال الذي جاء معه معروض أدناه.',
    yes: 'هذا أنا، وهو سؤالي',
  },
  person: {
    label: 'البريد الإلكتروني الذي تعرف به الشخص',
    use: 'قارن',
    note: 'يُقارن ببصمات الشهادات ويبقى في هذا المتصفح.',
  },
  question: {
    title: 'المطلوب',
    none: 'افتح ما طلبته، لترى أي النقاط تحقّق.',
    open: 'افتح متطلبات أو سؤالًا (ملف)',
    paste: 'أو الصق رابطه',
    use: 'قارن به',
    unreadable: 'هذه ليست متطلبات:',
    outcome: {
      open: 'مفتوح: تعذّر التحقق من بعض الشهادات، أو لا شيء يُظهر لمن هي',
      met: 'متحقق: شهادات صاحبها المتحقَّق منها تلبي المتطلبات',
      unmet: 'غير متحقق',
      undecided: 'معرفة ذلك تستغرق أكثر مما يُنفق عليها',
    },
    clause: { open: 'مفتوح', met: 'متحقق', unmet: 'غير متحقق', spare: 'غير لازم' },
    all: 'كل ما يلي:',
    some: (count) => `${count} على الأقل مما يلي:`,
    void: 'العرض نفسه لا يصح، فلا يقول هذا شيئًا عن المتقدم.',
    missing: 'الناقص',
    credits: (credits) => `${credits} وحدة ECTS`,
    by: (name) => `يُحتسب عنه بقول ${name}`,
  },
  summary: {
    title: 'ما تُظهره مجتمعة',
    none: 'لا تُحتسب أي شهادة، فلا شيء يُجمع.',
    note: 'لا يُحتسب إلا ما تُحقق منه، ولا شيء مرتين. كل سطر يقود إلى الشهادات وراءه.',
    unbound: 'لا شيء يُظهر بعد أن هذا كله لشخص واحد.',
    skills: 'المهارات',
    noFramework: 'من غير إطار مسمى',
    unrecognised: 'كما تسميه الجهات المصدِرة',
    noSkills: 'لا تذكر أي شهادة مهارة.',
    levels: 'المستويات',
    level: (level) => `مستوى EQF ${level}`,
    credits: 'الوحدات',
    total: (credits) => `${credits} وحدة ECTS في المجموع`,
    counted: (credits) => `${credits} وحدة ECTS`,
    standsFor: 'تقوم مقام أجزائها',
    uncounted: {
      same_component: 'لم تُحتسب: تقول ما تقوله أخرى',
      part_of: 'لم تُحتسب: جزء من شهادة تُحتسب',
      parts_counted: 'لم تُحتسب: أجزاؤها محتسبة',
      shares_parts: 'لم تُحتسب: مصنوعة مما احتُسب',
    },
    unstated: 'لا تذكر وحدات',
    timeline: 'متى',
    earned: (time) => `مُنحت في ${time}`,
    ends: (time) => `تسري حتى ${time}`,
    gap: (from, until) => `لا شيء بين ${from} و${until}`,
    lapse: (from, until) => `كانت منتهية من ${from} إلى ${until}`,
    upTo: (level) => `حتى مستوى EQF ${level}`,
  },
  stacks: {
    title: 'الشهادات المركّبة وما صُنعت منه',
    pathway: (name) => `المسار: ${name}`,
    states: {
      verified: 'متحقَّق منه',
      ended: 'انتهى منذ ذلك',
      bound: 'لم يأتِ معه',
      differs: 'مستند آخر',
      invalid: 'غير أصلي',
      indeterminate: 'تعذّر التحقق منه',
    },
  },
  credentials: {
    title: 'الشهادات واحدة واحدة',
    unnamed: 'بلا اسم',
    holder: {
      same: 'لمن يقدمها',
      other: 'لشخص آخر',
      unproved: 'لا شيء يُظهر لمن هي',
    },
    open: (name) => `الأدلة: ${name}`,
    closed: 'تعذّر فتحها.',
  },
  actions: { print: 'اطبع', save: 'احفظ العرض', pdf: 'احفظ ملف PDF قابلًا للتحقق' },
  pdfFailed: 'تعذّر صنع ملف PDF هنا. احفظ العرض أو اطبع هذه الصفحة.',
}
