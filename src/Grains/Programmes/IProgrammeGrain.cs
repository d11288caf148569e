using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Live;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Programmes;

/// <summary>
/// An education programme: its entry in the catalogue, its cohorts and requirements, and the applications for its cohorts. Key: the
/// programme.
/// </summary>
[Alias("hub.IProgrammeGrain")]
public interface IProgrammeGrain : IRecordOwner, ILiveAuthority, IStayPlanner, IPurposeOwner
{
    /// <summary>Null if there is no such programme.</summary>
    [Alias("Get")]
    Task<EducationProgramme?> GetAsync();

    /// <summary>The programme as it was at an earlier version. Null if there was none.</summary>
    [Alias("At")]
    Task<EducationProgramme?> AtAsync(long version);

    [Alias("Decide")]
    Task<ProgrammeReply> DecideAsync(Actor actor, ProgrammeCommand command);

    /// <summary>The changes of one application: the newest first, at most 99 of them, and the first one.</summary>
    [Alias("ApplicationHistory")]
    Task<ImmutableArray<ApplicationEntry>> HistoryOfAsync(string cohort, PersonId person);
}

/// <summary>The answer to a command. With a code, nothing was stored.</summary>
/// <param name="Version">The version of the programme after the command.</param>
/// <param name="Place">The JSON path of the fault.</param>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeReply")]
public sealed record ProgrammeReply(
    [property: Id(0)] long Version,
    [property: Id(1), CodesOf<Refusal>] string? Code = null,
    [property: Id(2)] string? Message = null,
    [property: Id(3)] string? Place = null
)
{
    public Refusal? Refusal => Refusal.Of(Code, Message) is { } refusal ? refusal with { Place = Place } : null;
}

/// <summary>A stored change of an application.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">What the person wrote: the application, a reviewer's comment, or the reason for a decision.</param>
[GenerateSerializer, Immutable, Alias("hub.ApplicationEntry")]
public sealed record ApplicationEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] string? Reason,
    [property: Id(4)] Application Application
);
