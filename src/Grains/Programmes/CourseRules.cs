using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Rostering;

namespace ConsultHub.Programmes;

/// <summary>Decides about the sessions of cohorts. Pure.</summary>
internal static class CourseRules
{
    public const int MostSessions = 2_000,
        MostPeople = 500,
        MostReason = 500;

    /// <summary>How long before a session its trainers can begin to record who is there.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    /// <param name="members">The people who have a place in the cohort.</param>
    /// <param name="wasThere">Whether the lecture room of the session has seen the person who gives the command.</param>
    /// <param name="version">The version that the course will have after the command.</param>
    public static (CourseChanged? Event, Refusal? Refusal) Decide(
        Course course,
        IReadOnlySet<PersonId> members,
        PersonId by,
        CourseCommand command,
        bool wasThere,
        DateTimeOffset now,
        long version
    )
    {
        if (command.Reason?.Length > MostReason)
            return Refused(CourseCodes.BadCommand, "$.reason", $"A comment has at most {MostReason} characters.");
        if (course.Find(command.Session) is not { IsGone: false } session)
            return Refused(CourseCodes.UnknownSession, "$.session");
        if (command is not ChooseParticipants && !session.TakesPlace)
            return Refused(CourseCodes.NotHeld);
        return command switch
        {
            MarkPresence mark => Mark(session, members, by, mark, now, version),
            GiveFeedback feedback => Answer(session, members, by, feedback, wasThere, now, version),
            ChooseParticipants choose => Choose(session, members, choose, version),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    private static (CourseChanged?, Refusal?) Mark(
        CourseSession session,
        IReadOnlySet<PersonId> members,
        PersonId by,
        MarkPresence mark,
        DateTimeOffset now,
        long version
    )
    {
        if (!mark.Decides && !session.Trainers.Contains(by))
            return Refused(CourseCodes.NotTrainer);
        if (now < session.Start - Early)
            return Refused(CourseCodes.TooEarly);
        if (
            mark.People.IsDefaultOrEmpty
            || mark.People.Length > MostPeople
            || mark.People.Any(p => p is null)
            || mark.People.DistinctBy(p => p.Person).Count() < mark.People.Length
        )
            return Refused(CourseCodes.BadCommand, "$.people", $"The list names 1 to {MostPeople} people, each once.");
        var marks = session.Marks;
        for (var i = 0; i < mark.People.Length; i++)
        {
            var (person, state) = mark.People[i];
            if (person == by)
                return Refused(CourseCodes.Own, $"$.people[{i}].person");
            if (state is { } said && !Enum.IsDefined(said))
                return Refused(CourseCodes.BadCommand, $"$.people[{i}].state", "There is no such presence.");
            // What was recorded about somebody who has left the cohort can still be corrected.
            if (!(members.Contains(person) && session.IsFor(person)) && !marks.ContainsKey(person.Value))
                return Refused(CourseCodes.NotParticipant, $"$.people[{i}].person");
            marks = state is { } there ? marks.SetItem(person.Value, new(there, by, now)) : marks.Remove(person.Value);
        }
        return Changed(session with { Marks = marks, Version = version });
    }

    private static (CourseChanged?, Refusal?) Answer(
        CourseSession session,
        IReadOnlySet<PersonId> members,
        PersonId by,
        GiveFeedback feedback,
        bool wasThere,
        DateTimeOffset now,
        long version
    )
    {
        if (feedback.Rating is < 1 or > 5)
            return Refused(CourseCodes.BadCommand, "$.rating", "A rating is 1 to 5.");
        if (!members.Contains(by) || !session.IsFor(by))
            return Refused(CourseCodes.NotYours);
        if (now < session.End && session.Status != EngagementStatus.Completed)
            return Refused(CourseCodes.TooEarly);
        if (
            session.Marks.GetValueOrDefault(by.Value) is { } mark
                ? mark.State != Presence.Present
                : !wasThere && session.Lecture is not null
        )
            return Refused(CourseCodes.NotAttended);
        return Changed(session with { Version = version }, new SessionFeedback(session.Engagement, by, feedback.Rating, now));
    }

    private static (CourseChanged?, Refusal?) Choose(
        CourseSession session,
        IReadOnlySet<PersonId> members,
        ChooseParticipants choose,
        long version
    )
    {
        if (!choose.Decides)
            return Refused(CourseCodes.NotTrainer);
        if (choose.People.IsDefault || choose.People.Length > MostPeople || choose.People.Distinct().Count() < choose.People.Length)
            return Refused(CourseCodes.BadCommand, "$.people", $"The list names at most {MostPeople} people, each once.");
        for (var i = 0; i < choose.People.Length; i++)
            if (
                !members.Contains(choose.People[i])
                && !session.Participants.Contains(choose.People[i])
                && !session.Marks.ContainsKey(choose.People[i].Value)
            )
                return Refused(CourseCodes.NotParticipant, $"$.people[{i}]");
        if (!choose.People.IsEmpty && session.Marks.Keys.Any(key => choose.People.All(p => p.Value != key)))
            return Refused(CourseCodes.HasMark, "$.people");
        return Changed(session with { Participants = choose.People, Version = version });
    }

    /// <summary>The session after the roster has told of its engagement.</summary>
    /// <param name="known">Null if the engagement was not for the cohort before.</param>
    /// <param name="at">UTC. When the roster decided.</param>
    public static CourseSession Follow(CourseSession? known, PurposeTold told, DateTimeOffset at, long version)
    {
        var engagement = told.Engagement;
        return new()
        {
            Engagement = engagement.Id,
            Week = told.Week,
            Kind = engagement.Kind,
            Title = engagement.Title,
            Hospital = engagement.Hospital,
            Room = engagement.Room,
            Trainers = engagement.Consultants,
            Start = engagement.Start,
            End = engagement.End,
            Status = engagement.Status,
            Lecture = engagement.Session,
            Participants = known?.Participants ?? [],
            Marks = known?.Marks ?? ImmutableSortedDictionary.Create<string, PresenceMark>(StringComparer.Ordinal),
            ToldAt = at,
            IsGone = told.IsGone,
            Version = version,
        };
    }

    /// <summary>
    /// Whether somebody attended a session in its lecture room: the person was let in at the door, or played at least half of the session's
    /// time live. A recording does not count, because it is not the session.
    /// </summary>
    public static bool WasThere(CourseSession session, Attended attended) =>
        attended.CheckedIn is not null
        || attended.Live.Intersect(Stretches.Of(session.Start, session.End)).Pieces.Sum(p => p.Milliseconds) * 2
            >= (session.End - session.Start).TotalMilliseconds;

    private static (CourseChanged?, Refusal?) Changed(CourseSession session, params ReadOnlySpan<SessionFeedback> feedback) =>
        (new([session], [.. feedback]), null);

    private static (CourseChanged?, Refusal?) Refused(Code code, string? place = null, string? message = null) =>
        (null, new Refusal(code, message ?? code.Message!) { Place = place });
}
