using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Research;
using ConsultHub.Rostering;
using Orleans.Concurrency;

namespace ConsultHub.Feeds;

/// <summary>
/// Stores the hash of one person's link, and the sequence numbers of the feed's entries. Each time the feed is read, the grain reads the
/// content of the entries from the authorities that own this content.
/// </summary>
[Reentrant, GrainType("feed")]
internal sealed class FeedGrain(AuthorityServices services) : AuthorityGrain<FeedState, FeedEvent>("feed", services), IFeedGrain
{
    /// <summary>How many weeks of the itinerary are included before and after the current week.</summary>
    private const int WeeksBack = 4,
        WeeksAhead = 12;

    private PersonId Person => new(this.GetPrimaryKeyString());

    public Task<bool> HasLinkAsync() => Task.FromResult(Stored.KnownHash is not null);

    public async Task<string> RenewAsync(Actor actor, NetworkId network)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await CommitAsync(new(actor, Guid.NewGuid(), [new FeedLinkSet(null, network, FeedRules.HashOf(token))]));
        return token;
    }

    public async Task RevokeAsync(Actor actor)
    {
        if (Head.KnownHash is not null)
            await CommitAsync(new(actor, Guid.NewGuid(), [new FeedLinkSet(null, null, null)]));
        else
            await WhenAllStoredAsync();
    }

    public async Task<ImmutableArray<FeedEntry>?> ReadAsync(string token, string language)
    {
        if (
            Stored is not { KnownHash: { } known, Network: { } network }
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(FeedRules.HashOf(token)))
        )
            return null;
        var read = await Task.WhenAll(SessionsAsync(network), EngagementsAsync(language), CoursesAsync(language), MeetingsAsync(language));
        var (entries, change) = FeedRules.Number(Head.Marks, FeedRules.Distinct(read.SelectMany(e => e)), Clock.GetUtcNow());
        if (change is not null)
            await CommitAsync(new(Actor.System, Guid.NewGuid(), [change]));
        return entries;
    }

    /// <summary>
    /// Returns entries for the sessions that the person has marked or has a place in, from all conferences of the network. Sessions without
    /// a time are left out.
    /// </summary>
    private async Task<List<FeedEntry>> SessionsAsync(NetworkId network)
    {
        var listed = await GrainFactory.GetGrain<IDirectoryGrain>($"{network}/conferences").ListAsync();
        var read = await Task.WhenAll(
            listed.Select(async conference =>
            {
                var audience = GrainFactory.GetGrain<IAudienceGrain>(conference.Id);
                var mine = (await audience.FavouritesAsync(Person)).ToHashSet();
                mine.UnionWith((await audience.MineAsync(Person)).Where(p => p.Registered).Select(p => p.Session));
                if (mine.Count == 0)
                    return [];
                var programme = await GrainFactory.GetGrain<IConferenceGrain>(conference.Id).ReadAsync();
                return programme is null
                    ? []
                    : programme
                        .Sessions.Where(s => mine.Contains(s.Id))
                        .Select(s => FeedRules.Of(programme.Conference, s))
                        .OfType<FeedEntry>()
                        .ToList();
            })
        );
        return [.. read.SelectMany(e => e)];
    }

    private async Task<List<FeedEntry>> EngagementsAsync(string language)
    {
        var networks = await GrainFactory.GetGrain<IDirectoryGrain>("hub/networks").ListAsync();
        var read = await Task.WhenAll(
            networks.Select(async listed =>
            {
                if (await GrainFactory.GetGrain<INetworkGrain>(listed.Id).GetAsync() is not { } network)
                    return [];
                var monday = Week.Of(Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone)).Monday;
                var weeks = Enumerable.Range(-WeeksBack, WeeksBack + WeeksAhead + 1).Select(w => Week.Of(monday.AddDays(7 * w)));
                return (
                    await Task.WhenAll(
                        weeks.Select(async week =>
                            (await GrainFactory.GetGrain<IRosterGrain>($"{network.Id}/{week}").OfPersonAsync(Person)).Select(engagement =>
                                (network.Id, Week: week, Engagement: engagement)
                            )
                        )
                    )
                )
                    .SelectMany(d => d)
                    .ToList();
            })
        );
        var engagements = read.SelectMany(d => d).ToList();
        var hospitals = await HospitalsAsync(engagements.Select(d => d.Engagement.Hospital));
        return [.. engagements.Select(d => FeedRules.Of(d.Id, d.Week, d.Engagement, hospitals[d.Engagement.Hospital], Person, language))];
    }

    /// <summary>Returns entries for the sessions of the cohorts in which the person has a place.</summary>
    private async Task<List<FeedEntry>> CoursesAsync(string language)
    {
        var dossier = await GrainFactory.GetGrain<IDossierGrain>(Person.Value).GetAsync();
        var read = await Task.WhenAll(
            dossier
                .Applications.Where(a => a.Status == ApplicationStatus.Accepted)
                .Select(async member =>
                    (await GrainFactory.GetGrain<ICourseGrain>($"{member.Programme}/{member.Cohort}").GetAsync())
                        .Sessions.Values.Where(s => !s.IsGone && s.IsFor(Person) && !s.Trainers.Contains(Person) && IsNear(s.Start))
                        .Select(session => (Member: member, Session: session))
                )
        );
        var sessions = read.SelectMany(s => s).ToList();
        var hospitals = await HospitalsAsync(sessions.Select(s => s.Session.Hospital));
        return [.. sessions.Select(s => FeedRules.Of(s.Member, s.Session, hospitals[s.Session.Hospital], language))];
    }

    /// <summary>Returns entries for the meetings of the initiatives that the person leads.</summary>
    private async Task<List<FeedEntry>> MeetingsAsync(string language)
    {
        var networks = await GrainFactory.GetGrain<IDirectoryGrain>("hub/networks").ListAsync();
        var led = await Task.WhenAll(networks.Select(n => GrainFactory.GetGrain<IResearchGrain>(n.Id).LedByAsync(Person)));
        var initiatives = await Task.WhenAll(
            led.SelectMany(ids => ids.AsEnumerable()).Select(id => GrainFactory.GetGrain<IInitiativeGrain>(id.Value).GetAsync())
        );
        var meetings = initiatives
            .OfType<Initiative>()
            .Where(initiative => initiative.Leads.Contains(Person))
            .SelectMany(i =>
                i.Meetings.Where(m => !m.IsGone && !m.Consultants.Contains(Person) && IsNear(m.Start)).Select(m => (i.Profile, Meeting: m))
            )
            .ToList();
        var hospitals = await HospitalsAsync(meetings.Select(m => m.Meeting.Hospital));
        return [.. meetings.Select(m => FeedRules.Of(m.Profile, m.Meeting, hospitals[m.Meeting.Hospital], language))];
    }

    private bool IsNear(DateTimeOffset start) =>
        start - Clock.GetUtcNow() is var ahead && ahead > TimeSpan.FromDays(-7 * WeeksBack) && ahead < TimeSpan.FromDays(7 * WeeksAhead);

    private async Task<Dictionary<HospitalId, Hospital?>> HospitalsAsync(IEnumerable<HospitalId> ids)
    {
        var read = await Task.WhenAll(
            ids.Distinct().Select(async id => (id, Hospital: await GrainFactory.GetGrain<IHospitalGrain>(id.Value).GetAsync()))
        );
        return read.ToDictionary(h => h.id, h => h.Hospital);
    }
}
