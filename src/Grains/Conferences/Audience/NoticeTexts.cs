using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Inboxes;

// Each named value of an enum has a case of its own, and the compiler reports a missing case. CS8524 would also demand a case for numbers
// without a name.
#pragma warning disable CS8524

namespace ConsultHub.Conferences.Audience;

/// <summary>
/// The sentences of a notice about a conference in the hub's languages, with exact times in the conference's zone. Titles and rooms are
/// between Unicode isolates, so that their script does not change the order of the sentence.
/// </summary>
public static class NoticeTexts
{
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en-GB"),
        Ar = CultureInfo.GetCultureInfo("ar-AE"),
        Ko = CultureInfo.GetCultureInfo("ko-KR");

    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseNotice notice) =>
        ImmutableDictionary.CreateRange([
            KeyValuePair.Create("en", English(notice)),
            KeyValuePair.Create("ar", Arabic(notice)),
            KeyValuePair.Create("ko", Korean(notice)),
        ]);

    private static string English(RaiseNotice n)
    {
        var lines = n.Lines.Select(l =>
            l.Change switch
            {
                NoticeChange.Cancelled => $"{Isolate(l.Title)} does not take place",
                NoticeChange.Speakers => $"{Isolate(l.Title)} has other speakers ({Where("en", n, l)})",
                NoticeChange.Moved => $"{Isolate(l.Title)}: {Where("en", n, l)}",
            }
        );
        if (n.Kind == AlertKind.PlaceFree)
            return $"You have a place now. {string.Join("; ", lines)}.";
        if (n.Withdrawn)
            return $"{Isolate(n.Title)} does not take place.";
        return $"The programme of {Isolate(n.Title)} has changed{(n.Release > 0 ? $" (release {n.Release})" : "")}. "
            + $"{string.Join("; ", lines)}{(n.More > 0 ? $"; and {n.More} more" : "")}.";
    }

    private static string Arabic(RaiseNotice n)
    {
        var lines = n.Lines.Select(l =>
            l.Change switch
            {
                NoticeChange.Cancelled => $"«{Isolate(l.Title)}» لن تُعقد",
                NoticeChange.Speakers => $"«{Isolate(l.Title)}» تغيّر متحدثوها ({Where("ar", n, l)})",
                NoticeChange.Moved => $"«{Isolate(l.Title)}»: {Where("ar", n, l)}",
            }
        );
        if (n.Kind == AlertKind.PlaceFree)
            return $"أصبح لك مقعد الآن. {string.Join("؛ ", lines)}.";
        if (n.Withdrawn)
            return $"لن يُعقد «{Isolate(n.Title)}».";
        return $"تغيّر برنامج «{Isolate(n.Title)}»{(n.Release > 0 ? $" (الإصدار {n.Release})" : "")}. "
            + $"{string.Join("؛ ", lines)}{(n.More > 0 ? $"؛ وجلسات أخرى عددها {n.More}" : "")}.";
    }

    private static string Korean(RaiseNotice n)
    {
        var lines = n.Lines.Select(l =>
            l.Change switch
            {
                NoticeChange.Cancelled => $"「{Isolate(l.Title)}」 취소",
                NoticeChange.Speakers => $"「{Isolate(l.Title)}」 연자 변경 ({Where("ko", n, l)})",
                NoticeChange.Moved => $"「{Isolate(l.Title)}」 {Where("ko", n, l)}",
            }
        );
        if (n.Kind == AlertKind.PlaceFree)
            return $"자리가 생겨 참석이 확정되었습니다. {string.Join("; ", lines)}.";
        if (n.Withdrawn)
            return $"「{Isolate(n.Title)}」 행사가 취소되었습니다.";
        return $"「{Isolate(n.Title)}」 프로그램이 변경되었습니다{(n.Release > 0 ? $"(릴리스 {n.Release})" : "")}. "
            + $"{string.Join("; ", lines)}{(n.More > 0 ? $"; 외 {n.More}건" : "")}.";
    }

    private static string Where(string language, RaiseNotice notice, NoticeLine line)
    {
        if (line.Start is not { } start)
            return language switch
            {
                "ar" => "لم يُحدد وقت بعد",
                "ko" => "시간 미정",
                _ => "no time yet",
            };
        var local = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById(notice.Zone));
        var day = language switch
        {
            "ar" => local.ToString("dddd d MMMM", Ar) + "، ",
            "ko" => local.ToString("M'월' d'일' '('ddd')'", Ko) + " ",
            _ => local.ToString("dddd d MMMM", En) + ", ",
        };
        var room = line.Room.Length == 0 ? "" : (language == "ar" ? "، " : ", ") + Isolate(line.Room);
        return $"{day}{local:HH:mm}{room}";
    }

    private static string Isolate(string text) => $"\u2068{text}\u2069";
}
