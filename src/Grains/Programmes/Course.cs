using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Programmes;

/// <summary>Whether somebody was in a session. <c>Excused</c>: absent for a reason that counts.</summary>
public enum Presence
{
    Present,
    Absent,
    Excused,
}

/// <summary>What a trainer or the programme said about one person's presence.</summary>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.PresenceMark")]
public sealed record PresenceMark([property: Id(0)] Presence State, [property: Id(1)] PersonId By, [property: Id(2)] DateTimeOffset At);

/// <summary>
/// A session of a cohort: an engagement whose purpose is the cohort. The roster owns its time, room, trainers and status, and tells them.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.CourseSession")]
[JsonTypeName("courseSession")]
public sealed record CourseSession : TopicItem
{
    public override string Key => $"session/{Engagement}";

    [Id(0)]
    public required EngagementId Engagement { get; init; }

    /// <summary>The week of the roster to which the engagement belongs.</summary>
    [Id(1)]
    public required Week Week { get; init; }

    [Id(2)]
    public required EngagementKind Kind { get; init; }

    [Id(3)]
    public required string Title { get; init; }

    [Id(4)]
    public required HospitalId Hospital { get; init; }

    /// <summary>Null for a remote session.</summary>
    [Id(5)]
    public RoomId? Room { get; init; }

    /// <summary>The consultants of the engagement.</summary>
    [Id(6)]
    public ImmutableArray<PersonId> Trainers { get; init; } = [];

    /// <summary>UTC.</summary>
    [Id(7)]
    public required DateTimeOffset Start { get; init; }

    /// <summary>UTC.</summary>
    [Id(8)]
    public required DateTimeOffset End { get; init; }

    [Id(9)]
    public required EngagementStatus Status { get; init; }

    /// <summary>The conference session in whose lecture room it takes place. Null if it has no lecture room.</summary>
    [Id(10)]
    public SessionReference? Lecture { get; init; }

    /// <summary>The members of the cohort for whom the session is. Empty if it is for all of them.</summary>
    [Id(11)]
    public ImmutableArray<PersonId> Participants { get; init; } = [];

    /// <summary>By the ids of people.</summary>
    [Id(12)]
    public ImmutableSortedDictionary<string, PresenceMark> Marks { get; init; } =
        ImmutableSortedDictionary.Create<string, PresenceMark>(StringComparer.Ordinal);

    /// <summary>UTC. When the roster decided what it told last. A message that is older and arrives later changes nothing.</summary>
    [Id(13), JsonIgnore]
    public DateTimeOffset ToldAt { get; init; }

    /// <summary>Whether the engagement is no longer for this cohort.</summary>
    [Id(14)]
    public bool IsGone { get; init; }

    /// <summary>Whether the session takes place or has taken place.</summary>
    [JsonIgnore]
    public bool TakesPlace => !IsGone && Status is not (EngagementStatus.Cancelled or EngagementStatus.NoShow);

    /// <summary>Whether the session is for this member of the cohort.</summary>
    public bool IsFor(PersonId member) => Participants.IsEmpty || Participants.Contains(member);

    /// <summary>
    /// The session as one person sees it: a trainer sees it whole, and a participant without what is said about others. For everybody else
    /// it is gone and says nothing.
    /// </summary>
    public CourseSession For(PersonId person) =>
        IsGone || !(Trainers.Contains(person) || IsFor(person))
            ? new()
            {
                Engagement = Engagement,
                Week = Week,
                Kind = default,
                Title = "",
                Hospital = Hospital,
                Start = default,
                End = default,
                Status = EngagementStatus.Cancelled,
                IsGone = true,
                Version = Version,
            }
        : Trainers.Contains(person) ? this
        : this with
        {
            Participants = Participants.IsEmpty ? [] : [person],
            Marks = Marks.RemoveRange(Marks.Keys.Where(key => key != person.Value)),
        };
}

/// <summary>What a participant says about a session. The comment is the reason of the history entry.</summary>
/// <param name="Rating">1 (poor) to 5 (excellent).</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionFeedback")]
public sealed record SessionFeedback(
    [property: Id(0)] EngagementId Engagement,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] int Rating,
    [property: Id(3)] DateTimeOffset At
)
{
    [JsonIgnore]
    public string Key => $"{Engagement}/{Person}";
}

/// <summary>The sessions of one cohort, who was there, and what participants said.</summary>
[GenerateSerializer, Immutable, Alias("hub.Course")]
public sealed record Course : ILiveProfile
{
    /// <summary>By the ids of engagements. At most <see cref="CourseRules.MostSessions"/>.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<string, CourseSession> Sessions { get; init; } =
        ImmutableSortedDictionary.Create<string, CourseSession>(StringComparer.Ordinal);

    /// <summary>By their keys.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<string, SessionFeedback> Feedback { get; init; } =
        ImmutableSortedDictionary.Create<string, SessionFeedback>(StringComparer.Ordinal);

    public CourseSession? Find(EngagementId engagement) => Sessions.GetValueOrDefault(engagement.Value);

    public IEnumerable<SessionFeedback> FeedbackOf(EngagementId engagement) => Feedback.Values.Where(f => f.Engagement == engagement);

    IEnumerable<TopicItem> ILiveProfile.ItemsSince(long version, long last, long recorded) =>
        Sessions.Values.Where(session => session.Version > version);
}

/// <summary>Sessions or feedback were added or changed. Each is as it is after the change.</summary>
[GenerateSerializer, Immutable, Alias("hub.CourseChanged")]
internal sealed record CourseChanged(
    [property: Id(0)] ImmutableArray<CourseSession> Sessions,
    [property: Id(1)] ImmutableArray<SessionFeedback> Feedback
) : ProfileEvent<Course>
{
    public override Course After(Course? course) =>
        (course ?? new()) with
        {
            Sessions = (course ?? new()).Sessions.SetItems(Sessions.Select(s => KeyValuePair.Create(s.Engagement.Value, s))),
            Feedback = (course ?? new()).Feedback.SetItems(Feedback.Select(f => KeyValuePair.Create(f.Key, f))),
        };
}

/// <summary>A course as somebody reads it.</summary>
/// <param name="Rooms">For each session with a lecture room, the people who attended there. By the ids of engagements.</param>
[GenerateSerializer, Immutable, Alias("hub.CourseSheet")]
public sealed record CourseSheet(
    [property: Id(0)] Course Course,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableDictionary<string, ImmutableArray<PersonId>> Rooms
)
{
    /// <summary>
    /// Whether a person was in a session. What a trainer or the programme said counts. If nobody said anything, the lecture room counts.
    /// Null if nothing is known.
    /// </summary>
    public Presence? PresenceOf(CourseSession session, PersonId person) =>
        session.Marks.GetValueOrDefault(person.Value)?.State
        ?? (Rooms.TryGetValue(session.Engagement.Value, out var there) && there.Contains(person) ? Presence.Present : null);

    /// <summary>
    /// How many sessions for a person are over, without those from which the person was excused, and in how many the person was.
    /// </summary>
    public (int Held, int Attended) AttendanceOf(PersonId person, DateTimeOffset now)
    {
        var presences = Course
            .Sessions.Values.Where(s => s.TakesPlace && s.End <= now && s.IsFor(person))
            .Select(s => PresenceOf(s, person))
            .Where(p => p != Presence.Excused)
            .ToList();
        return (presences.Count, presences.Count(p => p == Presence.Present));
    }
}
