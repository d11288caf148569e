using ConsultHub.Research;

namespace ConsultHub.Scorecards;

/// <summary>
/// What an initiative adds to the figures. <see cref="Figure.JointInitiatives"/> and <see cref="Figure.Publications"/> have the rules.
/// Pure.
/// </summary>
public static class InitiativeFigures
{
    /// <param name="entered">The day on which the initiative was entered, in the network's time zone.</param>
    /// <param name="today">The day of the reading.</param>
    public static IEnumerable<FigureRow> RowsOf(Initiative initiative, DateOnly entered, DateOnly today)
    {
        var profile = initiative.Profile;
        var place = new RowPlace(entered, profile.Sites, profile.Specialty, profile.Partner is { } partner ? [partner] : []);
        return
        [
            .. place.Rows(
                Figure.JointInitiatives,
                new("initiative", profile.Id.Value, profile.Title.En, Name: profile.Title),
                1,
                profile.Stage is InitiativeStage.Published or InitiativeStage.Closed ? 1 : 0
            ),
            // A DOI counts once in an initiative, on its first day.
            .. from output in initiative
                .Outputs.Where(o => o is { Doi: not null, Date: not null })
                .OrderBy(o => o.Date)
                .DistinctBy(o => o.Doi)
            from row in (place with { Day = output.Date!.Value }).Rows(
                Figure.Publications,
                new("output", $"{profile.Id}/{output.Id}", output.Title),
                1,
                output.Date <= today ? 1 : 0
            )
            select row,
        ];
    }
}
