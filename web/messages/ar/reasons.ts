import type { Reasons } from '../en/reasons.ts'

const askForOriginal = 'لا تعتمد عليها. اطلب من صاحبها الملف كما سلّمته جهة الإصدار تمامًا.'
const nothingAgainst = 'لا يعيب هذا الشهادة في شيء.'
const maybeRevoked = `${nothingAgainst} قد تكون ملغاة: اسأل جهة الإصدار قبل أن تعتمد عليها.`
const maybeRevokedAgain = `${nothingAgainst} قد تكون ملغاة: أعد المحاولة قبل أن تعتمد عليها.`
const tryLater = `${nothingAgainst} أعد المحاولة لاحقًا.`
const otherVerifier = `${nothingAgainst} قد يعرف ذلك مدقّق آخر.`
const impersonated = 'لا تعتمد عليها. قد يكون أحد يستعمل اسم جهة الإصدار؛ أخبرها إن استطعت.'
const askAboutKey = 'لا تعتمد عليها. اسأل جهة الإصدار هل وقّعتها، وبأي مفتاح.'
const notAccredited = 'لا تعتمد عليها بوصفها شهادة معتمدة.'

const malformed = {
  headline: 'ليست شهادة سليمة البنية',
  next: 'قد يكون الملف تالفًا أو مصنوعًا باليد. اطلب من صاحبها الملف الذي سلّمته جهة الإصدار.',
}
const brokenProof = { headline: 'دليلها تالف', next: askForOriginal }
const brokenSignature = { headline: 'توقيعها تالف', next: askForOriginal }
const brokenKey = {
  headline: 'المفتاح الذي وقّعها لا يصلح للاستعمال',
  next: 'لا تعتمد عليها. اطلب من جهة الإصدار أن تراجع المفاتيح التي تنشرها.',
}
const ambiguousMeaning = {
  headline: 'ما تقوله غير واضح للحواسيب',
  next: 'لا تعتمد عليها: قد تقرأ البرامج فيها أشياء مختلفة. اطلب من صاحبها الملف كما سلّمته جهة الإصدار تمامًا.',
}
const unreliableList = { headline: 'قائمة حالاتها لا يُعتمد عليها', next: maybeRevoked }
const notJson = {
  headline: 'هذا ليس JSON مقروءًا',
  next: 'قد يكون جزء من النص ناقصًا. انسخه أو نزّله كله، من أول { إلى آخر }، ثم أعد المحاولة.',
}
const damagedImage = {
  headline: 'هذه الصورة تالفة',
  next: 'نزّلها من جديد من حيث تقدّمها جهة الإصدار، أو اطلب من صاحبها ملف JSON.',
}
const outOfBounds = {
  headline: 'لا شهادة تبدو هكذا',
  next: 'الشهادات صغيرة الحجم. تأكد أن هذا هو الملف الصحيح.',
}

/** What the verdict's reason means to a person, and what to do, in Arabic. */
export const reasons: Reasons = {
  valid: {
    headline: 'أصلية ولم تُغيَّر وسارية',
    next: 'يمكنك الاعتماد على ما تقوله. تأكد أن من يعرضها هو صاحبها المذكور فيها.',
  },
  valid_of_unvouched_issuer: {
    headline: 'أصلية ولم تُغيَّر وسارية',
    next: 'قالت جهة إصدارها ذلك فعلًا، لكن لا أحد يشهد من تكون هذه الجهة. تأكد أن المعرّف تحت «جهة الإصدار» يعود إلى المؤسسة المذكورة، وأن من يعرضها هو صاحبها.',
  },
  valid_on_test_network: {
    headline: 'أصلية ولم تُغيَّر وسارية',
    next: 'تجتاز كل الفحوص، ولكن على سبيل التجربة فقط. قبل أن تعتمد عليها، اطلب الشهادة المثبّتة على شبكة حقيقية.',
  },
  revoked: {
    headline: 'ألغتها جهة الإصدار',
    next: 'لا تعتمد عليها. الإلغاء نهائي؛ اسأل صاحبها هل حلّت محلها شهادة مصحَّحة.',
  },
  superseded: {
    headline: 'حلّت محلها شهادة مصحَّحة',
    next: 'لا تعتمد على هذه: ألغتها جهة الإصدار حين أصدرت الشهادة المصحَّحة. اطلبها من صاحبها، أو افتحها حيث يذكرها التحقق.',
  },
  suspended: {
    headline: 'أوقفتها جهة الإصدار',
    next: 'لا تعتمد عليها الآن. قد يُرفع الإيقاف: تحقق لاحقًا، أو اسأل جهة الإصدار.',
  },
  withdrawn: {
    headline: 'سُحبت دفعتها كلها',
    next: 'لا تعتمد عليها. اطلب من صاحبها أو من جهة الإصدار الشهادة التي تحل محلها.',
  },
  expired: {
    headline: 'انتهت مدتها',
    next: 'إن احتجت إلى إثبات لليوم، فاطلب من صاحبها شهادة مجدَّدة.',
  },
  not_yet_valid: {
    headline: 'لم تبدأ مدتها بعد',
    next: 'أعد التحقق منها حين تبدأ.',
  },
  tampered: {
    headline: 'المحتوى ليس ما أُصدر',
    next: `${askForOriginal} وإن كان هو ذلك الملف، فقد لا تكون دفعته ثُبّتت بعد: اسأل جهة الإصدار.`,
  },
  proof_mismatch: { headline: 'دليلها يخص شهادة أخرى', next: askForOriginal },
  proof_missing: {
    headline: 'لا تحمل أي دليل',
    next: 'لا تعتمد عليها: كان بوسع أي أحد أن يكتبها. اطلب من صاحبها الملف الذي سلّمته جهة الإصدار.',
  },
  anchor_missing: { headline: 'حُذف دليل تثبيتها', next: askForOriginal },
  anchor_unknown: {
    headline: 'حساب جهة إصدارها لم يثبّت شيئًا',
    next: 'لا تعتمد عليها. إن كانت قد أُصدرت للتو، فاسأل جهة الإصدار هل ثُبّتت دفعتها.',
  },
  status_index_out_of_range: {
    headline: 'ليست من الدفعة التي تدّعيها',
    next: askForOriginal,
  },
  registry_untrusted: {
    headline: 'مثبّتة في عقد لا يثق به أحد هنا',
    next: 'لا تعتمد عليها. يمكن لأي عقد أن يدّعي أي شيء؛ اسأل جهة الإصدار أي سجل تستعمل.',
  },
  test_network_refused: {
    headline: 'مثبّتة على شبكة تجريبية فقط',
    next: 'لا تعتمد عليها: هي للتجربة. اطلب من صاحبها الشهادة الحقيقية.',
  },
  issuer_account_mismatch: {
    headline: 'لم تثبّتها جهة الإصدار التي تذكرها',
    next: impersonated,
  },
  did_document_mismatch: {
    headline: 'وثيقة هوية جهة الإصدار غير هذه',
    next: 'لا تعتمد عليها. اطلب من جهة الإصدار أن تراجع وثيقة DID الخاصة بها.',
  },
  issuer_unknown: {
    headline: 'لا أحد موثوقًا هنا يشهد لجهة الإصدار',
    next: 'لا تعتمد على اسم جهة الإصدار. اعرف بوسيلة أخرى من صنع هذه الشهادة.',
  },
  accreditation_not_begun: {
    headline: 'لم تكن جهة الإصدار معتمدة بعد',
    next: `${notAccredited} اسأل جهة الإصدار هل أعادت إصدارها منذ ذلك الحين.`,
  },
  accreditation_ended: {
    headline: 'لم تعد جهة الإصدار معتمدة آنذاك',
    next: `${notAccredited} اسأل جهة الإصدار عن اعتمادها.`,
  },
  accreditation_withdrawn: {
    headline: 'كان اعتماد جهة الإصدار قد سُحب',
    next: `${notAccredited} اسأل جهة الاعتماد عن السبب.`,
  },
  accreditor_not_in_force: {
    headline: 'لم يكن لمن اعتمد جهة إصدارها حق الاعتماد',
    next: `${notAccredited} اسأل جهة الإصدار من يشهد لها اليوم.`,
  },
  accreditation_scope_mismatch: {
    headline: 'لم تكن جهة الإصدار معتمدة لهذا',
    next: `${notAccredited} جهة الإصدار معروفة، لكن ليس لها أن تمنح هذا. اسألها أو اسأل من اعتمدها.`,
  },
  signature_invalid: { headline: 'المحتوى ليس ما وُقِّع', next: askForOriginal },
  issuer_key_mismatch: {
    headline: 'لم توقّعها جهة الإصدار التي تذكرها',
    next: impersonated,
  },
  jwt_claims_mismatch: {
    headline: 'تناقض نفسها',
    next: 'لا تعتمد عليها: ما تقوله في موضعين ليس واحدًا. اطلب من صاحبها الملف كما سلّمته جهة الإصدار تمامًا.',
  },
  jwt_algorithm_refused: {
    headline: 'موقّعة بطريقة لا تثبت شيئًا',
    next: 'لا تعتمد عليها: كان بوسع أي أحد أن يكتبها. اطلب من صاحبها الملف كما سلّمته جهة الإصدار تمامًا.',
  },
  issuer_account_unbound: {
    headline: 'لا تعرف جهة إصدارها الحساب الذي ثبّتها',
    next: 'لا تعتمد عليها: ربما أُلغيت ثم ثبّتها غيرها من جديد. اسأل جهة الإصدار.',
  },
  previous_proof_missing: {
    headline: 'حُذف توقيع يقوم عليه توقيع آخر',
    next: askForOriginal,
  },
  proof_expired: {
    headline: 'انتهت صلاحية توقيعها',
    next: 'إن احتجت إلى إثبات لليوم، فاطلب من صاحبها شهادة بتوقيع جديد.',
  },
  challenge_mismatch: {
    headline: 'عُرضت على غيرك',
    next: 'لا تعتمد عليها. اطلب من صاحبها أن يعرضها عليك من جديد.',
  },
  domain_mismatch: {
    headline: 'عُرضت في مكان آخر',
    next: 'لا تعتمد عليها. اطلب من صاحبها أن يعرضها عليك من جديد.',
  },
  key_expired: {
    headline: 'وُقّعت بمفتاح انتهت صلاحيته',
    next: 'لا تعتمد عليها. اطلب من جهة الإصدار أن توقّعها من جديد.',
  },
  key_revoked: {
    headline: 'أُلغي المفتاح الذي وقّعها',
    next: 'لا تعتمد عليها: ربما وقع المفتاح في يد غيرهم. اطلب من جهة الإصدار أن توقّعها من جديد.',
  },
  method_missing: {
    headline: 'لا تدرج جهة الإصدار المفتاح الذي وقّعها',
    next: askAboutKey,
  },
  method_purpose: {
    headline: 'المفتاح الذي وقّعها ليس مخصصًا للشهادات',
    next: askAboutKey,
  },
  presentation_given: {
    headline: 'هذا عرض فيه عدة شهادات',
    next: 'افتحه في صفحة العروض: تتحقق منها كلها وتقول من يسلّمها.',
  },
  not_a_credential: {
    headline: 'هذه ليست شهادة',
    next: 'هذا JSON، لكن من نوع آخر. اطلب من صاحبها الشهادة في ملف JSON.',
  },
  chain_unreachable: {
    headline: 'لم تجب نقطة الوصول إلى سلسلة الكتل',
    next: `${nothingAgainst} أعد المحاولة بعد لحظة، أو سمِّ نقطة وصول أخرى أدناه.`,
  },
  chain_unknown: {
    headline: 'لا تُعرف نقطة وصول إلى سلسلتها',
    next: `${nothingAgainst} سمِّ نقطة وصول أدناه، فيجري التحقق منها فورًا.`,
  },
  chain_untrusted: {
    headline: 'لا تعرف هذه الصفحة سلسلتها',
    next: `${nothingAgainst} قد يعرفها مدقّق آخر؛ ويمكن لمن يدير هذه الصفحة أن يضيفها إلى ملف الثقة.`,
  },
  chain_mismatch: {
    headline: 'نقطة الوصول تخص سلسلة أخرى',
    next: `${nothingAgainst} سمِّ أدناه نقطة وصول إلى السلسلة الصحيحة.`,
  },
  chain_stale: {
    headline: 'نقطة الوصول إلى سلسلة الكتل متأخرة',
    next: `${nothingAgainst} سمِّ نقطة وصول أخرى أدناه، أو تحقق لاحقًا.`,
  },
  chain_answer_malformed: {
    headline: 'أجابت نقطة الوصول بما لا يُستعمل',
    next: `${nothingAgainst} سمِّ نقطة وصول أخرى أدناه.`,
  },
  carried_malformed: {
    headline: 'لم يُقرأ الرمز كاملًا',
    next: `${nothingAgainst} امسحه من جديد في ضوء جيد وهو مستوٍ، أو انسخ الرابط كله؛ وإلا فاطلب الملف من صاحبها.`,
  },
  block_header_malformed: {
    headline: 'لا تعطي نقطة الوصول أي كتلة',
    next: `${nothingAgainst} جرّب نقطة وصول أخرى.`,
  },
  block_header_unknown: {
    headline: 'في السلسلة كتل من نوع جديد',
    next: `${nothingAgainst} لا يمكن إثباتها بهذا الإصدار: استعمل إصدارًا أحدث، أو تحقق بلا إثباتات.`,
  },
  endpoints_disagree: {
    headline: 'نقاط الوصول إلى السلسلة غير متفقة',
    next: `${nothingAgainst} أعد المحاولة بعد لحظة؛ فإن ظلت مختلفة فأخبر من يدير هذا التحقق.`,
  },
  registry_missing: {
    headline: 'لا تعرف نقطة الوصول سجلًا هناك',
    next: `${nothingAgainst} سمِّ نقطة أخرى أدناه؛ فقد تكون هذه متأخرة أو تخدم شبكة أخرى.`,
  },
  accreditations_too_many: {
    headline: 'الاعتمادات أكثر من أن تُراجع',
    next: `${nothingAgainst} أخبر من يدير هذه الصفحة بأي جهة اعتماد ينبغي أن تثق مباشرة.`,
  },
  accreditation_scope_unstated: {
    headline: 'تعذّرت معرفة هل كانت جهة إصدارها معتمدة لهذا',
    next: `${nothingAgainst} تُغفل ما يحدّ اعتماد جهة إصدارها: اسألها عن المستوى والمجال قبل أن تعتمد عليها.`,
  },
  signature_unsupported: {
    headline: 'تحمل دليلًا لا يمكن فحصه هنا',
    next: otherVerifier,
  },
  proofs_too_many: {
    headline: 'تحمل تواقيع أكثر مما يُفحص هنا',
    next: 'تحمل الشهادات توقيعًا أو اثنين. اطلب من صاحبها الملف الذي سلّمته جهة الإصدار.',
  },
  proof_member_unknown: {
    headline: 'يقول توقيعها ما لا يُفهم هنا',
    next: otherVerifier,
  },
  context_unknown: {
    headline: 'تستعمل مفردات غير معروفة هنا',
    next: `${nothingAgainst} قد يعرفها مدقّق آخر؛ أما هنا فلا تُستجلب مفردات، كي لا يغيّر أحد معنى كلمة.`,
  },
  json_ld_too_complex: {
    headline: 'أعقد من أن تُفحص هنا',
    next: 'الشهادات بسيطة. اطلب من صاحبها الملف الذي سلّمته جهة الإصدار.',
  },
  crypto_unavailable: {
    headline: 'لا يمكن فحص التواقيع في هذه الصفحة',
    next: `${nothingAgainst} افتح الصفحة بعنوان يبدأ بـ https:// وأعد التحقق.`,
  },
  jwt_key_unnamed: {
    headline: 'لا تقول بأي مفتاح وُقّعت',
    next: `${nothingAgainst} قد تعرف جهة إصدارها مدقّقًا لديه المفتاح: اسألها قبل أن تعتمد عليها.`,
  },
  issuer_key_self_asserted: {
    headline: 'تعذّرت معرفة هل وقّعتها جهة إصدارها',
    next: 'لم تتغير منذ توقيعها، لكن أي أحد يستطيع أن يوقّع هكذا باسم أي أحد. اسأل جهة الإصدار هل هي منها قبل أن تعتمد عليها.',
  },
  issuer_key_elsewhere: {
    headline: 'تعذّرت معرفة هل وقّعتها جهة إصدارها',
    next: 'لم تتغير منذ توقيعها، لكن مفتاحها في موضع قد يكون غير جهة الإصدار وضعه فيه. اسأل جهة الإصدار هل هي منها قبل أن تعتمد عليها.',
  },
  key_unreachable: { headline: 'تعذّر الاطلاع على مفتاح جهة إصدارها', next: tryLater },
  key_format_unknown: {
    headline: 'موقّعة بنوع مفاتيح غير معروف هنا',
    next: otherVerifier,
  },
  did_method_unsupported: {
    headline: 'لا يمكن الاطلاع هنا على مفتاح جهة إصدارها',
    next: otherVerifier,
  },
  issuer_unresolvable: {
    headline: 'تعذّرت معرفة من هي جهة الإصدار',
    next: `${nothingAgainst} اسأل جهة الإصدار بأي حساب تثبّت.`,
  },
  did_document_unreachable: {
    headline: 'تعذّر الاطلاع على هوية جهة الإصدار',
    next: tryLater,
  },
  status_unsupported: { headline: 'لا يمكن قراءة حالتها هنا', next: maybeRevoked },
  statuses_too_many: {
    headline: 'تذكر قوائم حالات أكثر مما يُسأل',
    next: maybeRevoked,
  },
  status_unreachable: { headline: 'تعذّرت قراءة قائمة حالاتها', next: maybeRevokedAgain },
  status_list_not_in_force: {
    headline: 'قائمة حالاتها قديمة',
    next: `${nothingAgainst} على جهة الإصدار أن تجدد القائمة: أعد المحاولة لاحقًا، أو اسألها.`,
  },
  status_list_unverified: {
    headline: 'تعذّرت معرفة هل قائمة حالاتها أصلية',
    next: maybeRevokedAgain,
  },
  status_issuer_mismatch: {
    headline: 'قائمة حالاتها عند غير جهة الإصدار',
    next: `${nothingAgainst} لا تُصدَّق هنا إلا قائمة جهة الإصدار نفسها: اسألها.`,
  },
  status_unreadable: { headline: 'تعذّرت قراءة حالتها', next: maybeRevokedAgain },
  nothing_proved: {
    headline: 'لا شيء تُقارن به',
    next: 'لا تعتمد عليها وحدها. اطلب من صاحبها الملف الذي سلّمته جهة الإصدار.',
  },
  jwt_malformed: {
    headline: 'هذا ليس JSON Web Token مقروءًا',
    next: 'قد يكون جزء من النص ناقصًا. انسخه أو نزّله كله، بالنقطتين الفاصلتين، ثم أعد المحاولة.',
  },
  utf8_invalid: {
    headline: 'هذا ليس ملفًا نصيًا',
    next: 'الشهادة ملف JSON، أو شارة بصيغة PNG أو SVG أو PDF. فإن كان لديك غير ذلك فاطلب من صاحبها ملف JSON.',
  },
  duplicate_name: { headline: 'يقول هذا الـ JSON شيئين معًا', next: askForOriginal },
  lone_surrogate: { headline: 'في هذا الـ JSON محارف مكسورة', next: askForOriginal },
  number_unsafe: { headline: 'في هذا الـ JSON عدد خارج الحدود', next: askForOriginal },
  pdf_malformed: {
    headline: 'لا يمكن قراءة ملف PDF هذا',
    next: 'نزّله من جديد من حيث تقدّمه جهة الإصدار، أو اطلب من صاحبها ملف JSON.',
  },
  pdf_encrypted: {
    headline: 'ملف PDF هذا محمي بكلمة مرور',
    next: 'لا يمكن قراءة ما أُرفق به. اطلب من صاحبها ملف PDF كما سلّمته جهة إصداره، أو ملف JSON.',
  },
  xml_unsafe: {
    headline: 'صُنعت هذه الصورة بطريقة غير آمنة',
    next: 'لا تفتحها في مكان آخر. اطلب من صاحبها الشارة كما سلّمتها جهة إصدارها، أو ملف JSON.',
  },
  badge_empty: {
    headline: 'لا شهادة في هذا الملف',
    next: 'المظهر وحده لا يثبت شيئًا. اطلب من صاحبها الشارة كما سلّمتها جهة إصدارها، أو ملف JSON.',
  },
  badge_ambiguous: {
    headline: 'في هذا الملف عدة شهادات',
    next: 'لا تعتمد عليها: قد يقرأ مدقّقون آخرون غيرها. اطلب من صاحبها الشارة كما سلّمتها جهة إصدارها.',
  },
  open_badges_2: {
    headline: 'هذه شارة من Open Badges 2',
    next: `${nothingAgainst} هي من نوع أقدم لا تفحصه هذه الصفحة: اسأل جهة إصدارها، أو اطلب شارة من Open Badges 3.0.`,
  },
  envelope_unsupported: {
    headline: 'موقّعة بطريقة لا تفحصها هذه الصفحة',
    next: `${nothingAgainst} غلافها ليس JSON Web Token: تحقق منها بالمدقّق الذي تسمّيه جهة إصدارها.`,
  },
  too_large: {
    headline: 'هذا أكبر من أن يكون شهادة',
    next: 'الشهادات صغيرة الحجم. تأكد أن هذا هو الملف الصحيح.',
  },
  empty: {
    headline: 'هذا فارغ',
    next: 'اختر ملفًا، أو أفلته هنا، أو ألصق الشهادة أو رابطها.',
  },
  link_refused: {
    headline: 'لا يُتبع هذا الرابط',
    next: 'نزّل الشهادة وأفلت الملف هنا.',
  },
  page_failed: {
    headline: 'أخفقت هذه الصفحة',
    next: `${nothingAgainst} أعد تحميل الصفحة وحاول من جديد؛ فإن أخفقت ثانية فأخبر من يديرها.`,
  },
  link_unreachable: {
    headline: 'لا يقود الرابط إلى شهادة',
    next: 'افتح الرابط بنفسك، واحفظ الشهادة في ملف، ثم أفلته هنا.',
  },
  malformed,
  brokenProof,
  brokenSignature,
  brokenKey,
  ambiguousMeaning,
  unreliableList,
  notJson,
  damagedImage,
  outOfBounds,
}
