export const consultant = {
  title: 'مهامي', now: 'الآن', next: 'التالي', nothing: 'لا شيء مخطط لك في هذين الأسبوعين.', underWay: 'جارية الآن', ended: 'انتهت {when}', unsaid: 'هل تمت هذه المهمة؟', at: '{date}، {time} · {zone}', athome: '{zone} {time}', remote: 'عن بُعد', map: 'كيفية الوصول', meets: 'المنسق المناوب: {who}', with: 'مع {who}',
  arrived: 'وصلت', done: 'اكتملت', sound: 'الصوت', touchFirst: 'يسمح متصفحك بالصوت بعد أول لمسة للصفحة.', allow: 'أرسل الإشعارات إلى هذا الجهاز', allowed: 'الإشعارات مفعّلة', blocked: 'الإشعارات محظورة في إعدادات المتصفح.', person: 'استشاري', unknown: 'لا يُعرف أحد في هذا العنوان.', emptyDays: 'لا شيء مخطط في هذين الأسبوعين.', days: 'الأيام القادمة', more: 'zero:||one:عرض تنبيه آخر||two:عرض تنبيهين آخرين||few:عرض {count} تنبيهات أخرى||many:عرض {count} تنبيهًا آخر||other:عرض {count} تنبيه آخر',
  urgent: 'عاجل', whyNot: 'ما سبب الاعتذار؟', whyNotHint: 'يقرؤه المنسق. دون بيانات المرضى.', sendDecline: 'اعتذار',
  notConsultant: 'ليس من الاستشاريين. لا تُسند المهام إلا إلى الاستشاريين.',
}
