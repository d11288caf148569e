using ConsultHub.Programmes;

namespace ConsultHub.Web.Programmes;

/// <summary>A request about a cohort of a programme.</summary>
internal sealed record CohortRequest(ProgrammeId Programme, string Cohort, HttpContext Http, IGrainFactory Grains, ProgrammeBook Book)
{
    public Viewer Viewer { get; } = Viewer.Of(Http);

    /// <summary>The programme's entry in the catalogue. Null if there is no such programme.</summary>
    public ValueTask<ProgrammeProfile?> ProfileAsync() => Book.FindAsync(Programme.Value);

    /// <summary>The programme. Null if it has no such cohort, so that no grain wakes up for an invented one.</summary>
    public async Task<EducationProgramme?> WholeAsync() =>
        await Grains.GetGrain<IProgrammeGrain>(Programme.Value).GetAsync() is { } whole && whole.Find(Cohort) is not null ? whole : null;

    public ICourseGrain Course => Grains.GetGrain<ICourseGrain>($"{Programme}/{Cohort}");

    public ILogbookGrain LogbookOf(PersonId person) => Grains.GetGrain<ILogbookGrain>($"{Programme}/{Cohort}/{person}");
}
