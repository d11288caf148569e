using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;

namespace ConsultHub.Accounts;

/// <summary>
/// Tells a person that somebody else resets the person's second factor: when the link for it is made, and when it is used.
/// </summary>
/// <param name="ByName">The name of the person who made the link. Null for an operator at the server.</param>
/// <param name="Used">Whether the link was used, so that the second factor is gone.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseFactorReset")]
public sealed record RaiseFactorReset([property: Id(0)] PersonId By, [property: Id(1)] LocalName? ByName, [property: Id(2)] bool Used)
    : OutboxPayload,
        IAlertMessage
{
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = $"account.{message}",
            Kind = AlertKind.FactorReset,
            At = at,
            Text = Texts(ByName, Used),
        };

    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Texts(LocalName? byName, bool used)
    {
        string By(string language) =>
            $"\u2068{(byName ?? new("An operator at the server", "مشغّل الخادم", "서버 운영자")).In(language)}\u2069";
        return ImmutableDictionary.CreateRange([
            KeyValuePair.Create(
                "en",
                used
                    ? $"Your second factor was removed with a link that {By("en")} made. If you did not use it, ask an administrator."
                    : $"{By("en")} made a link that resets your second factor. If you did not ask for it, ask an administrator at once."
            ),
            KeyValuePair.Create(
                "ar",
                used
                    ? $"أُزيل عامل التحقق الثاني لحسابك برابط أنشأه: {By("ar")}. إن لم تستخدم هذا الرابط، فاسأل مدير النظام فورًا."
                    : $"أُنشئ رابط يعيد ضبط عامل التحقق الثاني لحسابك. أنشأه: {By("ar")}. إن لم تطلب ذلك، فاسأل مدير النظام فورًا."
            ),
            KeyValuePair.Create(
                "ko",
                used
                    ? $"{By("ko")} 님이 만든 링크로 2단계 인증이 해제되었습니다. 이 링크를 사용하지 않으셨다면 곧바로 관리자에게 문의해 주세요."
                    : $"{By("ko")} 님이 2단계 인증을 초기화하는 링크를 만들었습니다. 요청하지 않으셨다면 곧바로 관리자에게 문의해 주세요."
            ),
        ]);
    }
}
