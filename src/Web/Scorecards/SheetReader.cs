using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Scorecards;

/// <summary>Makes the sheets from the same readings as the scorecard. Nothing of them is stored.</summary>
internal sealed class SheetReader(
    IGrainFactory grains,
    ScorecardReader reader,
    RosterBook rosters,
    CohortBook cohorts,
    InitiativeBook initiatives
)
{
    /// <summary>The greatest number of lines in a list of a sheet. The number beside the list counts all.</summary>
    public const int MostLines = 200,
        MostPeople = 1_000;

    /// <summary>Engagements without a consultant are looked for on so many days from today on.</summary>
    private const int DaysAhead = 90;

    private static readonly ImmutableArray<Figure> Services = GroupOf("services"),
        Teaching = GroupOf("teaching"),
        Education = [Figure.Taught, Figure.Electives, Figure.TrainedPeople];

    /// <param name="question">Its scopes are not limited to a partner.</param>
    public async Task<HostSheet> HostAsync(NetworkId network, ReportQuestion question)
    {
        var reading = await reader.ReadAsync(network, question, only: [.. Services, .. Education]);
        var scores = reading.Scores;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(question.Zone);
        bool Shown(HospitalId hospital) =>
            (question.Filter.Hospital is not { } only || only == hospital)
            && question.Scopes.Any(s => s.Hospitals.IsEmpty || s.Hospitals.Contains(hospital));
        var today = LocalDay.Of(reading.At, zone);
        var unstaffed = await UnstaffedAsync(network, question, zone, today, Shown);
        var waiting = await WaitingAsync(network, question, today, Shown);
        return new(
            question.From,
            question.To,
            question.Zone,
            reading.At,
            question.Scopes.Any(s => s.Hospitals.IsEmpty) ? [] : [.. question.Scopes.SelectMany(s => s.Hospitals).Distinct()],
            [
                .. scores
                    .Where(s => Services.Contains(s.Figure))
                    .SelectMany(s => s.Specialties.Select(part => (part.Id, Total: new FigureTotal(s.Figure, part.Score))))
                    .GroupBy(s => s.Id, s => s.Total)
                    .OrderBy(s => s.Key, StringComparer.Ordinal)
                    .Select(s => new SpecialtyServices(s.Key, [.. s])),
            ],
            unstaffed.Count,
            [.. unstaffed.Take(MostLines)],
            waiting.Sum(w => w.People),
            [.. waiting.Take(MostLines)],
            [.. scores.Where(s => Education.Contains(s.Figure)).Select(s => new FigureTotal(s.Figure, s.Total))]
        );
    }

    /// <param name="scopes">The parts of the network in which the viewer sees all of the partner.</param>
    /// <param name="named">Whether the sheet says the days of each consultant, or only those of all together.</param>
    public async Task<PartnerSheet> PartnerAsync(
        NetworkId network,
        ReportQuestion question,
        PartnerId partner,
        ImmutableArray<GrantScope> scopes,
        bool named
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(question.Zone);
        var ofPartner = question with { Filter = new(Partner: partner), Scopes = scopes };
        var reading = await reader.ReadAsync(network, ofPartner, only: [.. Teaching, Figure.Publications]);
        var listed = await grains.ListAsync($"{network}/consultants");
        var consultants = await Task.WhenAll(listed.Select(c => grains.GetGrain<IConsultantGrain>(c.Id).GetAsync()));
        List<PersonDays> days =
        [
            .. from consultant in consultants
            where consultant?.Home == partner
            let counted = DaysAbroad.Of(consultant.Visits, network, zone, question.From, question.To)
            where counted != default
            orderby counted.OnSite + counted.Remote descending, consultant.Id.Value
            select new PersonDays(consultant.Id, consultant.Name, counted.OnSite, counted.Remote),
        ];
        var ids = (await grains.ListAsync($"{network}/initiatives")).Select(e => e.Id);
        var pages = await Task.WhenAll(ids.Select(initiatives.ReadAsync));
        var scores = reading.Scores;
        return new(
            question.From,
            question.To,
            question.Zone,
            reading.At,
            partner,
            named ? [.. days.Take(MostPeople)] : [],
            days.Sum(d => d.OnSite),
            days.Sum(d => d.Remote),
            [.. scores.Where(s => Teaching.Contains(s.Figure)).Select(s => new FigureTotal(s.Figure, s.Total))],
            [
                .. from page in pages
                where page.Initiative?.Profile is { } profile && profile.Network == network && profile.Partner == partner
                where LocalDay.Of(page.Entered, zone) <= question.To
                group page by page.Initiative!.Profile.Stage into stage
                orderby stage.Key
                select new StageCount(stage.Key, stage.Count()),
            ],
            scores.Single(s => s.Figure == Figure.Publications).Total
        );
    }

    /// <summary>The engagements from today on that need a consultant and have none, by day. The period does not matter.</summary>
    private async Task<List<UnstaffedWork>> UnstaffedAsync(
        NetworkId network,
        ReportQuestion question,
        TimeZoneInfo zone,
        DateOnly today,
        Func<HospitalId, bool> shown
    )
    {
        var last = today.AddDays(DaysAhead);
        List<Task<(Week Week, RosterPage Page)>> reading = [];
        for (var week = Week.Of(today); week.Monday <= last; week = week.Next)
            reading.Add(ReadAsync(week));
        var found =
            from read in await Task.WhenAll(reading)
            from engagement in read.Page.Engagements.Values
            where engagement.Attention.Contains(AttentionReason.NoConsultant) && engagement.TakesTime
            where shown(engagement.Hospital) && (question.Filter.Specialty is not { } only || engagement.Specialty == only)
            let day = LocalDay.Of(engagement.Start, zone)
            where today <= day && day <= last
            orderby day, engagement.Id.Value
            select new UnstaffedWork(
                new("engagement", engagement.Id.Value, engagement.Title, read.Week),
                day,
                engagement.Hospital,
                engagement.Specialty
            );
        // The weeks are not read at one instant. An engagement that moves meanwhile may be in two of them.
        return [.. found.DistinctBy(work => work.Thing.Id)];

        async Task<(Week, RosterPage)> ReadAsync(Week week) => (week, await rosters.ReadAsync($"{network}/{week}"));
    }

    /// <summary>The cohorts that have not begun and for which people wait, by their first day. The period does not matter.</summary>
    private async Task<List<WaitingCohort>> WaitingAsync(
        NetworkId network,
        ReportQuestion question,
        DateOnly today,
        Func<HospitalId, bool> shown
    )
    {
        var ids = (await grains.ListAsync($"{network}/programmes")).Select(e => e.Id);
        var everywhere = question.Filter.Hospital is null && question.Scopes.Any(s => s.Hospitals.IsEmpty);
        return
        [
            .. from page in await Task.WhenAll(ids.Select(cohorts.ReadAsync))
            where page.Profile is { } of && of.Network == network && (everywhere || of.Hospitals.Any(shown))
            where question.Filter.Specialty is not { } only || page.Profile!.Specialty == only
            from cohort in page.Cohorts
            where cohort.From > today
            let people = page.WaitingFor(cohort.Id)
            where people > 0
            orderby cohort.From, page.Profile!.Id.Value, cohort.Id
            select new WaitingCohort(CohortFigures.ThingOf(page.Profile!, cohort), cohort.From, people),
        ];
    }

    private static ImmutableArray<Figure> GroupOf(string id) => FigureTexts.Groups.Single(g => g.Id == id).Figures;
}
