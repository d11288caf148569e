using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Conferences.Releases;

[GenerateSerializer, Immutable, Alias("hub.ReleaseKept")]
internal sealed record ReleaseKept([property: Id(0)] KeepRelease Content);

[GenerateSerializer, Immutable, Alias("hub.ReleaseState")]
internal sealed record ReleaseState : IAuthorityState<ReleaseState, ReleaseKept>
{
    [Id(0)]
    public KeepRelease? Content { get; init; }

    /// <summary>Keeps the first content and ignores any later content.</summary>
    public ReleaseState Apply(JournalEntry<ReleaseKept> entry) =>
        Content is not null || entry.Events.IsEmpty ? this : new() { Content = entry.Events[0].Content };

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

/// <summary>Keeps the content of one release permanently.</summary>
[Reentrant, GrainType("release")]
internal sealed class ReleaseGrain(AuthorityServices services)
    : AuthorityGrain<ReleaseState, ReleaseKept>("release", services),
        IReleaseGrain
{
    public Task<KeepRelease?> GetAsync() => Task.FromResult(Stored.Content);

    public Task<bool> HasAsync(SessionId session) => Task.FromResult(Stored.Content?.Programme.Sessions.Any(s => s.Id == session) == true);

    protected override Decision<ReleaseKept>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is KeepRelease content && Head.Content is null
            ? new(new Actor(content.Release.By, Role.System), Guid.Empty, [new ReleaseKept(content)])
            : null;
}
