using System.Collections.Immutable;
using ConsultHub.Conferences.Audience;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Conferences.Releases;

/// <summary>
/// Makes the final content of a release and the message to the people concerned. This happens after rosters have decided about the sessions
/// of the release. Pure.
/// </summary>
internal static class ReleaseRules
{
    /// <summary>Returns the sessions that rosters must decide before the content of a release is final.</summary>
    public static ImmutableArray<SessionId> Waiting(ProgrammeImported imported) =>
        [
            .. imported
                .Tasks.Select(t => t.Session)
                .Concat(
                    imported
                        .Sessions.Where(s =>
                            s.Booking == BookingState.Requested || (s.Booking == BookingState.Booked && !s.BookingFindings.IsEmpty)
                        )
                        .Select(s => s.Id)
                )
                .Except(imported.Removed)
                .Distinct(),
        ];

    /// <summary>
    /// Whether it is too early to publish: a roster is still booking a session, and the release would change this session's time, room or
    /// cancellation; or rosters are still deciding about an earlier release.
    /// </summary>
    public static bool IsTooEarly(ConferenceState state, IEnumerable<ConferenceSession> ready) =>
        state.Settling is not null
        || ready.Any(s =>
            state.Sessions.GetValueOrDefault(s.Id) is { Booking: BookingState.Requested } live
            && SessionPlace.Of(live) != SessionPlace.Of(s)
        );

    /// <summary>Returns the final content of the release and the message about it.</summary>
    /// <param name="state">The state after the rosters have decided about all sessions of the release.</param>
    public static (ReleaseSettled Settled, KeepRelease Kept, ReleaseTold Told) Settle(ConferenceState state)
    {
        var settling = state.Settling!;
        var header = state.Header!;
        var now = new Programme(
            header with
            {
                Version = 0,
            },
            [.. state.Sessions.Values.Select(DraftRules.Plain).OrderBy(s => s.Id.Value, StringComparer.Ordinal)],
            []
        );
        var refused = settling
            .Asked.Values.Where(asked =>
                state.Sessions.TryGetValue(asked.Id, out var live)
                && !IsAsAsked(live, asked)
                && (live.Booking == BookingState.Refused || !live.BookingFindings.IsEmpty)
            )
            .ToImmutableDictionary(
                asked => asked.Id,
                asked => new RefusedChange(SessionFacts.Of(asked), asked.Cancelled, state.Sessions[asked.Id].BookingFindings)
            );
        var release = settling.Release with { Settling = false, Refused = refused.Count, Sessions = now.Sessions.Length };
        var told = ReleaseDiff
            .Between(settling.Before, now)
            .Where(d =>
                (d.Concerns || d.Changes.Contains(SessionChange.Speakers) || d.Changes.Contains(SessionChange.Added))
                && !(d.Before is null && refused.ContainsKey(d.Session))
                && !IsOffAnyway(state, d)
            );
        return (
            new(release.Number, refused.Count),
            new(
                release,
                now,
                release.Number == 1 ? settling.Base with { Sessions = [.. settling.Base.Sessions.Select(DraftRules.Plain)] } : null,
                refused
            ),
            new(header.Id, header.Title, header.TimeZone, release.Number, release.By, [.. told])
        );
    }

    /// <summary>
    /// Returns the message about a session that changes outside a release. While rosters are deciding about a release, no message is
    /// returned, because the message about the release will contain the change.
    /// </summary>
    public static ImmutableArray<OutboxMessage> TellAtOnce(
        ConferenceState state,
        ConferenceSession before,
        ConferenceSession after,
        PersonId by
    )
    {
        // People were told of all cancellations when the conference was withdrawn.
        if (state.Header is { Withdrawn: true } && after.Cancelled)
            return [];
        var corrected =
            state.Corrections.TryGetValue(after.Id, out var start)
            && after.Start == start
            && after.Room == before.Room
            && after.Cancelled == before.Cancelled;
        if (corrected || (before.Cancelled && after.Cancelled) || ReleaseDiff.OfOne(before, after) is not { } difference)
            return [];
        // A roster informs its consultants itself.
        return TellAtOnce(state, [after.Booking == BookingState.Booked ? difference.WithoutSpeakers() : difference], by, after.Id.Value);
    }

    /// <summary>Returns the message about an import that changes the programme itself because there is no draft.</summary>
    public static ImmutableArray<OutboxMessage> TellAtOnce(ConferenceState state, ProgrammeImported imported, PersonId by)
    {
        if (state.Header is not { } header)
            return [];
        Programme Of(Conference conference, IEnumerable<ConferenceSession> sessions) => new(conference, [.. sessions], []);
        bool WasOff(SessionId id) => state.Sessions.GetValueOrDefault(id)?.Cancelled == true;
        var now = imported.Sessions.Where(s => !(s.Cancelled && WasOff(s.Id))).ToList();
        var before = now.Select(s => s.Id)
            .Concat(imported.Removed.Where(id => !WasOff(id)))
            .Select(id => state.Sessions.GetValueOrDefault(id))
            .OfType<ConferenceSession>();
        return TellAtOnce(state, ReleaseDiff.Between(Of(header, before), Of(imported.Header ?? header, now)), by, null);
    }

    private static ImmutableArray<OutboxMessage> TellAtOnce(
        ConferenceState state,
        ImmutableArray<SessionDifference> differences,
        PersonId by,
        string? replaces
    )
    {
        differences = differences.RemoveAll(d => !d.Concerns);
        if (state.Settling is not null || differences.IsEmpty)
            return [];
        var header = state.Header!;
        return
        [
            new(
                0,
                GrainId.Create("audience", header.Id.Value),
                new ReleaseTold(header.Id, header.Title, header.TimeZone, 0, by, differences),
                replaces
            ),
        ];
    }

    /// <summary>
    /// Returns the message that a conference is withdrawn: to its audience, and to the people who have registered for it.
    /// </summary>
    public static OutboxMessage TellWithdrawn(ConferenceState state, PersonId by)
    {
        var header = state.Header!;
        var sessions = state.Sessions.Values.Where(s => !s.Cancelled).OrderBy(s => s.Id.Value, StringComparer.Ordinal).ToImmutableArray();
        var differences = ReleaseDiff.Between(
            new(header, sessions, []),
            new(header, [.. sessions.Select(s => s with { Cancelled = true })], [])
        );
        return new(
            0,
            GrainId.Create("audience", header.Id.Value),
            new ReleaseTold(header.Id, header.Title, header.TimeZone, 0, by, differences)
            {
                Withdrawn = true,
                Registered = [.. state.Registered.OrderBy(p => p.Value, StringComparer.Ordinal)],
            }
        );
    }

    /// <summary>Whether the session is cancelled, but not by this release. People then get no notice of its other changes.</summary>
    private static bool IsOffAnyway(ConferenceState state, SessionDifference difference) =>
        state.Sessions.TryGetValue(difference.Session, out var live)
        && live.Cancelled
        && !difference.Changes.Contains(SessionChange.Cancelled);

    /// <summary>Undoes the change of a session whose booking was refused. The session gets its old time, room and speakers.</summary>
    public static ConferenceSession Refuse(ConferenceSession session, ConferenceSession before, ImmutableArray<string> codes) =>
        session with
        {
            Start = before.Start,
            Duration = before.Duration,
            Room = before.Room,
            Day = before.Day,
            Moved = before.Moved,
            Cancelled = before.Cancelled,
            Speakers = before.Speakers,
            Engagement = before.Engagement,
            Week = before.Week,
            Booking = before.Booking == BookingState.Booked ? BookingState.Booked : BookingState.Refused,
            BookingFindings = codes,
        };

    private static bool IsAsAsked(ConferenceSession live, ConferenceSession asked) =>
        live.Booking != BookingState.Refused
        && live.Cancelled == asked.Cancelled
        && (
            live.Cancelled
            || (
                SessionPlace.Of(live).IsAt(SessionPlace.Of(asked))
                && RosterRequest.ConsultantsOf(live).ToHashSet().SetEquals(RosterRequest.ConsultantsOf(asked))
            )
        );
}
