using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>
/// Rotations. Their records are decided here. That a person is at one place at a time is decided by the owner of the person's visits: it
/// holds the time before the rotation is stored, and is told afterwards.
/// </summary>
internal sealed partial class ProgrammeGrain
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    private readonly HostZones _zones = new();

    public async Task<bool> HasAsync(Stay stay)
    {
        await ReadZonesAsync();
        await WhenAllStoredAsync();
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
        if (await LoggedAgainstAsync(programme, changes) is { IsEmpty: false } logged)
            return logged;
        var planned = changes.Where(c => c.After is Rotation now && IsElsewhere(c.Before as Rotation, now)).ToList();
        if (string.IsNullOrWhiteSpace(command.Reason) && await PapersAgainstAsync(after, planned) is { IsEmpty: false } papers)
            return papers;
        var since = Clock.GetUtcNow();
        // Time is held only if all people have it.
        var against = await HoldAsync(after, changes, planned, tryOnly: true);
        if (against.IsEmpty && !tryOnly)
            against = await HoldAsync(after, changes, planned, tryOnly: false);
        return against.IsEmpty && Clock.GetUtcNow() - since > LongestHold
            ? [.. planned.Select(c => new RecordFault(c.Record, ProgrammeCodes.HoldLapsed, ProgrammeCodes.HoldLapsed.Message!))]
            : against;
    }

    private async Task<ImmutableArray<RecordFault>> HoldAsync(
        EducationProgramme programme,
        ImmutableArray<RecordChange> changes,
        List<RecordChange> planned,
        bool tryOnly
    )
    {
        var conflicts = await Task.WhenAll(
            planned
                .Select(c => (Rotation)c.After!)
                .GroupBy(r => r.Person)
                .Select(of =>
                    GrainFactory
                        .GetGrain<IConsultantGrain>(of.Key.Value)
                        .HoldAsync(
                            [.. of.Select(r => StayOf(programme, r))],
                            [
                                .. changes
                                    .Where(c => c.Before is Rotation was && was.Person == of.Key && (c.After as Rotation)?.Person != of.Key)
                                    .Select(c => c.Record.Id),
                            ],
                            tryOnly
                        )
                )
        );
        return [.. conflicts.SelectMany(all => all.AsEnumerable()).Select(c => FaultOf(programme, c))];
    }

    /// <summary>
    /// Rotations with logged cases. They stay with their person and department, and keep the days on which there are cases.
    /// </summary>
    private async Task<ImmutableArray<RecordFault>> LoggedAgainstAsync(EducationProgramme programme, ImmutableArray<RecordChange> changes)
    {
        var found = ImmutableArray.CreateBuilder<RecordFault>();
        foreach (var was in changes.Select(c => c.Before).OfType<Rotation>().Where(r => r.From <= Today(programme, r)))
        {
            var now = changes.First(c => c.Record == ((IRecord)was).Record).After as Rotation;
            var isSame = (now?.Person, now?.Department, now?.Cohort) == (was.Person, was.Department, was.Cohort);
            var logbook = await GrainFactory.GetGrain<ILogbookGrain>($"{programme.Profile.Id}/{was.Cohort}/{was.Person}").GetAsync();
            if (logbook.Entries.Values.Any(e => e.Status != LogStatus.Removed && was.Has(e.Day) && !(isSame && now!.Has(e.Day))))
                found.Add(
                    new(((IRecord)was).Record, ProgrammeCodes.HasCases, ProgrammeCodes.HasCases.Message!, now is null ? null : "from")
                );
        }
        return found.DrainToImmutable();
    }

    private DateOnly Today(EducationProgramme programme, Rotation rotation) =>
        LocalDay.Of(Clock.GetUtcNow(), _zones.Of(programme, rotation.Department));

    /// <summary>Whether a rotation needs another time or place of its person than before.</summary>
    private static bool IsElsewhere(Rotation? before, Rotation now) =>
        before is null || (before.Person, before.Department, before.From, before.To) != (now.Person, now.Department, now.From, now.To);

    /// <summary>The days are those of the host that was asked for.</summary>
    private RecordFault FaultOf(EducationProgramme programme, StayConflict conflict)
    {
        var rotation = programme.Rotations.First(r => r.Id == conflict.Rotation);
        var zone = _zones.Of(programme, rotation.Department);
        var (first, last) = (LocalDay.Of(conflict.From, zone), LocalDay.Of(conflict.To.AddTicks(-1), zone));
        return new(
            ((IRecord)rotation).Record,
            ProgrammeCodes.RotationOverlap,
            (conflict.Network is { } network ? $"The person visits the network {network}" : "The person is in another rotation")
                + $" from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}.",
            "from"
        );
    }

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

    private Task ReadZonesAsync() => Head.Profile is { } programme ? _zones.ReadAsync(GrainFactory, programme) : Task.CompletedTask;

    private Stay StayOf(EducationProgramme programme, Rotation rotation)
    {
        var hospital = programme.Departments.FirstOrDefault(d => d.Id == rotation.Department)?.Hospital;
        var zone = _zones.Of(programme, rotation.Department);
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
        var today = LocalDay.Of(Clock.GetUtcNow(), _zones.Network);
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
