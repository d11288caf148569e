using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>Asks an inbox to raise an alert about a paper that lapses.</summary>
/// <param name="Name">The name of the programme.</param>
/// <param name="Paper">The name of the requirement.</param>
/// <param name="Until">The day until which the programme needs the paper.</param>
/// <param name="Acts">Who must renew it.</param>
/// <param name="Trainee">The name of the person whose paper it is, in an alert to the programme's director. Null to this person.</param>
[GenerateSerializer, Immutable, Alias("hub.RaisePaperNotice")]
public sealed record RaisePaperNotice(
    [property: Id(0)] ProgrammeId Programme,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] LocalName CohortName,
    [property: Id(3)] LocalName Paper,
    [property: Id(4)] PaperLapse Lapse,
    [property: Id(5)] DateOnly Until,
    [property: Id(6)] Responsible Acts,
    [property: Id(7)] LocalName? Trainee
) : OutboxPayload, IAlertMessage
{
    /// <summary>The day has come, so nobody has caused it.</summary>
    PersonId IAlertMessage.By => Actor.System.Person;

    /// <summary>A newer alert about the same paper replaces the older one.</summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = PaperNotices.AlertOf(Programme, Lapse),
            Kind = AlertKind.PaperLapses,
            At = at,
            Text = PaperTexts.Of(this),
            Programme = Programme,
        };
}

/// <summary>Finds whom a paper that lapses concerns.</summary>
internal static class PaperNotices
{
    public static string AlertOf(ProgrammeId programme, PaperLapse lapse) =>
        $"paper:{programme}:{lapse.Cohort}:{lapse.Requirement}:{lapse.Person}";

    /// <summary>
    /// The person always gets an alert. The director gets one if somebody else must renew the paper, and when the paper has lapsed.
    /// </summary>
    public static IEnumerable<OutboxMessage> Of(EducationProgramme programme, PapersTold change)
    {
        foreach (var lapse in change.Ended)
        foreach (var person in Both(programme, lapse))
            yield return To(person, new EndAlert(AlertOf(programme.Profile.Id, lapse)));
        foreach (var lapse in change.Told)
        {
            var (cohort, requirement) = (programme.Find(lapse.Cohort)!, programme.Requirements.First(r => r.Id == lapse.Requirement));
            var notice = new RaisePaperNotice(
                programme.Profile.Id,
                programme.Profile.Name,
                cohort.Name,
                requirement.Name,
                lapse,
                requirement.Lasts ? cohort.To : cohort.From,
                requirement.By,
                null
            );
            foreach (var person in Both(programme, lapse))
                if (person == lapse.Person)
                    yield return To(person, notice);
                else if (lapse.IsOver || requirement.By != Responsible.Trainee)
                    yield return To(person, notice with { Trainee = programme.Find(lapse.Cohort, lapse.Person)!.Name });
        }
    }

    private static IEnumerable<PersonId> Both(EducationProgramme programme, PaperLapse lapse) =>
        new[] { lapse.Person, programme.Profile.Director }.Distinct();

    private static OutboxMessage To(PersonId person, OutboxPayload payload) => new(0, GrainId.Create("inbox", person.Value), payload);
}

/// <summary>The sentences of an alert about a paper that lapses in the hub's languages.</summary>
public static class PaperTexts
{
    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaisePaperNotice notice) =>
        ProgrammeTexts.InEach(language =>
        {
            string In(LocalName name) => ProgrammeTexts.Isolate(name.In(language));
            var (paper, cohort) = (In(notice.Paper), $"{In(notice.Name)}, {In(notice.CohortName)}");
            var (to, until) = (Day(notice.Lapse.To), Day(notice.Until));
            var (whose, acts) = (notice.Trainee is { } trainee ? $"{In(trainee)}: " : "", Acts(notice));
            return notice.Lapse.IsOver
                ? new(
                    $"{whose}{paper} was valid until {to} and has lapsed. {cohort}, asks for it until {until}. {acts.En}",
                    $"{whose}انتهت صلاحية {paper} في {to}، وهي مطلوبة حتى {until} ({cohort}). {acts.Ar}",
                    $"{whose}{paper}의 유효 기간이 {to}에 끝났습니다. {until}까지 필요합니다({cohort}). {acts.Ko}"
                )
                : new LocalName(
                    $"{whose}{paper} is valid only until {to}. {cohort}, asks for it until {until}. {acts.En}",
                    $"{whose}تنتهي صلاحية {paper} في {to}، وهي مطلوبة حتى {until} ({cohort}). {acts.Ar}",
                    $"{whose}{paper}의 유효 기간이 {to}에 끝납니다. {until}까지 필요합니다({cohort}). {acts.Ko}"
                );
        });

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"\u2066{day:yyyy-MM-dd}\u2069");

    private static LocalName Acts(RaisePaperNotice notice) =>
        notice switch
        {
            { Acts: Responsible.Host } => new(
                "The host institution must renew it.",
                "التجديد على المؤسسة المضيفة.",
                "주관 기관이 갱신해야 합니다."
            ),
            { Acts: Responsible.Sender } => new(
                "The sending institution must renew it.",
                "التجديد على المؤسسة الموفِدة.",
                "파견 기관이 갱신해야 합니다."
            ),
            { Trainee: null } => new("Please renew it.", "يُرجى التجديد.", "갱신해 주십시오."),
            _ => new("This person must renew it.", "التجديد على صاحب الوثيقة.", "본인이 갱신해야 합니다."),
        };
}
