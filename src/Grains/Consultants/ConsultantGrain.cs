using System.Collections.Immutable;
using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Consultants;

[Reentrant, GrainType("consultant")]
internal sealed class ConsultantGrain(AuthorityServices services) : RecordGrain<Consultant>("consultant", services), IConsultantGrain
{
    private static readonly TimeSpan HoldLapses = TimeSpan.FromMinutes(2);

    public Task<Consultant?> GetAsync() =>
        Task.FromResult(Stored.Profile is { OnlyStays: false } consultant ? consultant with { Version = Stored.Version } : null);

    public Task<ImmutableArray<Stay>> StaysAsync() => Task.FromResult(Stored.Profile?.Stays ?? []);

    public new async Task<Consultant?> AtAsync(long version) =>
        await base.AtAsync(version) is { OnlyStays: false } consultant ? consultant : null;

    public async Task<ImmutableArray<StayConflict>> HoldAsync(
        ImmutableArray<Stay> stays,
        ImmutableArray<string> givenUp,
        bool tryOnly = false
    )
    {
        var against = StayRules.Against(Head.Profile, stays, givenUp);
        if (against.IsEmpty && !tryOnly)
        {
            var until = Clock.GetUtcNow() + HoldLapses;
            await CommitAsync(Changed([.. stays.Select(s => s with { HeldUntil = until })], []));
        }
        return against;
    }

    protected override Decision<ProfileEvent<Consultant>>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is StayTold told
            ? Changed(
                told.Stay is { } stay ? [stay with { HeldUntil = null }] : [],
                // A hold may belong to a later change of the rotation. If none follows, it lapses.
                [.. (Head.Profile?.Stays ?? []).Where(s => s.HeldUntil is null && s.Programme == told.Programme && s.Id == told.Rotation)]
            )
            : null;

    /// <summary>The rosters of the person's engagements are told, because a clinician of the host may be away now.</summary>
    private Decision<ProfileEvent<Consultant>> Changed(ImmutableArray<Stay> set, ImmutableArray<Stay> gone)
    {
        var told = new RosterFactsChanged(this.GetGrainId(), HeadVersion + 1);
        return new(Actor.System, Guid.Empty, [new StaysChanged(set, gone)])
        {
            Outbox = [.. Head.Rosters.Select(roster => new OutboxMessage(0, roster, told, "facts"))],
        };
    }

    protected override bool HasOpenWork(ProfileState<Consultant> state) => state.Profile?.Stays.Any(s => s.HeldUntil is not null) == true;

    /// <summary>Looks at time that was not confirmed: the programme either has the rotation or has not.</summary>
    protected override async Task ReconcileAsync()
    {
        foreach (var held in Stored.Profile?.Stays.Where(s => s.HeldUntil < Clock.GetUtcNow()).ToList() ?? [])
        {
            var isStored = await GrainFactory.GetGrain<IStayPlanner>(GrainId.Create("programme", held.Programme.Value)).HasAsync(held);
            if (Head.Profile?.Stays.Contains(held) == true)
                await CommitAsync(Changed(isStored ? [held with { HeldUntil = null }] : [], [held]));
        }
    }

    /// <summary>Every network lists the consultants who belong to it or visit it. A network that no longer does so removes them.</summary>
    protected override IEnumerable<IListing> ListingsOf(Consultant? before, Consultant? after, long version)
    {
        var (was, now) = (before is { OnlyStays: false } ? before : null, after is { OnlyStays: false } ? after : null);
        if ((now ?? was) is not { } consultant)
            return [];
        var lists = (now?.ListedIn ?? []).ToHashSet();
        return lists
            .Union(was?.ListedIn ?? [])
            .Select(network => new Listing(
                $"{network}/consultants",
                new(consultant.Id.Value, consultant.Name, version)
                {
                    Kind = "consultants",
                    Record = consultant.Profile,
                    Gone = !lists.Contains(network),
                }
            ));
    }
}
