using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Conferences.Audience;

[GenerateSerializer, Immutable, Alias("hub.AudienceEvent")]
internal abstract record AudienceEvent;

/// <summary>A person took a place, or joined the waiting list.</summary>
/// <param name="Waiting">Whether the person joined the end of the waiting list.</param>
[GenerateSerializer, Immutable, Alias("hub.PlaceTaken")]
internal sealed record PlaceTaken([property: Id(0)] SessionId Session, [property: Id(1)] PersonId Person, [property: Id(2)] bool Waiting)
    : AudienceEvent;

[GenerateSerializer, Immutable, Alias("hub.PlaceLeft")]
internal sealed record PlaceLeft([property: Id(0)] SessionId Session, [property: Id(1)] PersonId Person) : AudienceEvent;

/// <summary>A person from the waiting list got a place.</summary>
[GenerateSerializer, Immutable, Alias("hub.PlaceGiven")]
internal sealed record PlaceGiven([property: Id(0)] SessionId Session, [property: Id(1)] PersonId Person) : AudienceEvent;

[GenerateSerializer, Immutable, Alias("hub.CapacitySet")]
internal sealed record CapacitySet([property: Id(0)] SessionId Session, [property: Id(1)] int? Capacity) : AudienceEvent;

[GenerateSerializer, Immutable, Alias("hub.CheckedIn")]
internal sealed record CheckedIn(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] DateTimeOffset At
) : AudienceEvent;

/// <summary>A person marked a session or removed the mark.</summary>
[GenerateSerializer, Immutable, Alias("hub.FavouriteSet")]
internal sealed record FavouriteSet([property: Id(0)] SessionId Session, [property: Id(1)] PersonId Person, [property: Id(2)] bool Marked)
    : AudienceEvent;

/// <summary>A person gave feedback. Its text is stored in the text row of the decision, so that it can be erased.</summary>
[GenerateSerializer, Immutable, Alias("hub.FeedbackGiven")]
internal sealed record FeedbackGiven([property: Id(0)] SessionId Session, [property: Id(1)] PersonId Person, [property: Id(2)] int Stars)
    : AudienceEvent;

/// <param name="Secret">The key that signs the conference's tickets. Null if the conference already has a key.</param>
[GenerateSerializer, Immutable, Alias("hub.TicketIssued")]
internal sealed record TicketIssued(
    [property: Id(0)] string Code,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] ImmutableArray<byte>? Secret
) : AudienceEvent;

/// <summary>The conference was deleted, so all places, waiting lists, marks and tickets ended.</summary>
[GenerateSerializer, Immutable, Alias("hub.AudienceEnded")]
internal sealed record AudienceEnded : AudienceEvent;

/// <summary>The capacity, registrations, waiting list, check-ins, favourite marks and star ratings of one session.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionAudience")]
internal sealed record SessionAudience
{
    public static SessionAudience None { get; } = new();

    [Id(0)]
    public int? Capacity { get; init; }

    /// <summary>The people who have a place, in the order in which they got it.</summary>
    [Id(1)]
    public ImmutableList<PersonId> Registered { get; init; } = [];

    [Id(2)]
    public ImmutableList<PersonId> Waiting { get; init; } = [];

    [Id(3)]
    public ImmutableDictionary<PersonId, DateTimeOffset> CheckedIn { get; init; } = ImmutableDictionary<PersonId, DateTimeOffset>.Empty;

    [Id(4)]
    public ImmutableHashSet<PersonId> Marked { get; init; } = [];

    [Id(5)]
    public ImmutableDictionary<PersonId, int> Stars { get; init; } = ImmutableDictionary<PersonId, int>.Empty;

    /// <summary>The version of the last change of <see cref="SessionPlaces"/>. Favourite marks and ratings do not change it.</summary>
    [Id(6)]
    public long Version { get; init; }

    public bool IsFull => Capacity is { } capacity && Registered.Count >= capacity;
}

[GenerateSerializer, Immutable, Alias("hub.Audience")]
internal sealed record AudienceState : IAuthorityState<AudienceState, AudienceEvent>
{
    [Id(0)]
    public ImmutableDictionary<SessionId, SessionAudience> Sessions { get; init; } = ImmutableDictionary<SessionId, SessionAudience>.Empty;

    /// <summary>The key that signs tickets. Empty until the first ticket.</summary>
    [Id(1)]
    public ImmutableArray<byte> Secret { get; init; } = [];

    [Id(2)]
    public ImmutableDictionary<string, PersonId> Tickets { get; init; } = ImmutableDictionary<string, PersonId>.Empty;

    public SessionAudience Of(SessionId session) => Sessions.GetValueOrDefault(session, SessionAudience.None);

    public IEnumerable<SessionId> MarkedBy(PersonId person) => Sessions.Where(s => s.Value.Marked.Contains(person)).Select(s => s.Key);

    public AudienceState Apply(JournalEntry<AudienceEvent> entry) =>
        entry.Events.Aggregate(this, (state, e) => state.Apply(e, entry.Version));

    public AudienceState Apply(AudienceEvent e, long version) =>
        e switch
        {
            PlaceTaken taken => With(
                taken.Session,
                s =>
                    taken.Waiting
                        ? s with
                        {
                            Waiting = s.Waiting.Add(taken.Person),
                            Version = version,
                        }
                        : s with
                        {
                            Registered = s.Registered.Add(taken.Person),
                            Version = version,
                        }
            ),
            PlaceLeft left => With(
                left.Session,
                s =>
                    s with
                    {
                        Registered = s.Registered.Remove(left.Person),
                        Waiting = s.Waiting.Remove(left.Person),
                        CheckedIn = s.CheckedIn.Remove(left.Person),
                        Version = version,
                    }
            ),
            PlaceGiven given => With(
                given.Session,
                s => s with { Waiting = s.Waiting.Remove(given.Person), Registered = s.Registered.Add(given.Person), Version = version }
            ),
            CapacitySet set => With(set.Session, s => s with { Capacity = set.Capacity, Version = version }),
            CheckedIn checkedIn => With(
                checkedIn.Session,
                s => s with { CheckedIn = s.CheckedIn.SetItem(checkedIn.Person, checkedIn.At), Version = version }
            ),
            FavouriteSet set => With(
                set.Session,
                s => s with { Marked = set.Marked ? s.Marked.Add(set.Person) : s.Marked.Remove(set.Person) }
            ),
            FeedbackGiven given => With(given.Session, s => s with { Stars = s.Stars.SetItem(given.Person, given.Stars) }),
            AudienceEnded => this with
            {
                Sessions = Sessions.ToImmutableDictionary(s => s.Key, _ => new SessionAudience { Version = version }),
                Tickets = ImmutableDictionary<string, PersonId>.Empty,
            },
            TicketIssued issued => this with { Secret = issued.Secret ?? Secret, Tickets = Tickets.SetItem(issued.Code, issued.Person) },
            _ => this,
        };

    public IEnumerable<TopicItem> ItemsSince(long version) =>
        Sessions
            .Where(s => s.Value.Version > Math.Max(0, version))
            .Select(s => new SessionPlaces
            {
                Session = s.Key,
                Capacity = s.Value.Capacity,
                Registered = s.Value.Registered.Count,
                Waiting = s.Value.Waiting.Count,
                CheckedIn = s.Value.CheckedIn.Count,
                Version = s.Value.Version,
            });

    public Tombstones Tombstones => Tombstones.None;

    private AudienceState With(SessionId session, Func<SessionAudience, SessionAudience> change) =>
        this with
        {
            Sessions = Sessions.SetItem(session, change(Of(session))),
        };
}
