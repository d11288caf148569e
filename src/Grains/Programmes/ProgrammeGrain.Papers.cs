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
    /// <summary>How many dossiers are read at the same time.</summary>
    private const int AtOnce = 50;

    /// <summary>The people who must be looked at besides the daily look.</summary>
    private readonly HashSet<PersonId> _toLookAt = [];
    private DateOnly? _lookedOn;
    private DateTimeOffset _tryAgainAt;
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

    /// <summary>
    /// When the papers must be looked at next. Null if nobody has a place for which there are papers, and while a look goes on. Programmes
    /// look in the first hour of the day, but not all at once.
    /// </summary>
    private DateTimeOffset? NextLook(EducationProgramme programme)
    {
        if (_isLooking || !PaperLapses.HasOpenWork(programme, PapersDay))
            return null;
        var now = Clock.GetUtcNow();
        var due =
            _toLookAt.Count > 0 || _lookedOn is not { } day
                ? now
                : LocalDay.EndOf(day, _zones.Network).AddSeconds(this.GetGrainId().GetUniformHashCode() % 3_600);
        return due < _tryAgainAt ? _tryAgainAt : due;
    }

    private async Task LookAtPapersAsync()
    {
        while (Head.Profile is { } programme && NextLook(programme) <= Clock.GetUtcNow())
        {
            _isLooking = true;
            try
            {
                await ReadZonesAsync();
                var today = PapersDay;
                List<PersonId> people = [.. _lookedOn == today ? _toLookAt : PaperLapses.People(programme, today).Union(_toLookAt)];
                _toLookAt.Clear();
                _lookedOn = today;
                await LookAtAsync(people, today);
            }
            catch
            {
                // Nothing was told. All are looked at again in a minute.
                (_lookedOn, _tryAgainAt) = (null, Clock.GetUtcNow().AddMinutes(1));
                throw;
            }
            finally
            {
                _isLooking = false;
            }
        }
    }

    private async Task LookAtAsync(List<PersonId> people, DateOnly today)
    {
        var dossiers = new Dictionary<PersonId, Dossier>();
        foreach (var some in people.Chunk(AtOnce))
            await Task.WhenAll(some.Select(ReadAsync));
        if (Head.Profile is { } programme && PaperLapses.ChangeOf(programme, dossiers, today) is { } change)
            await CommitAsync(new(Actor.System, Guid.Empty, [change]) { Outbox = [.. PaperNotices.Of(programme, change)] });

        // Who cannot be read now is looked at again in a minute.
        async Task ReadAsync(PersonId person)
        {
            try
            {
                dossiers[person] = await GrainFactory.GetGrain<IDossierGrain>(person.Value).GetAsync();
            }
            catch (Exception away) when (away is TimeoutException or OrleansException or JournalReadException)
            {
                _toLookAt.Add(person);
                _tryAgainAt = Clock.GetUtcNow().AddMinutes(1);
            }
        }
    }
}
