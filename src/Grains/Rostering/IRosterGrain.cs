using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Rostering;

/// <summary>All engagements of one network that start in one ISO week; the only writer of them. Key: <c>ehs/2026-W48</c>.</summary>
[Alias("hub.IRosterGrain")]
public interface IRosterGrain : ILiveAuthority
{
    /// <summary>Decides a command and answers once the decision is stored. One beyond <see cref="CommandLimits"/> is refused before
    /// anything is read.</summary>
    [Alias("Decide")]
    Task<RosterReply> DecideAsync(Actor actor, RosterCommand command);

    /// <summary>Decides the commands together, all or nothing, as one version each but one stored row: at most
    /// <see cref="CommandLimits.MostCommands"/>.</summary>
    [Alias("DecideAll")]
    Task<ImmutableArray<RosterReply>> DecideAllAsync(Actor actor, ImmutableArray<RosterCommand> commands);

    /// <summary>What a command would lead to, without deciding it: refusals and warnings before the drop.</summary>
    [Alias("Check")]
    Task<RosterCheck> CheckAsync(Actor actor, RosterCommand command);

    /// <summary>Who could take an engagement, best first, each with the reasons. Null where the engagement is unknown.</summary>
    [Alias("Candidates")]
    Task<ImmutableArray<Candidate>?> CandidatesAsync(EngagementId engagement);

    [Alias("Get")]
    Task<Engagement?> GetAsync(EngagementId engagement);

    /// <summary>What a person does or is asked to do, called-off engagements included.</summary>
    [Alias("OfPerson")]
    Task<ImmutableArray<Engagement>> OfPersonAsync(PersonId person);

    /// <summary>What is taken of anybody's time between two instants: a neighbouring week looks at its edges.</summary>
    [Alias("Edges")]
    Task<ImmutableArray<PersonSlot>> EdgesAsync(DateTimeOffset from, DateTimeOffset to);

    /// <summary>Takes time for an engagement that starts in the week before and reaches into this one, until it is confirmed by message or
    /// lapses.</summary>
    /// <param name="tryOnly">Only says what is in the way.</param>
    /// <returns>What takes the time already; empty where it is held.</returns>
    [Alias("Hold")]
    Task<ImmutableArray<Finding>> HoldAsync(Engagement engagement, bool tryOnly = false);

    /// <summary>The history of a subject, newest first, read back along the chain of rows.</summary>
    /// <param name="before">Only entries below this version; null starts at the newest.</param>
    /// <remarks>Of an archived week there is none until it is brought back: see <see cref="IsArchivedAsync"/>.</remarks>
    /// <param name="take">1 to 200. There may be more: a decision that changed many engagements at once is never cut in two.</param>
    [Alias("History")]
    Task<ImmutableArray<HistoryEntry>> HistoryAsync(HistorySubject subject, string? id, long? before, int take);

    /// <summary>Whether the week's history lies in an archive's file; its engagements are still shown as they ended.</summary>
    [Alias("IsArchived")]
    Task<bool> IsArchivedAsync();
}

[GenerateSerializer, Immutable, Alias("hub.PersonSlot")]
public readonly record struct PersonSlot([property: Id(0)] PersonId Person, [property: Id(1)] Slot Slot);

/// <summary>Whose history is read. A week needs no id.</summary>
public enum HistorySubject
{
    Week,
    Engagement,
    Consultant,
    Room,
    Hospital,
}

/// <summary>An answer to a command.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterReply")]
public abstract record RosterReply;

/// <summary>Decided and stored.</summary>
/// <param name="Engagement">As the decision left it. A repeat of an old command returns it as it is now.</param>
/// <param name="Version">The roster's version of the decision.</param>
/// <param name="Warnings">What was allowed with the reason given.</param>
[GenerateSerializer, Immutable, Alias("hub.Accepted")]
public sealed record Decided(
    [property: Id(0)] Engagement Engagement,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableArray<Finding> Warnings
) : RosterReply;

/// <summary>Not decided; nothing was stored.</summary>
/// <param name="Findings">At least one; those with <see cref="Finding.Overridable"/> pass with a reason.</param>
/// <param name="Current">The engagement as it is now, where there is one.</param>
[GenerateSerializer, Immutable, Alias("hub.Refused")]
public sealed record Refused([property: Id(0)] ImmutableArray<Finding> Findings, [property: Id(1)] Engagement? Current) : RosterReply;

/// <summary>One thing that stands against a command.</summary>
/// <param name="Code">Stable, such as <c>roster.consultant-overlap</c>; the client has its sentence in every language.</param>
/// <param name="Message">An English sentence for logs and scripts.</param>
/// <param name="Overridable">A warning: allowed with a written reason.</param>
/// <param name="ConflictsWith">The engagement in the way.</param>
/// <param name="Person">The consultant concerned.</param>
[GenerateSerializer, Immutable, Alias("hub.Finding")]
public sealed record Finding(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] bool Overridable = false,
    [property: Id(3)] EngagementId? ConflictsWith = null,
    [property: Id(4)] PersonId? Person = null
);

/// <summary>What stands against a command that was only tried.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterCheck")]
public sealed record RosterCheck([property: Id(0)] bool Allowed, [property: Id(1)] ImmutableArray<Finding> Findings);

/// <summary>Somebody who could take an engagement.</summary>
/// <param name="Score">0 to 100, higher is better.</param>
/// <param name="Available">False where a refusal stands against it; shown all the same, with the reason.</param>
/// <param name="Reasons">Codes such as <c>candidate.free</c>, <c>candidate.credentialed</c>, <c>candidate.in-visit</c>,
/// <c>candidate.same-hospital</c>, <c>candidate.travel</c>, <c>candidate.rested</c>, <c>candidate.language</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.Candidate")]
public sealed record Candidate(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] int Score,
    [property: Id(2)] bool Available,
    [property: Id(3)] ImmutableArray<CandidateReason> Reasons
);

/// <param name="Good">Speaks for the candidate.</param>
/// <param name="Minutes">Travel or rest, where the reason has a length.</param>
/// <param name="Engagement">The engagement that the reason is about, such as the one in the way.</param>
/// <param name="Language">ISO 639 code of the patients' language that the candidate speaks.</param>
[GenerateSerializer, Immutable, Alias("hub.CandidateReason")]
public sealed record CandidateReason(
    [property: Id(0)] string Code,
    [property: Id(1)] bool Good,
    [property: Id(2)] int? Minutes = null,
    [property: Id(3)] EngagementId? Engagement = null,
    [property: Id(4)] string? Language = null
);

/// <summary>One stored change: before, after, who, when, why.</summary>
[GenerateSerializer, Immutable, Alias("hub.HistoryEntry")]
public sealed record HistoryEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] Change What,
    [property: Id(4)] string? Reason,
    [property: Id(5)] Engagement? Before,
    [property: Id(6)] Engagement? After,
    [property: Id(7)] Guid CommandId,
    [property: Id(8)] Role Role
);
