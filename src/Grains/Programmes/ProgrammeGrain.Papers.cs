using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>
/// Papers that lapse. The programme reads the dossiers of its people once a day, and the dossier of one person when this person's papers or
/// place have changed.
/// </summary>
internal sealed partial class ProgrammeGrain
{
    /// <summary>The people who must be looked at besides the daily look.</summary>
    private readonly HashSet<PersonId> _toLookAt = [];
    private DateOnly? _lookedOn;
    private bool _isLooking;

    private DateOnly PapersDay => LocalDay.Of(Clock.GetUtcNow(), _zones.Network);

    protected override Decision<ProfileEvent<EducationProgramme>>? Receive(GrainId sender, OutboxMessage message)
    {
        if (message.Payload is PapersChanged changed)
        {
            _toLookAt.Add(changed.Person);
            SetTimer();
        }
        return null;
    }

    /// <summary>Notes that people have got or given up places.</summary>
    private void NotePlaces(EducationProgramme before, ApplicationsChanged change) =>
        _toLookAt.UnionWith(
            change
                .Applications.Where(a =>
                    (before.Find(a.Cohort, a.Person)?.Status == ApplicationStatus.Accepted) != (a.Status == ApplicationStatus.Accepted)
                )
                .Select(a => a.Person)
        );

    /// <summary>Notes that the programme asks for other papers, or at other times.</summary>
    private void NoteRequirements(EducationProgramme? before, EducationProgramme? after)
    {
        if (before?.Requirements != after?.Requirements || before?.Cohorts != after?.Cohorts)
            _lookedOn = null;
    }

    /// <summary>When the papers must be looked at next. Null if nobody has a place for which there are papers.</summary>
    private DateTimeOffset? NextLook(EducationProgramme programme) =>
        !PaperLapses.HasOpenWork(programme, PapersDay) ? null
        : _toLookAt.Count > 0 || _lookedOn != PapersDay ? Clock.GetUtcNow()
        : LocalDay.EndOf(PapersDay, _zones.Network);

    private async Task LookAtPapersAsync()
    {
        if (_isLooking)
            return; // the look that goes on takes all
        _isLooking = true;
        try
        {
            while (Head.Profile is { } programme && NextLook(programme) <= Clock.GetUtcNow())
            {
                await ReadZonesAsync();
                var (today, isDaily) = (PapersDay, _lookedOn != PapersDay);
                List<PersonId> people = [.. isDaily ? PaperLapses.People(programme, today).Union(_toLookAt) : _toLookAt];
                _toLookAt.Clear();
                _lookedOn = today;
                try
                {
                    await LookAtAsync(people, today);
                }
                catch
                {
                    _lookedOn = null; // the reminder tries again
                    throw;
                }
            }
        }
        finally
        {
            _isLooking = false;
        }
    }

    private async Task LookAtAsync(List<PersonId> people, DateOnly today)
    {
        var dossiers = await Task.WhenAll(
            people.Select(async person => (person, Dossier: await GrainFactory.GetGrain<IDossierGrain>(person.Value).GetAsync()))
        );
        if (
            Head.Profile is { } programme
            && PaperLapses.ChangeOf(programme, dossiers.ToDictionary(d => d.person, d => d.Dossier), today) is { } change
        )
            await CommitAsync(new(Actor.System, Guid.Empty, [change]) { Outbox = [.. PaperNotices.Of(programme, change)] });
    }
}
