import type { Admin } from '../en/admin.ts'
import { countingIn } from '../plural.ts'

const { number } = countingIn('ar')

/** نصوص عربية للوحة المدير. */
export const messages: Admin = {
  title: 'الإدارة',
  api: 'وصف الواجهة البرمجية',
  health: {
    title: 'حال الخدمة',
    good: 'قاعدة البيانات والسلسلة تجيبان، والسلسلة مُراقَبة.',
    chain: (chainId, registry) => `السلسلة ${chainId}، السجل ${registry}`,
    managed: 'لها مفتاح مشغّل.',
    unmanaged: 'ليس لها مفتاح مشغّل: يثبّت المُصدِرون بمفاتيحهم.',
  },
  jobs: {
    title: 'العمل في الخلفية',
    none: 'لا شيء ينتظر، ولا شيء تُرك.',
    state: 'الأعمال التي',
    again: 'حاول من جديد',
    retried: 'تُعاد المحاولة.',
    attempts: (count) => `عدد المحاولات: ${number(count)}`,
    empty: 'لا يوجد شيء منها.',
    count: (kind, count) => `${kind}: ${number(count)}`,
    kinds: {
      build: 'بناء دفعة',
      subtree: 'بناء جزء من دفعة',
      anchor: 'تثبيت دفعة',
      status: 'إيصال الأحوال إلى السلسلة',
    },
    states: {
      waiting: 'تنتظر',
      retrying: 'تُعاد محاولتها لاحقًا',
      active: 'جارية',
      dead: 'تُركت',
    },
  },
  issuers: {
    title: 'المُصدِرون',
    none: 'لا مُصدِرين بعد.',
    more: 'عرض المزيد',
    batches: 'الدفعات',
    credentials: 'الشهادات',
    anchored: 'المثبّت منها',
    account: 'الحساب',
    since: (time) => `منذ ${time}`,
    keys: 'مفاتيح الواجهة البرمجية',
    keysNote:
      'لا تصنع جلسةٌ مفاتيح ولا تحذفها، حتى لا يحصل ملف ارتباط مسروق على مفتاح. بمفتاح للمُصدِر في KEY:',
    made: (time) => `صُنع ${time}`,
  },
  create: {
    title: 'تسجيل مُصدِر',
    slug: 'اسم قصير للعناوين (أحرف صغيرة وأرقام وشرطات)',
    name: 'اسم المؤسسة',
    url: 'صفحتها الرئيسة',
    email: 'البريد الإلكتروني (اختياري)',
    description: 'من هي (اختياري)',
    account: 'الحساب الذي يثبّت دفعاتها (0x…)',
    did: 'كيف تُسمّى في الشهادات',
    dids: {
      default: 'did:web حيث للخدمة عنوان https، وإلا فحسابها',
      web: 'did:web، يُقدَّم هنا',
      key: 'did:key، مفتاح خاص بها',
      pkh: 'did:pkh، حسابها هي',
    },
    button: 'سجّل',
    done: (name) => `سُجّل ${name}. هذا مفتاحه، ولا يُقال إلا هذه المرة: سلّمه بأمان.`,
    copy: 'نسخ المفتاح',
  },
}
