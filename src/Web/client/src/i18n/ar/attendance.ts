export const attendance = {
  mine: 'حضوري ونقاطي', all: 'الحضور والنقاط', back: 'العودة إلى البرنامج', nothing: 'لم تحضر شيئًا هنا بعد. يظهر هنا ما تشاهده وما تسجّل حضورك فيه.', nobody: 'لم يحضر أحد شيئًا بعد.', noPolicies: 'لم تضع الشبكة قواعد للنقاط بعد.',
  credits: 'النقاط', session: 'الجلسة', lectures: 'zero:لا جلسات||one:جلسة واحدة||two:جلستان||few:{count} جلسات||many:{count} جلسة||other:{count} جلسة', attended: '{minutes} من {held} دقيقة', live: '{minutes} د مباشرة', recorded: '{minutes} د من التسجيل', room: '{minutes} د في القاعة', running: 'ما زالت جارية', countedBy: 'تحتسبها {body}', why: 'السبب',
  certificate: 'احصل على الشهادة', certificateHint: 'لما استحق نقاطًا حتى الآن. إذا أضيف المزيد فاطلبها مجددًا، وتحل الجديدة محلها.', open: 'فتح بصيغة PDF', number: 'رقم {number}', issued: 'صدرت في {date}', countedElsewhere: 'احتُسب {credits} من يوم {day} في {title}، فالحد اليومي يسري على جميع المؤتمرات معًا.', nothingEarned: 'لم يستحق شيء نقاطًا بعد.',
  people: 'zero:لا أحد||one:شخص واحد||two:شخصان||few:{count} أشخاص||many:{count} شخصًا||other:{count} شخص', person: 'الشخص', sessions: 'الجلسات', minutes: 'الدقائق', export: 'تصدير جدول (CSV)', search: 'ابحث عن شخص', details: 'عرض جلسات {who}', list: 'الأشخاص', certificates: 'الشهادات', rules: 'قواعد النقاط', noCertificates: 'لم تصدر شهادات بعد.',
  revoke: 'إلغاء', revokeTitle: 'إلغاء شهادة {who}؟', revokeText: 'كل من يمسح رمزها يرى فورًا أنها لم تعد صالحة. لا يمكن التراجع عن ذلك.', reason: 'السبب', reasonHint: 'لصاحب الشهادة والمنسقين، ولا يظهر للعموم.', valid: 'صالحة', revoked: 'أُلغيت في {date}', replaced: 'استُبدلت في {date}',
  rulesText: 'قواعد كل جهة اعتماد، لجميع مؤتمرات الشبكة. تُحتسب النقاط من جديد فورًا، وتبقى الشهادات كما صدرت.', addRule: 'إضافة جهة', removeRule: 'إزالة {name}', save: 'حفظ', saved: 'تم الحفظ', stale: 'غيّر شخص آخر القواعد في هذه الأثناء. لم تُحفظ تعديلاتك.', reload: 'عرض تعديلاته',
  id: 'اسم مختصر', idHint: 'أحرف لاتينية صغيرة وأرقام وشرطات', nameIn: 'الاسم ({language})', unitIn: 'الوحدة ({language})', perHour: 'النقاط لكل ساعة', share: 'أقل جزء من المحاضرة (%)', minimum: 'أقل مدة (دقائق)', cap: 'الحد الأقصى لليوم في جميع المؤتمرات', noCap: 'بلا حد', kinds: 'ما يُحتسب', countsLive: 'المشاهدة المباشرة', countsRecorded: 'مشاهدة التسجيل', countsRoom: 'الحضور في القاعة', step: 'بمضاعفات', rounding: 'التقريب', down: 'إلى الأدنى', nearest: 'إلى الأقرب', version: 'الإصدار {version}',
  unitHint: 'كلمة واحدة، أو صيغة لكل نوع من الأعداد: {example}. الأنواع: zero وone وtwo وfew وmany وother (كل ما سواها).',
  unitWord: 'كلمة واحدة لكل الأعداد، مثل {example}',
}

export const creditReasons = {
  'not-over': 'لم تنتهِ بعد', cancelled: 'أُلغيت', 'not-attended': 'لم يكن هناك حضور أثناء انعقادها', 'kind-not-counted': 'طريقة الحضور هذه لا تُحتسب', 'below-share': 'الجزء الذي تم حضوره أصغر من المطلوب', 'below-minutes': 'مدة الحضور أقصر من المطلوب', 'too-little': 'أقل من أصغر رصيد',
  elsewhere: 'احتُسب الوقت نفسه لجلسة أخرى', 'faster-than-time': 'شُغّل أكثر مما مضى من الوقت', 'day-cap': 'بلغ الحد الأقصى لليوم',
}

export const verify = {
  title: 'التحقق من شهادة', text: 'امسح الرمز الموجود على الشهادة أو اكتب رقمها.', number: 'رقم الشهادة', numberHint: 'كما هو مطبوع، مثل demo-congress.7k3f9q2m', check: 'تحقق', holder: 'صاحب الشهادة', event: 'حضر', credit: 'النقاط', body: 'تحتسبها', issuer: 'صادرة عن', issued: 'تاريخ الإصدار', days: 'أيام الانعقاد', compare: 'قارن هذه البيانات بالورقة التي أمامك.', another: 'تحقق من شهادة أخرى',
  valid: 'هذه الشهادة صالحة', validText: 'صدرت من هنا ولم تُلغَ.', revoked: 'أُلغيت هذه الشهادة', revokedText: 'لم تعد صالحة منذ {date}.', replaced: 'استُبدلت هذه الشهادة', replacedText: 'صدرت شهادة أحدث في {date}. اطلب تلك الشهادة.', unknown: 'لا توجد شهادة كهذه', unknownText: 'لم تصدر من هنا شهادة بهذا الرقم.', forged: 'هذه الشهادة غير أصلية', forgedText: 'لم يُوقَّع رمزها هنا، أو غُيّر بعد التوقيع.',
  signed: 'التوقيع أصلي', signedText: 'يتعذر الوصول إلى المركز، فلا يُعرف هل أُلغيت الشهادة بعد ذلك. لم يتغير محتواها.', offline: 'يتعذر التحقق الآن', offlineText: 'يتعذر الوصول إلى المركز، ولا توجد على هذا الجهاز مفاتيح لفحص التوقيع. حاول مجددًا عند توفر الاتصال.', checking: 'جارٍ التحقق',
}

export const creditFindings = {
  'certificate.nothing-earned': 'لم يستحق شيء نقاطًا بعد', 'certificate.bad-reason': 'السبب من 3 إلى 500 حرف', 'certificate.unknown': 'لا توجد شهادة كهذه', 'certificate.full': 'لا يمكن إصدار مزيد من الشهادات', 'certificate.altered': 'المحفوظ من هذه الشهادة ليس ما تم توقيعه، لذلك لا تُطبع', 'credit.stale': 'غيّر شخص آخر القواعد في هذه الأثناء', 'credit.bad-policy': 'إحدى القواعد غير ممكنة', 'credit.unknown-body': 'لا تحتسب الشبكة وفق هذه الجهة', 'request.too-many': 'محاولات كثيرة، انتظر دقيقة',
}
