using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Attendance;

[GenerateSerializer, Immutable, Alias("hub.AttendanceEvent")]
public abstract record AttendanceEvent;

/// <summary>Web nodes reported what people have played.</summary>
[GenerateSerializer, Immutable, Alias("hub.PlayedReported")]
public sealed record PlayedReported([property: Id(0)] ImmutableArray<Played> Played) : AttendanceEvent;

[GenerateSerializer, Immutable, Alias("hub.CameIn")]
public sealed record CheckedIn([property: Id(0)] PersonId Person, [property: Id(1)] DateTimeOffset At) : AttendanceEvent;

/// <summary>A person gave up the place before the session began, so the earlier check-in was removed.</summary>
[GenerateSerializer, Immutable, Alias("hub.CheckInGone")]
internal sealed record CheckInGone([property: Id(0)] PersonId Person) : AttendanceEvent;

/// <summary>
/// One person's attendance at one session: what web nodes reported, and the check-in. It also contains time outside the lecture's times, so
/// that credit can be computed again after the times or the rules are corrected.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Attended")]
public sealed record Attended
{
    /// <summary>
    /// Each of the four lists below stores at most this many pieces of time. If there are more, the shortest are removed. In normal use,
    /// a list is shorter.
    /// </summary>
    private const int MostPieces = 256;

    public static Attended Nothing { get; } = new();

    /// <summary>The parts that the person played live, on the lecture's clock.</summary>
    [Id(0)]
    public Stretches Live { get; init; } = Stretches.None;

    /// <summary>The parts that the person played from the recording, on the lecture's clock.</summary>
    [Id(1)]
    public Stretches Recorded { get; init; } = Stretches.None;

    /// <summary>The times at which the person watched live, by the web nodes' clock.</summary>
    [Id(2)]
    public Stretches LiveWall { get; init; } = Stretches.None;

    /// <summary>The times at which the person watched the recording, by the web nodes' clock.</summary>
    [Id(3)]
    public Stretches RecordedWall { get; init; } = Stretches.None;

    /// <summary>The instant at which the person was first let into the room, UTC.</summary>
    [Id(4)]
    public DateTimeOffset? CheckedIn { get; init; }

    /// <summary>
    /// Adds a report by merging its times with the stored times. Reports that arrive twice, late or in another order give the same result,
    /// unless a list has so many pieces that some are removed.
    /// </summary>
    public Attended With(Played played)
    {
        var (lecture, wall) = (Stretches.Of(played.Lecture), Stretches.Of(played.Wall));
        return played.As == PlayedAs.Live
            ? this with
            {
                Live = Live.Union(lecture).AtMost(MostPieces),
                LiveWall = LiveWall.Union(wall).AtMost(MostPieces),
            }
            : this with
            {
                Recorded = Recorded.Union(lecture).AtMost(MostPieces),
                RecordedWall = RecordedWall.Union(wall).AtMost(MostPieces),
            };
    }

    public bool IsNothing => CheckedIn is null && Live.IsEmpty && Recorded.IsEmpty;

    public Attended With(DateTimeOffset checkedIn) => CheckedIn <= checkedIn ? this : this with { CheckedIn = checkedIn };
}

/// <summary>The attendance of all people at one session.</summary>
[GenerateSerializer, Immutable, Alias("hub.Attendance")]
internal sealed record AttendanceBook : IAuthorityState<AttendanceBook, AttendanceEvent>
{
    /// <summary>The attendance of one session contains at most this many people.</summary>
    public const int MostPeople = 20_000;

    [Id(0)]
    public ImmutableDictionary<PersonId, Attended> People { get; init; } = ImmutableDictionary<PersonId, Attended>.Empty;

    public Attended Of(PersonId person) => People.GetValueOrDefault(person, Attended.Nothing);

    public bool Takes(PersonId person) => People.Count < MostPeople || People.ContainsKey(person);

    public AttendanceBook With(Played played) => this with { People = People.SetItem(played.Person, Of(played.Person).With(played)) };

    public AttendanceBook Apply(JournalEntry<AttendanceEvent> entry) =>
        entry.Events.Aggregate(
            this,
            (book, happened) =>
                happened switch
                {
                    PlayedReported reported => reported.Played.Aggregate(book, (all, played) => all.With(played)),
                    CheckedIn checkedIn => book with
                    {
                        People = book.People.SetItem(checkedIn.Person, book.Of(checkedIn.Person).With(checkedIn.At)),
                    },
                    CheckInGone gone => book with
                    {
                        People = book.Of(gone.Person) with { CheckedIn = null } is { IsNothing: false } rest
                            ? book.People.SetItem(gone.Person, rest)
                            : book.People.Remove(gone.Person),
                    },
                    _ => throw new InvalidOperationException($"An attendance book has no rule for the event {happened.GetType().Name}."),
                }
        );

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}
