using System.Collections.Immutable;
using System.Globalization;

// Each named value of an enum has a case of its own, and the compiler reports a missing case. CS8524 would also demand a case for numbers
// without a name.
#pragma warning disable CS8524

namespace ConsultHub.Grave;

/// <summary>
/// The sentences about grave changes in the hub's languages. Names are between Unicode isolates, so that their script does not change the
/// order of the sentence. The Arabic sentences avoid forms that depend on a person's gender. The Korean sentences avoid particles that
/// depend on the last letter of a name.
/// </summary>
public static class GraveTexts
{
    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(GraveMinute minute) =>
        ImmutableDictionary.CreateRange([
            KeyValuePair.Create("en", English(minute.Change)),
            KeyValuePair.Create("ar", Arabic(minute.Change)),
            KeyValuePair.Create("ko", Korean(minute.Change)),
        ]);

    private static string English(GraveChange c) =>
        $"{Isolate(c.ByName.En)} {What(c).En}{Details(c, "en")}{(c.Count > 1 ? $", {Number(c.Count)} times within a minute" : "")}.";

    private static string Arabic(GraveChange c) =>
        $"{Isolate(c.ByName.In("ar"))}: {What(c).In("ar")}{Details(c, "ar")}"
        + $"{(c.Count > 1 ? $"، عدد المرات خلال دقيقة: {Number(c.Count)}" : "")}.";

    private static string Korean(GraveChange c) =>
        $"{Isolate(c.ByName.In("ko"))} 님: {What(c).In("ko")}{Details(c, "ko")}{(c.Count > 1 ? $", 1분 동안 {Number(c.Count)}번" : "")}.";

    private static LocalName What(GraveChange change) =>
        change.Act switch
        {
            GraveAct.Other => new("made a grave change", "تغيير جسيم", "중대한 변경"),
            GraveAct.AccountOpened => new("opened an account", "فتح حساب", "계정을 만듦"),
            GraveAct.AccountChanged => new("changed the details of an account", "تغيير بيانات حساب", "계정 정보를 바꿈"),
            GraveAct.AccountSwitchedOff => new("deactivated an account", "تعطيل حساب", "계정 사용을 중지함"),
            GraveAct.AccountSwitchedOn => new("reactivated an account", "إعادة تفعيل حساب", "계정을 다시 사용하게 함"),
            GraveAct.RoleGiven => new("gave a role", "منح دور", "역할을 줌"),
            GraveAct.RoleChanged => new("changed the period of a role", "تغيير مدة دور", "역할의 기간을 바꿈"),
            GraveAct.RoleTaken => new("took a role away", "سحب دور", "역할을 거둠"),
            GraveAct.LinkMade => new("made a link for a new password", "إنشاء رابط لكلمة مرور جديدة", "새 비밀번호 링크를 만듦"),
            GraveAct.FactorReset => new(
                "made a link that resets a second factor",
                "إنشاء رابط يعيد ضبط عامل التحقق الثاني",
                "2단계 인증을 초기화하는 링크를 만듦"
            ),
            GraveAct.DeviceLinkMade => new("made a link that signs a device in", "إنشاء رابط لدخول جهاز", "기기 로그인 링크를 만듦"),
            GraveAct.IdentityLinked => new(
                "began to connect an account with an institution",
                "بدء ربط حساب بمؤسسة",
                "계정을 기관에 연결하기 시작함"
            ),
            GraveAct.IdentityRemoved => new(
                "disconnected an account from an institution",
                "فصل حساب عن مؤسسة",
                "계정과 기관의 연결을 끊음"
            ),
            GraveAct.TokenMade => new("made a token for a program", "إنشاء رمز وصول لبرنامج", "프로그램용 토큰을 만듦"),
            GraveAct.KeysRenewed => new(
                "made a new key that signs certificates",
                "إنشاء مفتاح جديد لتوقيع الشهادات",
                "확인서 서명 키를 새로 만듦"
            ),
            GraveAct.CreditRulesChanged => new("changed the rules of credit", "تغيير قواعد احتساب الرصيد", "학점 기준을 바꿈"),
            GraveAct.PeopleExported => new("exported a list of people", "تصدير قائمة بالأشخاص", "사람 목록을 내보냄"),
            GraveAct.PeopleImported => new(
                "imported accounts and roles from a file",
                "استيراد حسابات وأدوار من ملف",
                "파일에서 계정과 역할을 가져옴"
            ),
        };

    /// <summary>What the change is about: a role, a person and another thing, as far as they are known.</summary>
    private static string Details(GraveChange change, string language)
    {
        var details = new[]
        {
            change.Role is { } role ? NameOf(role).In(language) : null,
            change.AboutName is { } about ? Isolate(about.In(language)) : null,
            change.Thing is { } thing ? Isolate(thing) : null,
            change is { Act: GraveAct.Other, Action: { } action } ? Isolate(action) : null,
        };
        return string.Join(language == "ar" ? "، " : ", ", details.OfType<string>()) is { Length: > 0 } text ? $" ({text})" : "";
    }

    private static LocalName NameOf(Role role) =>
        role switch
        {
            Role.Coordinator => new("coordinator", "منسق", "코디네이터"),
            Role.Consultant => new("consultant", "استشاري", "자문의"),
            Role.Attendee => new("attendee", "مشارك", "참석자"),
            Role.Display => new("wall display", "شاشة العرض", "벽면 화면"),
            Role.System => new("the hub", "المركز", "허브"),
            Role.Administrator => new("administrator", "مدير النظام", "관리자"),
            Role.Registrar => new("registrar", "موظف تسجيل", "등록 담당자"),
            Role.Host => new("host", "مضيف", "진행자"),
            Role.Speaker => new("speaker", "متحدث", "연자"),
            Role.Moderator => new("moderator", "مدير الجلسة", "좌장"),
            Role.Captioner => new("captioner", "كاتب الترجمة", "자막 담당자"),
            Role.Auditor => new("auditor", "مدقق", "감사 담당자"),
            Role.Integration => new("program", "برنامج", "연동 프로그램"),
            Role.ProgrammeDirector => new("programme director", "مدير برنامج تعليمي", "교육 프로그램 책임자"),
            Role.Reviewer => new("reviewer", "مُقيِّم", "심사자"),
            Role.Supervisor => new("supervisor", "مشرف", "지도 전문의"),
            Role.Trainee => new("trainee", "متدرب", "수련자"),
            Role.ResearchLead => new("research lead", "قائد الأبحاث", "연구 책임자"),
        };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Isolate(string text) => $"\u2068{text}\u2069";
}
