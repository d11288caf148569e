using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>Asks an inbox to raise an alert about papers that lapse.</summary>
/// <param name="Name">The name of the programme.</param>
/// <param name="Paper">The name of the requirement.</param>
/// <param name="Lapse">The lapse. Of several ones, the first.</param>
/// <param name="Person">The name of the person whose paper lapses first, in an alert to the programme's director. Null in an alert to this
/// person.</param>
/// <param name="Count">Of how many people papers lapse.</param>
[GenerateSerializer, Immutable, Alias("hub.RaisePaperNotice")]
public sealed record RaisePaperNotice(
    [property: Id(0)] ProgrammeId Programme,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] LocalName CohortName,
    [property: Id(3)] LocalName Paper,
    [property: Id(4)] PaperLapse Lapse,
    [property: Id(5)] LocalName? Person,
    [property: Id(6)] int Count
) : OutboxPayload, IAlertMessage
{
    /// <summary>A day has come, so nobody has caused it.</summary>
    PersonId IAlertMessage.By => Actor.System.Person;

    /// <summary>A newer alert about the same paper replaces the older one. A director sees one alert for each paper of a cohort.</summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = PaperNotices.AlertOf(Programme, Lapse, ofDirector: Person is not null),
            Kind = AlertKind.PaperLapses,
            At = at,
            Text = PaperTexts.Of(this),
            Programme = Programme,
        };
}

/// <summary>Finds whom papers that lapse concern.</summary>
internal static class PaperNotices
{
    public static string AlertOf(ProgrammeId programme, PaperLapse lapse, bool ofDirector) =>
        $"paper:{programme}:{lapse.Cohort}:{lapse.Requirement}" + (ofDirector ? "" : $":{lapse.Person}");

    public static IEnumerable<OutboxMessage> Of(EducationProgramme before, PapersTold change) =>
        [.. ToPeople(before, change), .. ToDirectors(before, change.After(before)!)];

    private static IEnumerable<OutboxMessage> ToPeople(EducationProgramme before, PapersTold change)
    {
        foreach (var lapse in change.Ended)
            yield return To(lapse.Person, new EndAlert(AlertOf(before.Profile.Id, lapse, ofDirector: false)));
        foreach (var lapse in change.Told)
            // Nobody is told again because there is another director.
            if (before.Lapses.FirstOrDefault(l => l.Key == lapse.Key) is not { } known || known with { Director = lapse.Director } != lapse)
                yield return To(lapse.Person, NoticeOf(before, lapse, null, 1));
    }

    private static IEnumerable<OutboxMessage> ToDirectors(EducationProgramme before, EducationProgramme after)
    {
        var (were, are) = (Grouped(before), Grouped(after));
        foreach (var gone in were.Where(g => !are.ContainsKey(g.Key)))
            yield return To(gone.Key.Director, new EndAlert(AlertOf(before.Profile.Id, gone.Value[0], ofDirector: true)));
        foreach (var (key, lapses) in are)
            if (!were.TryGetValue(key, out var known) || !known.SequenceEqual(lapses))
                yield return To(
                    key.Director,
                    NoticeOf(after, lapses[0], after.Find(lapses[0].Cohort, lapses[0].Person)!.Name, lapses.Count)
                );
    }

    /// <summary>The lapses of which directors are told, the first one first.</summary>
    private static Dictionary<(PersonId Director, string Cohort, string Requirement), List<PaperLapse>> Grouped(
        EducationProgramme programme
    ) =>
        programme
            .Lapses.Where(l => l.Director is not null)
            .GroupBy(l => (l.Director!.Value, l.Cohort, l.Requirement))
            .ToDictionary(g => g.Key, g => g.OrderBy(l => l.To).ThenBy(l => l.Person.Value, StringComparer.Ordinal).ToList());

    private static RaisePaperNotice NoticeOf(EducationProgramme programme, PaperLapse lapse, LocalName? person, int count) =>
        new(
            programme.Profile.Id,
            programme.Profile.Name,
            programme.Find(lapse.Cohort)!.Name,
            programme.Requirements.First(r => r.Id == lapse.Requirement).Name,
            lapse,
            person,
            count
        );

    private static OutboxMessage To(PersonId person, OutboxPayload payload) => new(0, GrainId.Create("inbox", person.Value), payload);
}

/// <summary>The sentences of an alert about papers that lapse in the hub's languages.</summary>
public static class PaperTexts
{
    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaisePaperNotice notice) =>
        ProgrammeTexts.InEach(language =>
        {
            string In(LocalName name) => ProgrammeTexts.Isolate(name.In(language));
            var (paper, cohort, acts) = (In(notice.Paper), $"{In(notice.Name)}, {In(notice.CohortName)}", Acts(notice));
            var (to, until) = (Day(notice.Lapse.To), Day(notice.Lapse.Until));
            if (notice is { Person: not null, Count: > 1 and var count })
                return new LocalName(
                    $"{paper} ends too early for {count} people in {cohort}, first on {to}. It is needed until {until}. {acts.En}",
                    $"تنتهي صلاحية {paper} قبل الأوان لعدد من الأشخاص ({count}) في {cohort}، وأولها في {to}."
                        + $" وهي مطلوبة حتى {until}. {acts.Ar}",
                    $"{paper}의 유효 기간이 너무 일찍 끝나는 사람이 {count}명 있습니다({cohort}). 가장 빠른 날은 {to}입니다. "
                        + $"{until}까지 필요합니다. {acts.Ko}"
                );
            var whose = notice.Person is { } person ? $"{In(person)}: " : "";
            return notice.Lapse.IsOver
                ? new(
                    $"{whose}{paper} was valid until {to} and has lapsed. {cohort}, needs it until {until}. {acts.En}",
                    $"{whose}انتهت صلاحية {paper} في {to}، وهي مطلوبة حتى {until} ({cohort}). {acts.Ar}",
                    $"{whose}{paper}의 유효 기간이 {to}에 끝났습니다. {until}까지 필요합니다({cohort}). {acts.Ko}"
                )
                : new(
                    $"{whose}{paper} is valid only until {to}. {cohort}, needs it until {until}. {acts.En}",
                    $"{whose}تنتهي صلاحية {paper} في {to}، وهي مطلوبة حتى {until} ({cohort}). {acts.Ar}",
                    $"{whose}{paper}의 유효 기간이 {to}에 끝납니다. {until}까지 필요합니다({cohort}). {acts.Ko}"
                );
        });

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"\u2066{day:yyyy-MM-dd}\u2069");

    private static LocalName Acts(RaisePaperNotice notice) =>
        notice switch
        {
            { Lapse.Acts: Responsible.Host } => new(
                "The host institution must renew it.",
                "التجديد على المؤسسة المضيفة.",
                "주관 기관이 갱신해야 합니다."
            ),
            { Lapse.Acts: Responsible.Sender } => new(
                "The sending institution must renew it.",
                "التجديد على المؤسسة الموفِدة.",
                "파견 기관이 갱신해야 합니다."
            ),
            { Person: null } => new("Please renew it.", "يُرجى التجديد.", "갱신해 주십시오."),
            { Count: 1 } => new("This person must renew it.", "التجديد على صاحب الوثيقة.", "본인이 갱신해야 합니다."),
            _ => new("These people must renew it.", "التجديد على أصحاب الوثائق.", "본인들이 갱신해야 합니다."),
        };
}
