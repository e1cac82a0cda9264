import type { Many } from '../en/many.ts'
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

/** Arabic texts of the table of many credentials. */
export const messages: Many = {
  title: 'شهادات كثيرة',
  checking: (count) => `جرى التحقق حتى الآن: ${credentials(count)} …`,
  done: (count) => `انتهى التحقق: ${credentials(count)}.`,
  full: (count) =>
    `جرى التحقق من أول ${number(count)} فقط، وهو أقصى ما يُفحص معًا. تحقق من الباقي على حدة.`,
  failed: 'انقطع التحقق. أعد تحميل الصفحة وحاول من جديد.',
  stop: 'إيقاف',
  stopped: 'توقف التحقق: ما فُحص حتى ذلك الحين معروض أدناه.',
  save: 'حفظ بصيغة CSV',
  show: 'عرض',
  all: 'الكل',
  search: 'البحث في الجدول',
  columns: {
    result: 'النتيجة',
    reason: 'السبب',
    achievement: 'الإنجاز',
    holder: 'صاحبها',
    issuer: 'جهة الإصدار',
    name: 'الملف',
  },
  until: 'صالحة حتى',
  confirmed: 'أكّدت جهة اعتماد اسم جهة الإصدار',
  id: 'معرّف الشهادة',
  code: 'رمز السبب',
  yes: 'نعم',
  no: 'لا',
  open: (name) => `عرض تقرير ${name}`,
  shown: (from, to, all) => `${number(from)} إلى ${number(to)} من ${number(all)}`,
  pages: 'صفحات الجدول',
  previous: 'السابق',
  next: 'التالي',
  none: 'لا شيء يطابق. اختر «الكل» أو ابحث عن شيء آخر.',
  archive: {
    zip_malformed: 'لا يمكن قراءة هذا الأرشيف',
    zip_encrypted: 'الملف مقفل بكلمة مرور',
    zip_damaged: 'الملف تالف داخل الأرشيف',
    zip_ambiguous: 'يعرض الأرشيف ملفات أخرى لبرامج أخرى',
    zip_unsupported: 'الملف مضغوط بطريقة غير معتادة',
  },
}
