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
/// One programme. <c>programme/{id}</c> shows what the catalogue shows, and <c>programme/{id}/applications</c> also the applications,
/// without the verdicts of reviewers.
/// </summary>
internal sealed record ProgrammeTopic(string Name, ProgrammeId Programme, bool Applications) : ITopic<ProgrammeTopic>
{
    public static string KindName => "programme";

    public static ProgrammeTopic? Parse(string name, string[] parts) =>
        parts is ["programme", _] or ["programme", _, "applications"] && TextId.TryParse<ProgrammeId>(parts[1], out var id)
            ? new(name, id, parts.Length == 3)
            : null;

    public async ValueTask<WatchRule?> RuleAsync(ThingScopes things) =>
        await things.OfProgrammeAsync(Programme) is { } of ? Access.WatchesProgramme(Programme, of, Applications) : null;

    /// <summary>Always true: the rule has found the programme.</summary>
    public ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) => new(true);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IProgrammeGrain>(Programme.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new((_, item) => Applications || item is ProgrammeSummary ? item : null);
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
