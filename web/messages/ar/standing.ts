import type { Standing } from '../en/standing.ts'
import { countingIn } from '../plural.ts'

const { number, counted } = countingIn('ar')
const credentials = (count: number) =>
  counted(count, {
    zero: 'لا شهادات',
    one: 'شهادة واحدة',
    two: 'شهادتان',
    few: '# شهادات',
    many: '# شهادة',
    other: '# شهادة',
  })

/** نصوص عربية للوحة المُصدِر عن تغيير حال الشهادات. */
export const messages: Standing = {
  title: 'تغيير حال الشهادات',
  which: 'أي الشهادات',
  chosen: (count) => `ما اختير في الجدول: ${credentials(count)}`,
  listed: 'ما في قائمة',
  all: (count) => `الدفعة كلها: ${credentials(count)}`,
  list: {
    label: 'القائمة: CSV أو NDJSON أو نص',
    note: 'شهادة في كل سطر، بواحد من id وstatusIndex وemail وdid وname كما كانت في قائمة المتعلمين؛ ويكفي جزء منها. لا يتغير شيء قبل أن تأذن.',
    reading: (done, total) => `يجري البحث: ${number(done)} من ${number(total)} …`,
    good: (count) => `في القائمة: ${credentials(count)}؛ كل سطر سليم.`,
    bad: (count) =>
      `ما يجب تصحيحه: ${number(count)}. لا يتغير شيء ما دام في القائمة خطأ؛ صحّح الملف واختره من جديد.`,
    format: 'يجب أن ينتهي اسم الملف بـ ‎.csv أو ‎.ndjson أو ‎.jsonl أو ‎.txt.',
  },
  withdraw: 'سحب الدفعة …',
  withdrawAsk: (count) =>
    `هل تُسحب الدفعة كلها؟ هذا نهائي: لا يبقى منها شيء صالحًا (${credentials(count)}).`,
  withdrawNote: 'هذه معاملة واحدة مهما كبرت الدفعة، ولا يرسلها إلا مفتاح المُصدِر نفسه.',
  own: {
    missing:
      'ليس لهذه الخدمة مفتاح مشغّل: يُجرى التغيير بمفتاح المُصدِر نفسه. شغّل هذا في نسخة من Rootmark:',
    refused:
      'لا يحق لهذه الخدمة ذلك عن حسابك: يُجرى التغيير بمفتاح المُصدِر نفسه. شغّل هذا في نسخة من Rootmark:',
    or: 'أو بمفتاح المُصدِر نفسه',
    note: 'يعرض الأمر الغاز والرسم ويسأل قبل أن يرسل. وتنتبه هذه الصفحة من تلقائها حين تُظهره السلسلة.',
    file: (name) => `تنزيل ${name}`,
    waiting: (done, total) => `في انتظار السلسلة: تُظهر ${number(done)} من ${number(total)}.`,
    waitingBatch: 'في انتظار السلسلة: لم تُظهره بعد.',
    arrived: 'السلسلة تُظهره.',
    close: 'إغلاق',
  },
  recording: (done, total) => `يُسجَّل: ${number(done)} من ${number(total)} …`,
  broken: 'انقطع الأمر. ما سُجّل باقٍ؛ واصل من حيث توقف.',
  goOn: 'مواصلة',
  network: {
    public: (variable) =>
      `يحتاج إلى ${variable}_RPC_URL و${variable}_PRIVATE_KEY من البيئة أو من npx hardhat keystore set.`,
    local: 'إن لم تكن السلسلة عند http://127.0.0.1:8545 فاذكر مكانها في LOCALHOST_RPC_URL.',
    custom: (chainId) =>
      `ليس للأوامر اسم للسلسلة ${chainId}: ضع في CUSTOM_RPC_URL منفذًا لها، وCUSTOM_PRIVATE_KEY.`,
  },
}
