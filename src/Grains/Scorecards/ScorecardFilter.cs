using System.Collections.Immutable;
using ConsultHub.Accounts;

namespace ConsultHub.Scorecards;

/// <summary>What part of the figures is shown. Null stands for everything.</summary>
[GenerateSerializer, Immutable, Alias("hub.ScorecardFilter")]
public sealed record ScorecardFilter(
    [property: Id(0)] HospitalId? Hospital = null,
    [property: Id(1)] string? Specialty = null,
    [property: Id(2)] PartnerId? Partner = null
);

/// <summary>Leaves out rows, and parts of rows, that are outside a filter or that a person may not see. Pure.</summary>
public static class ScorecardRules
{
    /// <param name="scopes">The parts of the network that the person may see. A row is shown if one of them covers it.</param>
    public static IEnumerable<FigureRow> Shown(IEnumerable<FigureRow> rows, ScorecardFilter filter, ImmutableArray<GrantScope> scopes) =>
        rows.Where(row =>
                (filter.Hospital is null || row.Hospital == filter.Hospital)
                && (filter.Specialty is null || row.Specialty == filter.Specialty)
                && (filter.Partner is not { } partner || row.Partners.Contains(partner))
            )
            .Select(row => Narrowed(row, scopes))
            .OfType<FigureRow>()
            .Where(row => filter.Partner is not { } partner || row.Partners.Contains(partner))
            .Select(row => filter.Partner is { } only && row.Partners.Length > 1 ? row with { Partners = [only] } : row);

    /// <summary>The row without the partners that no scope covers. Null if no scope covers the row.</summary>
    private static FigureRow? Narrowed(FigureRow row, ImmutableArray<GrantScope> scopes)
    {
        ImmutableArray<PartnerId> seen = [];
        foreach (var scope in scopes)
            if (scope.Hospitals.IsEmpty || (row.Hospital is { } hospital && scope.Hospitals.Contains(hospital)))
            {
                if (scope.Partner is not { } partner)
                    return row;
                if (row.Partners.Contains(partner) && !seen.Contains(partner))
                    seen = seen.Add(partner);
            }
        return seen.IsEmpty ? null
            : seen.Length == row.Partners.Length ? row
            : row with { Partners = seen };
    }

    /// <summary>Whether somebody who sees some scopes may read what was made for another scope.</summary>
    public static bool Covers(ImmutableArray<GrantScope> seen, GrantScope other) =>
        seen.Any(scope =>
            (scope.Hospitals.IsEmpty || (!other.Hospitals.IsEmpty && other.Hospitals.All(h => scope.Hospitals.Contains(h))))
            && (scope.Partner is null || scope.Partner == other.Partner)
        );
}
