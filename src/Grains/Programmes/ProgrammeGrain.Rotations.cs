using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>
/// Rotations. Their records are decided here. That a person is at one place at a time is decided by the owner of the person's visits: it
/// holds the time before the rotation is stored, and is told afterwards.
/// </summary>
internal sealed partial class ProgrammeGrain
{
    /// <summary>The zones of the hosts. Whoever needs a host that is not known yet reads it first.</summary>
    private readonly Dictionary<HospitalId, TimeZoneInfo> _hospitals = [];

    private TimeZoneInfo _network = TimeZoneInfo.Utc,
        _partner = TimeZoneInfo.Utc;

    public async Task<bool> HasAsync(Stay stay)
    {
        await ReadZonesAsync();
        return Stored.Profile is { } programme
            && programme.Rotations.FirstOrDefault(r => r.Id == stay.Id) is { } rotation
            && StayOf(programme, rotation) == stay with { HeldUntil = null };
    }

    protected override async Task<ImmutableArray<RecordFault>> AgainstAsync(EditRecords command, bool tryOnly)
    {
        if (Head.Profile is not { } programme || command.Edits.IsDefault || command.Edits.All(e => e.Record.Part != Rotation.Part))
            return [];
        await ReadZonesAsync();
        var (after, changes, faults) = RecordRules.Decide(programme, command);
        if (!faults.IsEmpty || after is null)
            return []; // the decision says so
        var planned = changes.Where(c => c.After is Rotation now && IsElsewhere(c.Before as Rotation, now)).ToList();
        if (string.IsNullOrWhiteSpace(command.Reason) && await PapersAgainstAsync(after, planned) is { IsEmpty: false } papers)
            return papers;
        var against = ImmutableArray.CreateBuilder<RecordFault>();
        foreach (var person in planned.Select(c => (Rotation)c.After!).GroupBy(r => r.Person))
        {
            var conflicts = await GrainFactory
                .GetGrain<IConsultantGrain>(person.Key.Value)
                .HoldAsync([.. person.Select(r => StayOf(after, r))], tryOnly);
            against.AddRange(conflicts.Select(FaultOf));
        }
        return against.DrainToImmutable();
    }

    /// <summary>Whether a rotation needs another time or place of its person than before.</summary>
    private static bool IsElsewhere(Rotation? before, Rotation now) =>
        before is null || (before.Person, before.Department, before.From, before.To) != (now.Person, now.Department, now.From, now.To);

    private static RecordFault FaultOf(StayConflict conflict) =>
        new(
            new(Rotation.Part, conflict.Rotation),
            ProgrammeCodes.RotationOverlap,
            (conflict.Network is { } network ? $"The person visits the network {network}" : "The person is in another rotation")
                + $" from {conflict.From:yyyy-MM-dd} to {conflict.To:yyyy-MM-dd}.",
            "from"
        );

    /// <summary>The papers that the programme asks for and that do not cover a rotation. A reason overrides this.</summary>
    private async Task<ImmutableArray<RecordFault>> PapersAgainstAsync(EducationProgramme programme, List<RecordChange> planned)
    {
        var found = ImmutableArray.CreateBuilder<RecordFault>();
        foreach (var of in planned.Select(c => (Rotation)c.After!).GroupBy(r => r.Person))
        {
            var dossier = await GrainFactory.GetGrain<IDossierGrain>(of.Key.Value).GetAsync();
            foreach (var rotation in of)
            {
                var stay = programme.Find(rotation.Cohort)! with { From = rotation.From, To = rotation.To };
                var lacking = programme
                    .Requirements.Select(r => RequirementRules.Of(r, stay, dossier))
                    .Where(cell => cell.State is not (RequirementState.Met or RequirementState.Unchecked))
                    .Select(cell => cell.Name.En)
                    .ToList();
                if (lacking.Count > 0)
                    found.Add(
                        new(
                            ((IRecord)rotation).Record,
                            ProgrammeCodes.PaperMissing,
                            $"These papers are missing or not valid for the whole rotation: {string.Join("; ", lacking)}.",
                            "person",
                            Overridable: true
                        )
                    );
            }
        }
        return found.DrainToImmutable();
    }

    private async Task ReadZonesAsync()
    {
        if (Head.Profile is not { } programme)
            return;
        if (await GrainFactory.GetGrain<INetworkGrain>(programme.Profile.Network.Value).GetAsync() is { } network)
        {
            _network = TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
            _partner = network.Partners.FirstOrDefault(p => p.Id == programme.Profile.Partner) is { } partner
                ? TimeZoneInfo.FindSystemTimeZoneById(partner.TimeZone)
                : _network;
        }
        foreach (var hospital in programme.Departments.Select(d => d.Hospital).OfType<HospitalId>().Distinct())
            if (await GrainFactory.GetGrain<IHospitalGrain>(hospital.Value).GetAsync() is { } host)
                _hospitals[hospital] = TimeZoneInfo.FindSystemTimeZoneById(host.TimeZone);
    }

    private Stay StayOf(EducationProgramme programme, Rotation rotation)
    {
        var hospital = programme.Departments.FirstOrDefault(d => d.Id == rotation.Department)?.Hospital;
        var zone = hospital is { } one ? _hospitals.GetValueOrDefault(one, _network) : _partner;
        return new(
            programme.Profile.Id,
            rotation.Id,
            hospital is null ? null : programme.Profile.Network,
            LocalDay.StartOf(rotation.From, zone),
            LocalDay.EndOf(rotation.To, zone)
        );
    }

    protected override IEnumerable<OutboxMessage> MessagesOf(
        Actor actor,
        EducationProgramme? before,
        EducationProgramme? after,
        long version
    )
    {
        var (was, now) = ((before?.Rotations ?? []).ToDictionary(r => r.Id), (after?.Rotations ?? []).ToDictionary(r => r.Id));
        var today = LocalDay.Of(Clock.GetUtcNow(), _network);
        foreach (var id in was.Keys.Union(now.Keys))
        {
            var (old, rotation) = (was.GetValueOrDefault(id), now.GetValueOrDefault(id));
            if (old == rotation)
                continue;
            if (old is not null && old.Person != rotation?.Person)
                yield return ToVisits(old.Person, new((before ?? after)!.Profile.Id, id, null));
            if (rotation is not null && IsElsewhere(old, rotation))
                yield return ToVisits(rotation.Person, new(after!.Profile.Id, id, StayOf(after, rotation)));
            foreach (var notice in RotationNotices.Of((after ?? before)!, old, rotation, actor.Person, today))
                yield return notice;
        }
    }

    private static OutboxMessage ToVisits(PersonId person, StayTold told) => new(0, GrainId.Create("consultant", person.Value), told);
}
