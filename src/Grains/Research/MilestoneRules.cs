using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Research;

/// <summary>The rules about the order of milestones. Pure.</summary>
internal static class MilestoneRules
{
    public static IEnumerable<RecordFault> FaultsOf(ImmutableArray<Milestone> milestones)
    {
        var known = milestones.DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        var circles = OnCircles(milestones, known);
        foreach (var milestone in milestones)
        {
            if (milestone.After.FirstOrDefault(id => !known.ContainsKey(id)) is { } missing)
                yield return ResearchRules.Fault(milestone, RecordCodes.UnknownReference, "after", $"There is no milestone {missing}.");
            if (circles.Contains(milestone.Id))
                yield return ResearchRules.Fault(milestone, ResearchCodes.Circle, "after");
            var before = milestone.After.Where(known.ContainsKey).Select(id => known[id]).ToList();
            if (milestone.Done is { } done && before.Any(b => b.Done is null || b.Done > done))
                yield return ResearchRules.Fault(milestone, ResearchCodes.DoneTooEarly, "done");
            if (before.Any(b => b.Due > milestone.Due))
                yield return ResearchRules.Fault(milestone, ResearchCodes.DueTooEarly, "due");
        }
    }

    /// <summary>
    /// The milestones that come before themselves: those that are left when all others are taken away one after the other.
    /// </summary>
    private static HashSet<string> OnCircles(ImmutableArray<Milestone> milestones, Dictionary<string, Milestone> known)
    {
        var left = milestones.Select(m => m.Id).ToHashSet();
        // First those without anything before them, then those without anything after them.
        Take(id => known[id].After.Any(left.Contains));
        Take(id => left.Any(other => known[other].After.Contains(id)));
        return left;

        void Take(Func<string, bool> stays)
        {
            while (left.Where(id => !stays(id)).ToList() is { Count: > 0 } gone)
                left.ExceptWith(gone);
        }
    }
}
