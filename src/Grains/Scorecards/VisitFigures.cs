using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Rostering;

namespace ConsultHub.Scorecards;

/// <summary>What the stay of a consultant adds to the figures. <see cref="Figure.Visits"/> has the rule. Pure.</summary>
public static class VisitFigures
{
    /// <param name="day">The day of the arrival in the network's time zone.</param>
    /// <param name="engagements">The engagements of the consultant in the network. Those outside the stay are left out.</param>
    public static IEnumerable<FigureRow> RowsOf(Consultant consultant, Visit visit, DateOnly day, IEnumerable<Engagement> engagements)
    {
        var thing = new FigureThing("visit", visit.Id.Value, "", Person: consultant.Id);
        ImmutableArray<PartnerId> partners = consultant.Home is { } home ? [home] : [];
        var places = engagements
            .Where(e => e.TakesTime && visit.Arrival <= e.Start && e.Start < visit.Departure)
            .GroupBy(e => ((HospitalId?)e.Hospital, (string?)e.Specialty), e => e.Status == EngagementStatus.Completed)
            .Select(place => (Place: place.Key, Done: place.Any(done => done)))
            .DefaultIfEmpty();
        return places.Select(p => new FigureRow(Figure.Visits, thing, day, p.Place.Item1, p.Place.Item2, partners, 1, p.Done ? 1 : 0));
    }
}
