using System.Collections.Immutable;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>Pure: what a change of a booked session asks of its roster.</summary>
/// <param name="Code">Why the roster cannot be asked; null where it can.</param>
/// <param name="Command">Null where the roster has nothing to decide.</param>
/// <param name="OwnRoom">The new room, where it is the conference's own and no roster knows it.</param>
internal sealed record RosterRequest(string? Code, ChangeTime? Command, string? OwnRoom)
{
    /// <param name="after">The session as it is to be; only its time and room are read.</param>
    public static RosterRequest Move(Conference header, ConferenceSession before, ConferenceSession after, string reason)
    {
        if (after.Start is not { } start || after.Duration <= TimeSpan.Zero || after.Duration > RosterRules.LongestEngagement)
            return new("session.booked-time", null, null);
        var (from, to) = (SessionRules.RoomOf(header, before.Room), SessionRules.RoomOf(header, after.Room));
        var elsewhere = before.Room != after.Room;
        // A roster can move a session into a room of the network that the conference does not list.
        var unlisted = before.Room.Length > 0 && header.Rooms.All(r => r.Name != before.Room);
        // The roster stays at the hospital that it booked. It can give up none of its rooms, and it knows no room of the conference's own.
        var follows = to is null ? from is null && !unlisted : to.Hospital == HospitalOf(header, from, unlisted);
        if (elsewhere && !follows)
            return new("session.room-not-linked", null, null);
        var command = new ChangeTime
        {
            CommandId = Guid.NewGuid(),
            Engagement = before.Engagement!.Value,
            Start = start,
            End = start + after.Duration,
            Room = to?.Room,
            Reason = reason,
        };
        var same = before.Start == after.Start && before.Duration == after.Duration && (!elsewhere || to is null);
        return new(null, same ? null : command, elsewhere && to is null ? after.Room : null);
    }

    /// <summary>
    /// The hospital that a session is booked at, as <see cref="SessionRules.Book"/> chose it. Null where the programme does not tell.
    /// </summary>
    private static HospitalId? HospitalOf(Conference header, ConferenceRoom? from, bool unlisted)
    {
        if (from is not null)
            return from.Hospital;
        var hospitals = header.Rooms.Select(r => r.Hospital).OfType<HospitalId>().Distinct().ToList();
        return unlisted && hospitals.Count > 1 ? null : hospitals.Select(h => (HospitalId?)h).FirstOrDefault();
    }

    /// <summary>Null where the consultants stay the same.</summary>
    public static Assign? Assign(ConferenceSession before, ConferenceSession after, string reason)
    {
        ImmutableArray<PersonId> consultants = ConsultantsOf(after);
        return consultants.ToHashSet().SetEquals(ConsultantsOf(before))
            ? null
            : new Assign
            {
                CommandId = Guid.NewGuid(),
                Engagement = before.Engagement!.Value,
                Consultants = consultants,
                Reason = reason,
            };
    }

    /// <summary>Whether an engagement already is as a command asks.</summary>
    public static bool IsDone(RosterCommand command, Engagement engagement) =>
        command switch
        {
            Cancel => !engagement.TakesTime,
            ChangeTime change => engagement.TakesTime
                && engagement.Start == change.Start
                && engagement.End == change.End
                && (change.Room is null || engagement.Room == change.Room),
            Assign assign => engagement.TakesTime && engagement.Consultants.ToHashSet().SetEquals(assign.Consultants),
            var other => throw new InvalidOperationException($"A conference does not ask a roster to {other.GetType().Name}."),
        };

    public static ImmutableArray<PersonId> ConsultantsOf(ConferenceSession session) =>
        [.. session.Speakers.Select(s => s.Consultant).OfType<PersonId>().Distinct()];
}
