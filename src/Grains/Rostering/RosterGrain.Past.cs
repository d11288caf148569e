using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Reads the week as it was at an earlier version.</summary>
internal sealed partial class RosterGrain
{
    public async Task<ImmutableArray<Engagement>> AtAsync(long version)
    {
        await CatchUpAsync(); // the week may have been archived or brought back
        var engagements = Stored.Engagements.ToDictionary(e => e.Key, e => e.Value.ForOthers());
        if (version < StoredVersion)
            await foreach (var (entry, _) in HistoryAsync(null, StoredVersion + 1))
            {
                if (entry.Version <= version)
                    break;
                foreach (var happened in entry.Events.Reverse())
                    if (happened is EngagementChanged change)
                        RosterPast.TakeBack(engagements, RosterPast.StepOf(change, entry.Version));
                    else if (happened is WeekArchived { Steps: { IsDefault: false } steps })
                        foreach (var step in steps.Where(s => s.Version > version))
                            RosterPast.TakeBack(engagements, step);
            }
        return [.. engagements.Values];
    }
}
