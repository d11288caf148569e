// The server's codes, in words. Keys are the codes themselves.

export const kinds = {
  clinicalVisit: 'زيارة سريرية', consultation: 'استشارة', clinicalEvaluation: 'تقييم سريري', treatmentPlanFollowUp: 'متابعة خطة العلاج',
  remoteSecondOpinion: 'رأي ثانٍ عن بُعد', lecture: 'محاضرة', conferenceSession: 'جلسة مؤتمر', clinicalTeaching: 'تعليم سريري', workshop: 'ورشة عمل', training: 'تدريب',
}

export const statuses = {
  planned: 'مخطط', confirmed: 'مؤكد', inProgress: 'جارٍ', completed: 'مكتمل', cancelled: 'ملغى', noShow: 'لم يحضر', pending: 'بانتظار الرد', attention: 'بحاجة إلى انتباه',
}

export const roles = { coordinator: 'منسق', consultant: 'استشاري', attendee: 'مشارك', display: 'شاشة العرض', system: 'المركز' }

export const attention = {
  noConsultant: 'لم يُكلَّف أحد', proposalUnanswered: 'لم يُجب أحد على الطلب', proposalDeclined: 'اعتُذر عن الطلب', credentialLapsed: 'انتهت صلاحية الترخيص',
  outsideVisit: 'الاستشاري ليس في زيارة حينها', consultantAbsent: 'الاستشاري غائب', hospitalClosed: 'المستشفى مغلق', roomGone: 'الغرفة لم تعد موجودة',
  bookingRefused: 'تعذّر نقلها إلى الأسبوع الآخر',
}

export const changes = {
  planned: 'خُطّط لها', confirmed: 'تأكدت', timeChanged: 'تغيّر وقتها', roomChanged: 'تغيّرت غرفتها', assigned: 'أُسندت إلى آخر', proposed: 'طُلب الرد عليها', accepted: 'قُبلت', declined: 'اعتُذر عنها',
  expired: 'لم يُرد عليها في الوقت', emergencyMoved: 'نُقلت بصورة طارئة', cancelled: 'أُلغيت', arrived: 'بدأت', completed: 'اكتملت', noShow: 'سُجّل عدم الحضور', undone: 'تُراجع عن تغييرها',
  attentionChanged: 'أُعيد التحقق منها', moving: 'تُنقل إلى أسبوع آخر', movedAway: 'نُقلت إلى أسبوع آخر', movedIn: 'نُقلت من أسبوع آخر', moveRefused: 'تعذّر نقلها إلى الأسبوع الآخر', acknowledged: 'تأكد الاطلاع عليها',
}

export const candidateReasons = {
  'candidate.free': 'متفرغ حينها', 'candidate.busy': 'لديه مهمة أخرى حينها', 'candidate.credentialed': 'مرخّص هنا', 'candidate.no-credential': 'لا ترخيص له هنا', 'candidate.in-visit': 'في زيارة', 'candidate.away': 'ليس في زيارة حينها',
  'candidate.same-hospital': 'موجود في هذا المستشفى', 'candidate.travel': 'تنقّل لمدة {minutes}', 'candidate.travel-too-long': 'لا يكفي الوقت للتنقل ({minutes})', 'candidate.rested': 'نال راحة كافية', 'candidate.not-rested': 'راحة أقل من المتفق عليه',
  'candidate.language': 'يتحدث {language}', 'candidate.few-hours': 'مهام بمقدار {minutes} هذا الأسبوع',
}

export const alertKinds = {
  assigned: 'مهمة جديدة', released: 'أُسندت المهمة إلى غيرك', timeChanged: 'وقت جديد', roomChanged: 'غرفة جديدة', proposed: 'طلب موجّه إليك', proposalWithdrawn: 'سُحب الطلب', emergencyMoved: 'نقل طارئ', cancelled: 'إلغاء',
  proposalAccepted: 'قبول', proposalDeclined: 'اعتذار', nobodyAnswered: 'لم يُجب أحد', needsAttention: 'بحاجة إلى انتباه', sessionMoved: 'نُقلت الجلسة', notAcknowledged: 'لم يؤكَّد الاطلاع', programmeChanged: 'تغيّر البرنامج', placeFree: 'لديك مقعد', proposalExpired: 'لم يصل رد في الوقت',
  reinstated: 'أُعيدت بعد الإلغاء', changeUndone: 'تُراجع عن تغيير',
}

export const findings = {
  'roster.consultant-overlap': 'لدى الاستشاري مهمة أخرى حينها', 'roster.room-overlap': 'الغرفة محجوزة حينها', 'roster.no-credential': 'لا ترخيص ساريًا في هذا المستشفى', 'roster.outside-visit': 'الاستشاري ليس في زيارة حينها',
  'roster.absent': 'الاستشاري غائب حينها', 'roster.hospital-closed': 'المستشفى مغلق حينها', 'roster.room-unknown': 'لا توجد غرفة كهذه في المستشفى', 'roster.stale': 'غيّرها شخص آخر في هذه الأثناء',
  'roster.travel': 'لا يكفي الوقت للتنقل', 'roster.rest': 'راحة أقل من المتفق عليه', 'roster.working-hours': 'خارج ساعات العمل', 'roster.room-capacity': 'العدد أكبر من سعة الغرفة', 'roster.too-many-hospitals': 'مستشفيات أكثر مما يسمح به الترخيص',
  'roster.wrong-status': 'غير ممكن في هذه الحالة', 'roster.bad-time': 'الأوقات غير متوافقة', 'roster.reason-required': 'يلزم ذكر السبب', 'roster.not-candidate': 'لم يُطلب من هذا الشخص', 'roster.proposal-gone': 'انتهى الطلب',
  'roster.unknown-consultant': 'الاستشاري غير معروف', 'roster.unknown-hospital': 'المستشفى غير معروف', 'roster.unknown-engagement': 'المهمة غير معروفة', 'roster.id-taken': 'المعرّف مستخدم', 'roster.touched-since': 'تغيّرت مرة أخرى منذ ذلك',
  'roster.nothing-to-undo': 'لا شيء للتراجع عنه', 'roster.not-allowed': 'لا يحق لك ذلك', 'roster.text-too-long': 'النص طويل جدًا', 'roster.unknown-specialty': 'التخصص غير معروف', 'roster.wrong-week': 'تنتمي إلى أسبوع آخر',
  'hub.altered': 'المحفوظ ليس ما كُتب أصلًا، لذلك لا يُعرض. أبلغ مسؤول النظام.',
  'roster.archived': 'أُرشف هذا الأسبوع ولم يعد يقبل التغيير',
  'roster.in-past': 'موعدها في الماضي', 'roster.too-early': 'لم يحن وقت ذلك بعد', 'roster.answer-too-late': 'يجب أن يصل الرد قبل البداية', 'roster.too-many': 'عدد الأشخاص أكبر مما يقبله أمر واحد', 'request.no-offset': 'الوقت بلا فارق عن التوقيت العالمي',
  'roster.moving': 'تُنقل الآن إلى أسبوع آخر', 'roster.unknown-network': 'الشبكة غير معروفة', 'roster.unknown-command': 'المركز لا يعرف هذا الأمر', 'session.booked': 'حجزها جدول المناوبات', 'session.no-hospital': 'الغرفة لا تتبع أي مستشفى',
  'session.stale': 'تغيّرت الجلسة في هذه الأثناء', 'session.unknown-room': 'لا توجد غرفة كهذه في المؤتمر', 'session.room-not-linked': 'الغرفة ليست من غرف هذا المستشفى', 'session.bad-time': 'الأوقات غير متوافقة',
  'session.booked-time': 'حجز جدول المناوبات الجلسة: يبقى لها وقت لا يتجاوز 24 ساعة', 'draft.settling': 'ما زالت جداول المناوبات تبتّ في الإصدار السابق. حاول بعد لحظات', 'release.settling': 'ما زالت جداول المناوبات تبتّ في جلسات هذا الإصدار', 'checkin.too-early': 'يبدأ الدخول قبل الجلسة بساعة', 'place.used': 'سُجّل دخولك وبدأت الجلسة: يبقى المقعد لك', 'feedback.not-there': 'التقييم لمن حضر الجلسة',
  'session.cancelled': 'الجلسة ملغاة', 'session.over': 'انتهت الجلسة', 'session.bad-capacity': 'عدد المقاعد غير ممكن', 'session.bad-text': 'نص ناقص أو أطول من اللازم', 'session.unknown': 'الجلسة غير معروفة', 'checkin.unknown': 'ليست تذكرة لهذا المؤتمر', 'checkin.full': 'كل المقاعد مشغولة', 'feedback.too-early': 'لم تبدأ الجلسة بعد', 'feedback.bad': 'امنح من نجمة إلى 5 نجوم', 'draft.none': 'لم تعد هناك مسودة', 'draft.exists': 'توجد مسودة بالفعل', 'draft.bad-note': 'الملاحظة أطول من اللازم', 'draft.too-many': 'في البرنامج جلسات أكثر من اللازم', 'release.unknown': 'لا يوجد إصدار كهذا', 'conference.unknown': 'لا يوجد مؤتمر كهذا',
}
