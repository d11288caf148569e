export const consultant = {
  title: 'مهامي', nowAndNext: 'الآن وما يليه', now: 'الآن', next: 'التالي', nothing: 'لا شيء مخطط لك في هذين الأسبوعين.', underWay: 'جارية الآن', at: '{date}، {time} · {zone}', remote: 'عن بُعد', map: 'خريطة {city}', with: 'مع {who}',
  arrived: 'وصلت', done: 'اكتملت', sound: 'الصوت', allow: 'أرسل الإشعارات إلى هذا الجهاز', days: 'الأيام القادمة', whyNot: 'ما سبب الاعتذار؟', whyNotHint: 'يقرؤه المنسق. دون بيانات المرضى.', sendDecline: 'اعتذار',
}
