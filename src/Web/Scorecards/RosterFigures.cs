using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// The figures of rosters and of consultants' visits. Rosters and consultants are asked in parallel. An engagement belongs to the partners
/// from which its consultants come.
/// </summary>
internal sealed class RosterFigures(IGrainFactory grains, RosterBook book) : IFigureSource
{
    /// <summary>A stay may end after the period. Engagements up to this many days later are read for it.</summary>
    private const int MostDaysAfter = 92;

    public ImmutableArray<Figure> Figures { get; } =
    [
        Figure.Visits,
        Figure.ClinicalVisits,
        Figure.Consultations,
        Figure.Evaluations,
        Figure.FollowUps,
        Figure.Operations,
        Figure.SecondOpinions,
        Figure.Lectures,
        Figure.ConferenceSessions,
        Figure.ClinicalTeaching,
        Figure.Workshops,
        Figure.Taught,
        Figure.LectureAttendances,
    ];

    public async Task<FigureReading> ReadAsync(FigureQuestion question)
    {
        var consultants = await ReadConsultantsAsync(question, await ListedAsync(question));
        var stays = consultants
            .Values.SelectMany(c => c.Visits.Where(v => v.Network == question.Network).Select(Visit => (Consultant: c, Visit)))
            .Select(s => (s.Consultant, s.Visit, Day: question.DayOf(s.Visit.Arrival)))
            .Where(s => question.Covers(s.Day))
            .ToList();
        var last = stays.Select(s => question.DayOf(s.Visit.Departure)).Append(question.To).Max();
        var weeks = await ReadWeeksAsync(question, Earlier(last, question.To.AddDays(MostDaysAfter)));
        if (question.AsOf is null)
        {
            var others = weeks.SelectMany(w => w.Engagements).SelectMany(e => e.Consultants).ToHashSet();
            others.ExceptWith(consultants.Keys);
            foreach (var (id, consultant) in await ReadConsultantsAsync(question, others))
                consultants[id] = consultant;
        }
        List<FigureRow> rows = [];
        var visiting = stays.Select(s => s.Consultant.Id).ToHashSet();
        Dictionary<PersonId, List<Engagement>> ofVisitors = [];
        // The weeks are not read at one instant. An engagement that moves meanwhile may be in two of them, and counts once.
        var once = weeks.Reverse().SelectMany(w => w.Engagements.Select(e => (w.Week, Engagement: e))).DistinctBy(e => e.Engagement.Id);
        foreach (var (week, engagement) in once.Reverse())
        {
            foreach (var person in engagement.Consultants)
                if (visiting.Contains(person))
                    (ofVisitors.TryGetValue(person, out var known) ? known : ofVisitors[person] = []).Add(engagement);
            if (question.DayOf(engagement.Start) is var day && question.Covers(day))
                EngagementFigures.AddRows(rows, engagement, week, day, PartnersOf(engagement, consultants));
        }
        foreach (var (consultant, visit, day) in stays)
            rows.AddRange(VisitFigures.RowsOf(consultant, visit, day, ofVisitors.GetValueOrDefault(consultant.Id, [])));
        return new(
            rows,
            [
                .. weeks.Select(w => new ReadPosition($"roster {question.Network}/{w.Week}", w.Version)).Where(p => p.Version > 0),
                .. consultants.Values.Select(c => new ReadPosition($"consultant {c.Id}", c.Version)),
            ]
        );
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    /// <summary>The consultants of the network, or those that were read for a report.</summary>
    private async Task<IEnumerable<PersonId>> ListedAsync(FigureQuestion question) =>
        (
            question.AsOf is null
                ? (await grains.ListAsync($"{question.Network}/consultants")).Select(e => e.Id)
                : question.Read("consultant ")
        ).Select(id => new PersonId(id));

    private async Task<Dictionary<PersonId, Consultant>> ReadConsultantsAsync(FigureQuestion question, IEnumerable<PersonId> people)
    {
        var found = await Task.WhenAll(
            people.Select(person =>
            {
                var grain = grains.GetGrain<IConsultantGrain>(person.Value);
                return question.AsOf is { } asOf ? grain.AtAsync(asOf[$"consultant {person}"]) : grain.GetAsync();
            })
        );
        return found.OfType<Consultant>().ToDictionary(c => c.Id);
    }

    private async Task<IReadOnlyList<(Week Week, long Version, IEnumerable<Engagement> Engagements)>> ReadWeeksAsync(
        FigureQuestion question,
        DateOnly last
    )
    {
        List<Task<(Week, long, IEnumerable<Engagement>)>> reading = [];
        for (var week = Week.Of(question.From); week.Monday <= last; week = week.Next)
            reading.Add(ReadWeekAsync(question, week));
        return await Task.WhenAll(reading);
    }

    private async Task<(Week, long, IEnumerable<Engagement>)> ReadWeekAsync(FigureQuestion question, Week week)
    {
        var key = $"{question.Network}/{week}";
        if (question.AsOf is { } asOf)
            return asOf.TryGetValue($"roster {key}", out var version)
                ? (week, version, await book.ReadAtAsync(key, version))
                : (week, 0, []);
        var page = await book.ReadAsync(key);
        return (week, page.Position.Version, page.Engagements.Values);
    }

    private static ImmutableArray<PartnerId> PartnersOf(Engagement engagement, Dictionary<PersonId, Consultant> consultants)
    {
        ImmutableArray<PartnerId> partners = [];
        foreach (var person in engagement.Consultants)
            if (consultants.GetValueOrDefault(person)?.Home is { } home && !partners.Contains(home))
                partners = partners.Add(home);
        return partners;
    }
}
