using ConsultHub.Consultants;
using ConsultHub.Live;
using ConsultHub.Networks;
using ConsultHub.Rostering;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Rostering;

/// <summary>
/// A network's week, such as <c>board/ehs/2026-W48</c>, or only the part of the week that concerns one hospital or one partner.
/// </summary>
internal sealed record BoardTopic(string Name, NetworkId Network, Week Week, HospitalId? Hospital, PartnerId? Partner) : ITopic<BoardTopic>
{
    public static string KindName => "board";

    public static BoardTopic? Parse(string name, string[] parts)
    {
        if (
            parts is not ["board", var network, var week, .. var part]
            || !TextId.TryParse<NetworkId>(network, out var id)
            || !Week.TryParse(week, null, out var iso)
        )
            return null;
        return part switch
        {
            [] => new(name, id, iso, null, null),
            ["hospital", var text] when TextId.TryParse<HospitalId>(text, out var hospital) => new(name, id, iso, hospital, null),
            ["partner", var text] when TextId.TryParse<PartnerId>(text, out var partner) => new(name, id, iso, null, partner),
            _ => null,
        };
    }

    public ValueTask<WatchRule?> RuleAsync(ThingScopes things) => new(Access.WatchesBoard(Network, Hospital, Partner));

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        Week.IsNear(now)
        && (Hospital is not { } hospital || await grains.IsListedAsync($"{Network}/hospitals", hospital.Value))
        && (Partner is not { } partner || await HasPartnerAsync(partner, grains));

    private async Task<bool> HasPartnerAsync(PartnerId partner, IGrainFactory grains) =>
        await grains.IsListedAsync("hub/networks", Network.Value)
        && (await grains.GetGrain<INetworkGrain>(Network.Value).GetAsync())?.Partners.Any(p => p.Id == partner) == true;

    /// <summary>The roster of the week and of the week before, because an engagement of Sunday night may last into Monday.</summary>
    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new(Week > new Week(Week.FirstYear, 1) ? [RosterOf(Week, grains), RosterOf(Week.Previous, grains)] : [RosterOf(Week, grains)]);

    private IRosterGrain RosterOf(Week week, IGrainFactory grains) => grains.GetGrain<IRosterGrain>($"{Network}/{week}");

    public async ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains)
    {
        var isPart = await PartAsync(grains);
        var network = await grains.GetGrain<INetworkGrain>(Network.Value).GetAsync();
        var begins = Week.StartIn(TimeZoneInfo.FindSystemTimeZoneById(network?.TimeZone ?? "UTC"));
        return (source, item) => isPart(item) && (source == 0 || item is Engagement engagement && engagement.End > begins) ? item : null;
    }

    private async Task<Func<TopicItem, bool>> PartAsync(IGrainFactory grains)
    {
        if (Hospital is { } hospital)
            return item =>
                item switch
                {
                    Engagement e => e.Hospital == hospital,
                    Activity a => a.Hospital == hospital,
                    _ => true,
                };
        if (Partner is not { } partner)
            return _ => true;
        var ids = await grains.ListAsync($"{Network}/consultants");
        var people = (await Task.WhenAll(ids.Select(c => grains.GetGrain<IConsultantGrain>(c.Id).GetAsync())))
            .Where(c => c?.Home == partner)
            .Select(c => c!.Id)
            .ToHashSet();
        return item =>
            item switch
            {
                Engagement e => e.Consultants.Any(people.Contains) || (e.Proposal is { } p && people.Contains(p.Candidate)),
                Activity a => a.ConsultantsBefore.Any(people.Contains) || a.ConsultantsAfter.Any(people.Contains),
                _ => true,
            };
    }
}
