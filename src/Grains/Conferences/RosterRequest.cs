using System.Collections.Immutable;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>Finds the command that asks a roster for a change of a booked session. Pure, but a new command gets a random id.</summary>
/// <param name="Code">The reason why the roster is not asked for the change. Null if there is no such reason.</param>
/// <param name="Command">Null if the roster has nothing to decide.</param>
/// <param name="OwnRoom">The new room if it belongs to the conference alone and no roster knows it. Otherwise null.</param>
internal sealed record RosterRequest(Code? Code, ChangeTime? Command, string? OwnRoom)
{
    /// <summary>Finds the command for a new time or room.</summary>
    /// <param name="after">The session after the change. Only its time and room are read.</param>
    public static RosterRequest Move(Conference header, ConferenceSession before, ConferenceSession after, string reason)
    {
        if (after.Start is not { } start || after.Duration <= TimeSpan.Zero || after.Duration > RosterRules.LongestEngagement)
            return new(SessionCodes.BookedTime, null, null);
        var (from, to) = (SessionRules.RoomOf(header, before.Room), SessionRules.RoomOf(header, after.Room));
        var elsewhere = before.Room != after.Room;
        // A roster can move a session to a room of the network that the conference does not list.
        var unlisted = before.Room.Length > 0 && header.Rooms.All(r => r.Name != before.Room);
        // The engagement stays at its hospital. The engagement cannot give up its room, and the roster does not know the conference's own
        // rooms.
        var follows = to is null ? from is null && !unlisted : to.Hospital == HospitalOf(header, from, unlisted);
        if (elsewhere && !follows)
            return new(SessionCodes.RoomNotLinked, null, null);
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
    /// Returns the hospital at which a session is booked, as <see cref="SessionRules.Book"/> chose it. Null if the programme does not show
    /// which hospital this is.
    /// </summary>
    private static HospitalId? HospitalOf(Conference header, ConferenceRoom? from, bool unlisted)
    {
        if (from is not null)
            return from.Hospital;
        var hospitals = header.Rooms.Select(r => r.Hospital).OfType<HospitalId>().Distinct().ToList();
        return unlisted && hospitals.Count > 1 ? null : hospitals.Select(h => (HospitalId?)h).FirstOrDefault();
    }

    /// <summary>
    /// Finds the command for a move of a booked session in the current programme. It does not check the new time, because the roster does.
    /// </summary>
    /// <param name="engagement">The session's engagement as the roster has it now.</param>
    public static RosterRequest Move(Conference header, ConferenceSession session, Engagement engagement, MoveSession move)
    {
        var (start, end) = (move.Start.ToUniversalTime(), move.Start.ToUniversalTime() + move.Duration);
        RoomId? room = null;
        string? ownRoom = null;
        if (move.Room != session.Room)
        {
            if (header.Rooms.FirstOrDefault(r => r.Name == move.Room) is not { } target)
                return new(SessionCodes.UnknownRoom, null, null);
            // The engagement stays at its hospital. The engagement cannot give up its room, and the roster does not know the conference's
            // own rooms.
            if (target.Room is null ? engagement.Room is not null : target.Hospital != engagement.Hospital)
                return new(SessionCodes.RoomNotLinked, null, null);
            room = target.Room;
            ownRoom = target.Room is null ? target.Name : null;
        }
        var done = engagement.Start == start && engagement.End == end && (room is null || engagement.Room == room);
        var isStale = (move.ExpectedVersion is { } seen && seen != session.Version) || engagement.Start != session.Start;
        if (isStale && (!done || ownRoom is not null))
            return new(SessionCodes.Stale, null, null);
        var command = new ChangeTime
        {
            CommandId = move.CommandId,
            Engagement = engagement.Id,
            ExpectedVersion = engagement.Version,
            Start = start,
            End = end,
            Room = room,
            Reason = move.Reason,
        };
        return new(null, done ? null : command, ownRoom);
    }

    /// <summary>Finds the command that gives the session other consultants. Null if the consultants stay the same.</summary>
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

    /// <summary>Whether an engagement already has the values that a command asks for.</summary>
    public static bool IsDone(RosterCommand command, Engagement engagement) =>
        command switch
        {
            Cancel => !engagement.TakesTime,
            ChangeTime change => engagement.TakesTime
                && engagement.Start == change.Start
                && engagement.End == change.End
                && (change.Room is null || engagement.Room == change.Room),
            Assign assign => engagement.TakesTime && engagement.Consultants.ToHashSet().SetEquals(assign.Consultants),
            var other => throw new InvalidOperationException($"A conference never sends a roster the command {other.GetType().Name}."),
        };

    public static ImmutableArray<PersonId> ConsultantsOf(ConferenceSession session) =>
        [.. session.Speakers.Select(s => s.Consultant).OfType<PersonId>().Distinct()];
}
