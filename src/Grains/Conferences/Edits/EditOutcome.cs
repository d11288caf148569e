using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences.Edits;

/// <summary>The decision about an edit.</summary>
/// <param name="Refusal">Null if the edit may be stored.</param>
internal sealed record EditOutcome(
    Refusal? Refusal,
    EditEffects Effects,
    ImmutableArray<ConferenceEvent> Events,
    ImmutableArray<OutboxMessage> Outbox
)
{
    public static EditOutcome Refuse(Refusal refusal, EditEffects? effects = null) => new(refusal, effects ?? new(), [], []);

    public static EditOutcome Refuse(Code code, string? place = null, EditEffects? effects = null) =>
        Refuse(new Refusal(code, code.Message ?? code.Name) { Place = place }, effects);

    /// <summary>The code of the condition that is not met, or null.</summary>
    /// <param name="expected">What the command expects. See <see cref="EditConference"/>.</param>
    /// <param name="tag">The present tag. Null if there is no such thing.</param>
    public static Code? Unmet(string? expected, string? tag) =>
        expected switch
        {
            null => tag is null ? null : RecordCodes.ConditionMissing,
            EditTag.Any => tag is null ? RecordCodes.Changed : null,
            RecordTag.None => tag is null ? null : RecordCodes.Changed,
            _ => expected == tag ? null : RecordCodes.Changed,
        };

    /// <summary>Returns the effects with the uses that prevent a deletion: releases, and what other parts of the hub know.</summary>
    public static EditEffects WithUses(EditEffects effects, ImmutableArray<int> releases, OtherUses? others)
    {
        others ??= OtherUses.None;
        return effects with
        {
            Releases = releases.Length,
            Attended = others.Attended,
            Certificates = others.Certificates,
            UsedBy =
            [
                .. releases.Select(n => new ConferenceUse("releases", $"{n}", $"{n}")).Concat(others.UsedBy).Take(ConferenceUse.MostNamed),
            ],
            Uses = releases.Length + others.Count,
        };
    }

    /// <summary>Returns the bookings that commands to rosters cancel, in order of time.</summary>
    public static ImmutableArray<CancelledBooking> Cancelled(ConferenceState state, IEnumerable<RosterTask> tasks) =>
        [
            .. tasks
                .Where(t => t.Command is Cancel)
                .Select(t => (Task: t, Session: state.Sessions.GetValueOrDefault(t.Session)))
                .Select(t => new CancelledBooking(
                    t.Task.Session,
                    t.Session?.Title ?? t.Task.Session.Value,
                    t.Session?.Start,
                    t.Task.Command.Engagement,
                    t.Task.Week
                ))
                .OrderBy(b => b.Start ?? DateTimeOffset.MaxValue)
                .ThenBy(b => b.Session.Value, StringComparer.Ordinal),
        ];
}
