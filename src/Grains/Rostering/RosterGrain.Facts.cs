using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;

namespace ConsultHub.Rostering;

/// <summary>Says which engagements use facts, and what a change of facts would do to them.</summary>
internal sealed partial class RosterGrain
{
    public async Task<ImmutableArray<AffectedEngagement>> AffectedByAsync(IProfile after)
    {
        if (Stored.IsArchived || Stored.Engagements.IsEmpty)
            return [];
        await ReadFactsOfAllAsync();
        if (_book.Facts is not { } known)
            return [];
        var facts = known.With(after as Network ?? known.Network);
        if (after is Hospital hospital)
            facts.Put(hospital);
        if (after is Consultant consultant)
            facts.Put(consultant);
        var now = Clock.GetUtcNow();
        return
        [
            .. from engagement in Stored.Engagements.Values
            let change = AttentionRules.Recheck(Stored, engagement, facts, now)
            where change is not null
            let reasons = change.After!.Attention.RemoveRange(engagement.Attention)
            where !reasons.IsEmpty
            orderby engagement.Start
            select new AffectedEngagement(
                facts.Network.Id,
                _week,
                engagement.Id,
                engagement.Title,
                engagement.Hospital,
                engagement.Start,
                reasons
            ),
        ];
    }

    public Task<ImmutableArray<Engagement>> UsesAsync(HospitalId? hospital, RoomId? room, PersonId? person, string? specialty) =>
        Task.FromResult<ImmutableArray<Engagement>>([
            .. Stored
                .Engagements.Values.Where(e =>
                    (hospital is null || e.Hospital == hospital)
                    && (room is null || e.Room == room)
                    && (specialty is null || e.Specialty == specialty)
                    && (person is not { } one || e.Concerns(one))
                )
                .Select(e => e.ForOthers()),
        ]);

    /// <summary>Reads the facts of all hospitals and people that the week's engagements name.</summary>
    private Task ReadFactsOfAllAsync() =>
        _book.ReadAsync(
            Head.Engagements.Values.Select(e => e.Hospital).Distinct(),
            Head.Engagements.Values.SelectMany(e => e.Consultants).Distinct()
        );
}
