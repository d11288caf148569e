using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Grave;

/// <summary>A grave change was made.</summary>
/// <param name="Minute">All changes of this kind by this person in this minute, including this one.</param>
[GenerateSerializer, Immutable, Alias("hub.GraveChanged")]
internal sealed record GraveChanged([property: Id(0)] GraveMinute Minute);

/// <summary>Asks an inbox to raise an alert about grave changes, or to count them in the alert that it has.</summary>
[GenerateSerializer, Immutable, Alias("hub.RaiseGrave")]
public sealed record RaiseGrave([property: Id(0)] GraveMinute Minute) : OutboxPayload, IAlertMessage
{
    public PersonId By => Minute.Change.By;

    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = Minute.Id,
            Kind = AlertKind.GraveChange,
            At = Minute.At,
            Text = GraveTexts.Of(Minute),
            About = Minute.Change.About,
        };
}

/// <summary>The minutes that are not over, by kind and person.</summary>
[GenerateSerializer, Immutable, Alias("hub.GraveState")]
internal sealed record GraveState : IAuthorityState<GraveState, GraveChanged>
{
    [Id(0)]
    public ImmutableArray<GraveMinute> Minutes { get; init; } = [];

    public GraveState Apply(JournalEntry<GraveChanged> entry) =>
        this with
        {
            Minutes =
            [
                .. Minutes.Where(m => m.Until > entry.At && !entry.Events.Any(e => e.Minute.Id == m.Id)),
                .. entry.Events.Select(e => e.Minute),
            ],
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("grave")]
internal sealed class GraveGrain(AuthorityServices services) : AuthorityGrain<GraveState, GraveChanged>("grave", services), IGraveGrain
{
    private const int MostPeople = 200;
    private static readonly TimeSpan Shared = TimeSpan.FromMinutes(1);

    public async Task<GraveMinute> TellAsync(GraveChange change, ImmutableArray<PersonId> people)
    {
        var now = Clock.GetUtcNow();
        var minute = Head.Minutes.FirstOrDefault(m => m.Until > now && m.Change.Act == change.Act && m.Change.By == change.By) is { } known
            ? known with
            {
                Change = Both(known.Change, change),
            }
            : new(change, now, now + Shared);
        await CommitAsync(
            new(new(change.By, Role.System), Guid.Empty, [new GraveChanged(minute)])
            {
                Outbox =
                [
                    .. people
                        .Take(MostPeople)
                        .Select(person => new OutboxMessage(0, GrainId.Create("inbox", person.Value), new RaiseGrave(minute), minute.Id)),
                ],
            }
        );
        return minute;
    }

    /// <summary>Counts two changes together. What they do not have in common is left out.</summary>
    private static GraveChange Both(GraveChange one, GraveChange other) =>
        one with
        {
            Count = one.Count + other.Count,
            About = one.About == other.About ? one.About : null,
            AboutName = one.About == other.About ? one.AboutName : null,
            Role = one.Role == other.Role ? one.Role : null,
            Thing = one.Thing == other.Thing ? one.Thing : null,
        };
}
