using ConsultHub.Live;
using ConsultHub.Programmes;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Programmes;

/// <summary>The catalogue of a network: its programmes, with their cohorts and free places.</summary>
internal sealed record CatalogueTopic(string Name, NetworkId Network) : ITopic<CatalogueTopic>
{
    public static string KindName => "programmes";

    public static CatalogueTopic? Parse(string name, string[] parts) =>
        parts is ["programmes", var network] && TextId.TryParse<NetworkId>(network, out var id) ? new(name, id) : null;

    public ValueTask<WatchRule?> RuleAsync(ThingScopes things) => new(Access.WatchesCatalogue(Network));

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        await grains.IsListedAsync("hub/networks", Network.Value);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<ICatalogueGrain>(Network.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => item);
}

/// <summary>
/// One programme. <c>programme/{id}</c> shows what the catalogue shows and what people learn, <c>programme/{id}/applications</c> also the
/// applications, without the verdicts of reviewers, and <c>programme/{id}/rotations</c> also the plan of rotations.
/// </summary>
/// <param name="Part">What the topic shows besides: <c>applications</c>, <c>rotations</c> or nothing.</param>
internal sealed record ProgrammeTopic(string Name, ProgrammeId Programme, string? Part) : ITopic<ProgrammeTopic>
{
    public static string KindName => "programme";

    public static ProgrammeTopic? Parse(string name, string[] parts) =>
        parts is ["programme", _] or ["programme", _, "applications" or "rotations"] && TextId.TryParse<ProgrammeId>(parts[1], out var id)
            ? new(name, id, parts.ElementAtOrDefault(2))
            : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfProgrammeAsync(Programme) is { } of
            ? Access.WatchesProgramme(
                Programme,
                of,
                Part switch
                {
                    "applications" => ProgrammeActions.ReadApplications,
                    "rotations" => ProgrammeActions.ReadRotations,
                    _ => ProgrammeActions.Read,
                }
            )
            : null;

    /// <summary>Always true: the rule has found the programme.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IProgrammeGrain>(Programme.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => Shows(item) ? item : null);

    private bool Shows(TopicItem item) =>
        item switch
        {
            Application => Part == "applications",
            RotationPlan => Part == "rotations",
            _ => true,
        };
}

/// <summary>The logbook of one person in one cohort: <c>logbook/{programme}/{cohort}/{person}</c>.</summary>
internal sealed record LogbookTopic(string Name, ProgrammeId Programme, string Cohort, PersonId Person) : ITopic<LogbookTopic>
{
    public static string KindName => "logbook";

    public static LogbookTopic? Parse(string name, string[] parts) =>
        parts is ["logbook", var programme, var cohort, var person]
        && TextId.TryParse<ProgrammeId>(programme, out var id)
        && TextId.IsValid(cohort)
        && TextId.TryParse<PersonId>(person, out var of)
            ? new(name, id, cohort, of)
            : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfProgrammeAsync(Programme) is { } of ? Access.WatchesLogbook(Person, of) : null;

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        await grains.GetGrain<IProgrammeGrain>(Programme.Value).GetAsync() is { } programme
        && programme.Find(Cohort, Person) is { } application
        && (application.Status == ApplicationStatus.Accepted || programme.Rotations.Any(r => r.Cohort == Cohort && r.Person == Person));

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<ILogbookGrain>($"{Programme}/{Cohort}/{Person}")]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => item);
}

/// <summary>
/// The sessions of a cohort. <c>course/{programme}/{cohort}</c> shows all of them with who was there, and
/// <c>course/{programme}/{cohort}/{person}</c> those of one participant or trainer.
/// </summary>
/// <param name="Person">Null for everybody's sessions.</param>
internal sealed record CourseTopic(string Name, ProgrammeId Programme, string Cohort, PersonId? Person) : ITopic<CourseTopic>
{
    public static string KindName => "course";

    public static CourseTopic? Parse(string name, string[] parts)
    {
        if (parts is not ["course", var programme, var cohort, ..] || parts.Length > 4 || !TextId.IsValid(cohort))
            return null;
        if (!TextId.TryParse<ProgrammeId>(programme, out var id))
            return null;
        if (parts.Length == 3)
            return new(name, id, cohort, null);
        return TextId.TryParse<PersonId>(parts[3], out var person) ? new(name, id, cohort, person) : null;
    }

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfProgrammeAsync(Programme) is { } of ? Access.WatchesCourse(Person, of) : null;

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now)
    {
        if (await grains.GetGrain<IProgrammeGrain>(Programme.Value).GetAsync() is not { } programme || programme.Find(Cohort) is null)
            return false;
        return Person is not { } person
            || programme.Find(Cohort, person)?.Status == ApplicationStatus.Accepted
            || (await grains.GetGrain<ICourseGrain>($"{Programme}/{Cohort}").GetAsync()).Sessions.Values.Any(s =>
                s.Trainers.Contains(person)
            );
    }

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<ICourseGrain>($"{Programme}/{Cohort}")]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new((_, item) => Person is { } person && item is CourseSession session ? session.For(person) : item);
}

/// <summary>A person's own papers and applications.</summary>
internal sealed record DossierTopic(string Name, PersonId Person) : ITopic<DossierTopic>
{
    public static string KindName => "dossier";

    public static DossierTopic? Parse(string name, string[] parts) =>
        parts is ["dossier", var person] && TextId.TryParse<PersonId>(person, out var id) ? new(name, id) : null;

    public ValueTask<WatchRule?> RuleAsync(ThingScopes things) => new(Access.WatchesInbox(Person));

    /// <summary>Always true: every person who is signed in has a dossier, and the rule lets only its owner watch it.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IDossierGrain>(Person.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => item);
}
