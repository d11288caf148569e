using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Ledgers;
using ConsultHub.Rostering;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Scorecards;

namespace ConsultHub.Web.Ledgers;

/// <summary>
/// Reads the cases that a hospital's completed engagements have recorded, from the rosters and nothing else. A week that has not changed is
/// not read again.
/// </summary>
internal sealed class LedgerReader(IGrainFactory grains, RosterBook book)
{
    /// <param name="from">The first day that is needed.</param>
    public async Task<IReadOnlyList<CaseLine>> ReadAsync(Hospital hospital, TimeZoneInfo zone, DateOnly from, DateOnly to)
    {
        List<Task<(Week Week, RosterPage Page)>> reading = [];
        for (var week = Week.Of(from); week.Monday <= to; week = week.Next)
            reading.Add(ReadWeekAsync(hospital.Network, week));
        var homes = (await grains.ListAsync($"{hospital.Network}/consultants"))
            .Select(e => e.Record)
            .OfType<ConsultantProfile>()
            .ToDictionary(c => c.Id, c => c.Home);
        var done = (await Task.WhenAll(reading))
            .SelectMany(w => w.Page.Engagements.Values.Select(e => (w.Week, Engagement: e)))
            .Where(e => e.Engagement is { Status: EngagementStatus.Completed, Work.Procedures.IsEmpty: false })
            .Where(e => e.Engagement.Hospital == hospital.Id)
            // The weeks are not read at one instant. An engagement that moves meanwhile may be in two of them, and counts once.
            .DistinctBy(e => e.Engagement.Id)
            .ToList();
        // Somebody who has left the list of the network still has a partner.
        var others = done.SelectMany(e => e.Engagement.Consultants).Distinct().Where(c => !homes.ContainsKey(c));
        foreach (var other in await Task.WhenAll(others.Select(c => grains.GetGrain<IConsultantGrain>(c.Value).GetAsync())))
            if (other is not null)
                homes[other.Id] = other.Home;
        return
        [
            .. done.SelectMany(e =>
                LedgerRules.LinesOf(
                    e.Engagement,
                    hospital.Id,
                    e.Week,
                    DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(e.Engagement.Start, zone).DateTime),
                    [.. e.Engagement.Consultants.Select(c => homes.GetValueOrDefault(c)).OfType<PartnerId>().Distinct()]
                )
            ),
        ];
    }

    /// <summary>
    /// The lines that scopes of the hospital cover. A scope of a partner covers the work of this partner's consultants, and names no other
    /// partner.
    /// </summary>
    public static IEnumerable<CaseLine> Seen(IEnumerable<CaseLine> lines, ImmutableArray<GrantScope> scopes) =>
        scopes.Any(s => s.Partner is null)
            ? lines
            : lines
                .Select(line => line with { Partners = [.. line.Partners.Where(p => scopes.Any(s => s.Partner == p))] })
                .Where(line => !line.Partners.IsEmpty);

    private async Task<(Week, RosterPage)> ReadWeekAsync(NetworkId network, Week week) => (week, await book.ReadAsync($"{network}/{week}"));
}
