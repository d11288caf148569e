using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Rostering;

/// <summary>All engagements of one network that start in one ISO week. Only this grain changes them. Key: <c>ehs/2026-W48</c>.</summary>
[Alias("hub.IRosterGrain")]
public interface IRosterGrain : ILiveAuthority, IRecordTarget
{
    /// <summary>
    /// Decides a command and answers when the decision is stored. A command that exceeds <see cref="CommandLimits"/> is refused before
    /// anything is read.
    /// </summary>
    [Alias("Decide")]
    Task<RosterReply> DecideAsync(Actor actor, RosterCommand command);

    /// <summary>
    /// Decides commands together: all of them or none. At most <see cref="CommandLimits.MostCommands"/> are allowed. Each decision has its
    /// own version, but all are stored in one row.
    /// </summary>
    [Alias("DecideAll")]
    Task<ImmutableArray<RosterReply>> DecideAllAsync(Actor actor, ImmutableArray<RosterCommand> commands);

    /// <summary>
    /// Returns the refusals and warnings that a command would get, without deciding the command. A board shows these findings while the
    /// user drags an engagement.
    /// </summary>
    [Alias("Check")]
    Task<RosterCheck> CheckAsync(Actor actor, RosterCommand command);

    /// <summary>Candidates for an engagement, the best first, each with reasons. Null if the engagement is unknown.</summary>
    [Alias("Candidates")]
    Task<ImmutableArray<Candidate>?> CandidatesAsync(EngagementId engagement);

    [Alias("Get")]
    Task<Engagement?> GetAsync(EngagementId engagement);

    /// <summary>
    /// The engagements as they were at an earlier version, without their case references. It works in an archived week too. If the week was
    /// archived by an earlier release, the week is returned as it was when it was archived.
    /// </summary>
    [Alias("At")]
    Task<ImmutableArray<Engagement>> AtAsync(long version);

    /// <summary>The engagements in which a person is a consultant or a candidate, including cancelled ones.</summary>
    [Alias("OfPerson")]
    Task<ImmutableArray<Engagement>> OfPersonAsync(PersonId person);

    /// <summary>
    /// Returns the slots of all consultants between two instants. The roster of the week before or after calls this method, because it
    /// needs the slots near its first and its last day.
    /// </summary>
    [Alias("Edges")]
    Task<ImmutableArray<PersonSlot>> EdgesAsync(DateTimeOffset from, DateTimeOffset to);

    /// <summary>
    /// Places a hold: reserves time for an engagement that starts in the week before and reaches into this week. If no message confirms the
    /// hold within two minutes, this roster asks the week before whether to keep the hold.
    /// </summary>
    /// <param name="tryOnly">If true, the method only returns the findings and reserves nothing.</param>
    /// <returns>The findings against the hold, for example that another engagement already takes the time. If there are none, the time is
    /// reserved, unless <paramref name="tryOnly"/> is set.</returns>
    [Alias("Hold")]
    Task<ImmutableArray<Finding>> HoldAsync(Engagement engagement, bool tryOnly = false);

    /// <summary>Reads the history of a subject along the chain of rows, the newest entries first.</summary>
    /// <param name="before">Only entries below this version are read. Null starts at the newest.</param>
    /// <param name="take">The number of entries, 1 to 200. The result may have more, because a decision that changed many engagements is
    /// never split.</param>
    /// <remarks>An archived week has no history until it is brought back: see <see cref="IsArchivedAsync"/>.</remarks>
    [Alias("History")]
    Task<ImmutableArray<HistoryEntry>> HistoryAsync(HistorySubject subject, string? id, long? before, int take);

    /// <summary>Whether the week's history is in an archive file. The week's engagements are still shown in their last state.</summary>
    [Alias("IsArchived")]
    Task<bool> IsArchivedAsync();

    /// <summary>
    /// The planned engagements that would need attention for further reasons if facts changed. Nothing is stored.
    /// </summary>
    /// <param name="after">The facts of a network, a hospital or a consultant after the change.</param>
    [Alias("Affected")]
    Task<ImmutableArray<AffectedEngagement>> AffectedByAsync(IProfile after);

    /// <summary>The engagements that name all of these things, whatever their status is. Null stands for any thing.</summary>
    [Alias("Uses")]
    Task<ImmutableArray<Engagement>> UsesAsync(HospitalId? hospital, RoomId? room, PersonId? person, string? specialty);
}

/// <summary>A programme or an initiative, for which engagements take place.</summary>
[Alias("hub.IPurposeOwner")]
public interface IPurposeOwner : IGrain
{
    /// <summary>Whether it belongs to the network, and the purpose exists there.</summary>
    [Alias("Takes")]
    Task<bool> TakesAsync(NetworkId network, Purpose purpose);
}

/// <summary>A planned engagement that would need attention if facts changed.</summary>
/// <param name="Reasons">The reasons that it does not have yet.</param>
[GenerateSerializer, Immutable, Alias("hub.AffectedEngagement")]
public sealed record AffectedEngagement(
    [property: Id(0)] NetworkId Network,
    [property: Id(1)] Week Week,
    [property: Id(2)] EngagementId Engagement,
    [property: Id(3)] string Title,
    [property: Id(4)] HospitalId Hospital,
    [property: Id(5)] DateTimeOffset Start,
    [property: Id(6)] ImmutableArray<AttentionReason> Reasons
);

[GenerateSerializer, Immutable, Alias("hub.PersonSlot")]
public readonly record struct PersonSlot([property: Id(0)] PersonId Person, [property: Id(1)] Slot Slot);

/// <summary>The kind of subject whose history is read. A week needs no id.</summary>
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

/// <summary>The command was decided and the decision is stored.</summary>
/// <param name="Engagement">The engagement after the decision. A repeated command returns the engagement as it is now.</param>
/// <param name="Version">The roster's version after the decision.</param>
/// <param name="Warnings">The warnings against the command. The command was decided nevertheless, because it gave a reason.</param>
[GenerateSerializer, Immutable, Alias("hub.Accepted")]
public sealed record Decided(
    [property: Id(0)] Engagement Engagement,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableArray<Finding> Warnings
) : RosterReply;

/// <summary>The command was refused and nothing was stored.</summary>
/// <param name="Findings">At least one finding. Findings with <see cref="Finding.Overridable"/> are allowed if the command gives a
/// reason.</param>
/// <param name="Current">The engagement as it is now, or null if there is none.</param>
[GenerateSerializer, Immutable, Alias("hub.Refused")]
public sealed record Refused([property: Id(0)] ImmutableArray<Finding> Findings, [property: Id(1)] Engagement? Current) : RosterReply
{
    /// <summary>
    /// The refusal with all findings. Its code is the code of the first finding that is not a warning. If all findings are warnings, it is
    /// the code of the first warning.
    /// </summary>
    [JsonIgnore]
    public Refusal Refusal
    {
        get
        {
            var first = Findings.FirstOrDefault(f => !f.Overridable) ?? Findings[0];
            return new(Codes.Of(first.Code), first.Message) { Findings = Findings, Current = Current };
        }
    }
}

/// <summary>One reason against a command.</summary>
/// <param name="Code">A stable code, such as <c>roster.consultant-overlap</c>. The client has a sentence for it in every language.</param>
/// <param name="Message">An English sentence for logs and scripts.</param>
/// <param name="Overridable">Whether the finding is a warning. A command with a written reason is allowed in spite of its warnings.</param>
/// <param name="ConflictsWith">The other engagement with which the command conflicts. Null if the finding is about no other
/// engagement.</param>
/// <param name="Person">The consultant concerned.</param>
[GenerateSerializer, Immutable, Alias("hub.Finding")]
public sealed record Finding(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] bool Overridable = false,
    [property: Id(3)] EngagementId? ConflictsWith = null,
    [property: Id(4)] PersonId? Person = null
);

/// <summary>The result of checking a command without deciding it.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterCheck")]
public sealed record RosterCheck([property: Id(0)] bool Allowed, [property: Id(1)] ImmutableArray<Finding> Findings);

/// <summary>A consultant who could take an engagement.</summary>
/// <param name="Score">0 to 100. Higher is better.</param>
/// <param name="Available">False if the rules refuse the candidate. The candidate is shown nevertheless, with the reason.</param>
/// <param name="Reasons">Reasons with codes such as <c>candidate.free</c>, <c>candidate.credentialed</c>, <c>candidate.in-visit</c>,
/// <c>candidate.same-hospital</c>, <c>candidate.travel</c>, <c>candidate.rested</c>, <c>candidate.language</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.Candidate")]
public sealed record Candidate(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] int Score,
    [property: Id(2)] bool Available,
    [property: Id(3)] ImmutableArray<CandidateReason> Reasons
);

/// <param name="Good">True for a reason to choose the candidate, false for a reason against the candidate.</param>
/// <param name="Minutes">Minutes of travel or of work in the week, if the reason has a duration.</param>
/// <param name="Engagement">The other engagement that the reason is about, such as an engagement at the same time.</param>
/// <param name="Language">The ISO 639 code of the patients' language that the candidate speaks.</param>
[GenerateSerializer, Immutable, Alias("hub.CandidateReason")]
public sealed record CandidateReason(
    [property: Id(0)] string Code,
    [property: Id(1)] bool Good,
    [property: Id(2)] int? Minutes = null,
    [property: Id(3)] EngagementId? Engagement = null,
    [property: Id(4)] string? Language = null
);

/// <summary>One stored change of an engagement: the state before and after it, and who made it, when and why.</summary>
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
