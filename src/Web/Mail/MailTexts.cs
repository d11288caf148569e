using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Mail;

// Each named value of an enum has a case of its own, and the compiler reports a missing case. CS8524 would also demand a case for numbers
// without a name.
#pragma warning disable CS8524

namespace ConsultHub.Web.Mail;

/// <summary>A paragraph of a mail. Plain text shows the link itself, HTML shows the text as a link.</summary>
internal sealed record MailParagraph(string Text, string? Link = null)
{
    public static implicit operator MailParagraph(string text) => new(text);
}

/// <summary>A mail in one language.</summary>
internal sealed record WrittenMail(string Subject, ImmutableArray<MailParagraph> Paragraphs);

/// <summary>
/// The words of mails in one language, and how this language writes instants. Digits are Latin in all languages, as in the client. The
/// Arabic sentences avoid forms that depend on the reader's gender.
/// </summary>
/// <param name="Hello">A format: {0} is the name.</param>
/// <param name="Valid">A format: {0} is the instant until which the link is valid.</param>
/// <param name="UserName">A format: {0} is the user name.</param>
/// <param name="When">A format: {0} is the instant.</param>
internal sealed record MailTexts(
    string Language,
    CultureInfo Culture,
    bool RightToLeft,
    string Instant,
    string Hello,
    string InvitationSubject,
    string Invitation,
    string ResetSubject,
    string Reset,
    string OwnReset,
    string ResetsFactor,
    string Choose,
    string Valid,
    string UserName,
    string KeepSecret,
    string NotAsked,
    string PasswordSubject,
    string Password,
    string FactorSubject,
    string Factor,
    string NotYou,
    string IdentitySubject,
    string Identity,
    string AddressSubject,
    string Address,
    string FactorResetSubject,
    string GraveSubject,
    string GraveWhy,
    string When,
    string Open,
    string Signature
)
{
    private static readonly Dictionary<string, MailTexts> All = new()
    {
        ["en"] = new(
            "en",
            CultureOf("en-GB"),
            false,
            "d MMMM yyyy, HH:mm 'UTC'",
            "Hello {0},",
            "Your account at Consult Hub",
            "An account at Consult Hub is ready for you. Choose your password with this link:",
            "A new password for Consult Hub",
            "Choose a new password for Consult Hub with this link:",
            "Somebody, probably you, has asked for a new password for your account at Consult Hub. Choose it with this link:",
            "The link also resets your second factor. You set it up again afterwards.",
            "Choose the password",
            "The link works once, until {0}.",
            "Your user name: {0}",
            "Give this link to nobody. Whoever has it can choose your password.",
            "If you have not asked for this, you need not do anything. Your password stays as it is.",
            "Your password was changed",
            "The password of your account at Consult Hub was changed.",
            "Your second factor was changed",
            "Your second factor at Consult Hub was changed: an app or a passkey was added or removed, or there are new recovery codes.",
            "If this was not you, ask an administrator at once.",
            "Your account was connected with an institution",
            "Your account at Consult Hub was connected with an institution. Its sign-in now opens the account.",
            "Your e-mail address was changed",
            "The e-mail address of your account at Consult Hub was changed. Further mails go to the new address.",
            "Your second factor is being reset",
            "A grave change at Consult Hub",
            "All administrators are told of such changes.",
            "When: {0}",
            "Open Consult Hub",
            "Consult Hub"
        ),
        ["ar"] = new(
            "ar",
            CultureOf("ar-AE"),
            true,
            "d MMMM yyyy، HH:mm 'UTC'",
            "مرحبًا {0}،",
            "حسابك في مركز الاستشارات",
            "أصبح لك حساب في مركز الاستشارات. يمكنك اختيار كلمة المرور عبر هذا الرابط:",
            "كلمة مرور جديدة لمركز الاستشارات",
            "يمكنك اختيار كلمة مرور جديدة لمركز الاستشارات عبر هذا الرابط:",
            "ورد طلب كلمة مرور جديدة لحسابك في مركز الاستشارات، ويُرجّح أنه منك. يمكنك اختيارها عبر هذا الرابط:",
            "يعيد الرابط أيضًا ضبط عامل التحقق الثاني، ويلزم إعداده من جديد بعد ذلك.",
            "اختيار كلمة المرور",
            "يعمل الرابط مرة واحدة حتى {0}.",
            "اسم المستخدم: {0}",
            "هذا الرابط لك وحدك. من يحصل عليه يستطيع اختيار كلمة مرورك.",
            "إن لم يكن الطلب منك، فلا داعي لأي إجراء. تبقى كلمة مرورك كما هي.",
            "تم تغيير كلمة مرورك",
            "تم تغيير كلمة مرور حسابك في مركز الاستشارات.",
            "تم تغيير عامل التحقق الثاني",
            "تم تغيير عامل التحقق الثاني لحسابك في مركز الاستشارات: أُضيف تطبيق مصادقة أو مفتاح مرور أو أُزيل، أو صدرت رموز استرداد جديدة.",
            "إن لم يكن ذلك منك، فيُرجى سؤال مدير النظام فورًا.",
            "تم ربط حسابك بمؤسسة",
            "تم ربط حسابك في مركز الاستشارات بمؤسسة، وأصبح الدخول عبرها يفتح الحساب.",
            "تم تغيير عنوان بريدك الإلكتروني",
            "تم تغيير عنوان البريد الإلكتروني لحسابك في مركز الاستشارات. تصل الرسائل التالية إلى العنوان الجديد.",
            "إعادة ضبط عامل التحقق الثاني",
            "تغيير جسيم في مركز الاستشارات",
            "يُبلَّغ جميع مديري النظام بمثل هذه التغييرات.",
            "الوقت: {0}",
            "فتح مركز الاستشارات",
            "مركز الاستشارات"
        ),
        ["ko"] = new(
            "ko",
            CultureOf("ko-KR"),
            false,
            "yyyy'년' M'월' d'일' HH:mm 'UTC'",
            "{0} 님, 안녕하세요.",
            "컨설트 허브 계정 안내",
            "컨설트 허브 계정이 준비되었습니다. 아래 링크에서 비밀번호를 정해 주세요.",
            "컨설트 허브 새 비밀번호",
            "아래 링크에서 컨설트 허브의 새 비밀번호를 정해 주세요.",
            "컨설트 허브 계정의 새 비밀번호 요청이 있었습니다. 본인이 요청하셨다면 아래 링크에서 정해 주세요.",
            "이 링크는 2단계 인증도 초기화합니다. 그 뒤에 다시 설정해 주세요.",
            "비밀번호 정하기",
            "링크는 {0}까지 한 번만 쓸 수 있습니다.",
            "사용자 이름: {0}",
            "이 링크를 다른 사람에게 주지 마세요. 링크를 가진 사람은 누구나 비밀번호를 정할 수 있습니다.",
            "요청하지 않으셨다면 아무것도 하지 않으셔도 됩니다. 비밀번호는 그대로입니다.",
            "비밀번호가 변경되었습니다",
            "컨설트 허브 계정의 비밀번호가 변경되었습니다.",
            "2단계 인증이 변경되었습니다",
            "컨설트 허브 계정의 2단계 인증이 변경되었습니다. 인증 앱이나 패스키가 추가 또는 제거되었거나 복구 코드가 새로 만들어졌습니다.",
            "본인이 하신 일이 아니라면 곧바로 관리자에게 문의해 주세요.",
            "계정이 기관에 연결되었습니다",
            "컨설트 허브 계정이 기관에 연결되었습니다. 이제 그 기관의 로그인으로 계정에 들어올 수 있습니다.",
            "이메일 주소가 변경되었습니다",
            "컨설트 허브 계정의 이메일 주소가 변경되었습니다. 앞으로 메일은 새 주소로 보냅니다.",
            "2단계 인증 초기화 안내",
            "컨설트 허브의 중대한 변경",
            "이런 변경은 모든 관리자에게 알립니다.",
            "일시: {0}",
            "컨설트 허브 열기",
            "컨설트 허브"
        ),
    };

    public static IReadOnlyCollection<string> Languages => All.Keys;

    /// <returns>Null for a language without mails.</returns>
    public static MailTexts? For(string language) => All.GetValueOrDefault(language);

    public WrittenMail Write(Letter letter)
    {
        var subject = letter.Kind switch
        {
            MailKind.Invitation => InvitationSubject,
            MailKind.Reset or MailKind.OwnReset => ResetSubject,
            MailKind.PasswordChanged => PasswordSubject,
            MailKind.FactorChanged => FactorSubject,
            MailKind.IdentityLinked => IdentitySubject,
            MailKind.AddressChanged => AddressSubject,
            MailKind.FactorReset => FactorResetSubject,
            MailKind.GraveChange => GraveSubject,
        };
        var text = letter.Kind switch
        {
            MailKind.Invitation => Invitation,
            MailKind.Reset => Reset,
            MailKind.OwnReset => OwnReset,
            MailKind.PasswordChanged => Password,
            MailKind.FactorChanged => Factor,
            MailKind.IdentityLinked => Identity,
            MailKind.AddressChanged => Address,
            MailKind.FactorReset or MailKind.GraveChange => letter.Sentences![Language],
        };
        List<MailParagraph> paragraphs = [Filled(Hello, Isolate(letter.Name.In(Language))), text];
        if (letter.Kind is MailKind.Invitation or MailKind.Reset or MailKind.OwnReset)
        {
            paragraphs.Add(new(Choose, letter.Link));
            paragraphs.Add(Filled(Valid, At(letter.Until!.Value)));
            if (letter.ResetsFactors)
                paragraphs.Add(ResetsFactor);
            paragraphs.Add(Filled(UserName, Isolate(letter.UserName!)));
            paragraphs.Add(KeepSecret);
            if (letter.Kind == MailKind.OwnReset)
                paragraphs.Add(NotAsked);
            return new(subject, [.. paragraphs]);
        }
        if (letter.At is { } at)
            paragraphs.Add(Filled(When, At(at)));
        paragraphs.Add(letter.Kind == MailKind.GraveChange ? GraveWhy : Filled(UserName, Isolate(letter.UserName!)));
        if (letter.Kind is MailKind.PasswordChanged or MailKind.FactorChanged or MailKind.IdentityLinked or MailKind.AddressChanged)
            paragraphs.Add(NotYou);
        if (letter.Link is not null)
            paragraphs.Add(new(Open, letter.Link));
        return new(subject, [.. paragraphs]);
    }

    /// <summary>Writes an instant in UTC, because the hub does not know where the reader is.</summary>
    private string At(DateTimeOffset at) => Isolate(at.UtcDateTime.ToString(Instant, Culture));

    private string Filled(string format, string value) => string.Format(Culture, format, value);

    /// <summary>
    /// Puts a first-strong isolate (Unicode UAX #9) around a text, so that its script does not change the order of the sentence. Control
    /// characters, such as line breaks, become spaces.
    /// </summary>
    private static string Isolate(string text) => $"\u2068{new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])}\u2069";

    private static CultureInfo CultureOf(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.DateTimeFormat.Calendar = culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() ?? new GregorianCalendar();
        return culture;
    }
}
