using System.Collections.Immutable;
using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>
/// The only writer of a programme's places. A timer ends the offers that are not answered, and the reminder does so after a crash. Then,
/// and when somebody withdraws or when there are more places, the waiting list moves up. The same timer looks for papers that lapse.
/// </summary>
[Reentrant, GrainType("programme")]
internal sealed partial class ProgrammeGrain(AuthorityServices services)
    : RecordGrain<EducationProgramme>("programme", services),
        IProgrammeGrain
{
    private const int MostHistory = 100;

    private IGrainTimer? _timer;
    private DateTimeOffset? _timerAt;

    private string Id => this.GetPrimaryKeyString();

    public Task<EducationProgramme?> GetAsync() => Task.FromResult(Stored.Profile);

    public Task<bool> TakesAsync(NetworkId network, Purpose purpose) =>
        Task.FromResult(
            Stored.Profile is { } programme && programme.Profile.Network == network && programme.Find(purpose.Cohort) is not null
        );

    public async Task<ProgrammeReply> DecideAsync(Actor actor, ProgrammeCommand command)
    {
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return new(version);
        }
        if (command is Withdraw)
            await ReadZonesAsync(); // rotations may end today
        if (IsRepeat(command.CommandId, out version))
        {
            await WhenStoredAsync(version);
            return new(version);
        }
        if (Head.Profile is not { } programme)
            return new(0, ProgrammeCodes.Unknown);
        var outcome = ApplicationRules.Decide(programme, actor.Person, command, Clock.GetUtcNow(), HeadVersion + 1);
        if (outcome.Refusal is { } refusal)
            return new(Stored.Version, refusal.Code, refusal.Message, refusal.Place);
        return new(await StoreAsync(actor, command.CommandId, programme, outcome.Event!, command.Reason));
    }

    public async Task<ImmutableArray<ApplicationEntry>> HistoryOfAsync(string cohort, PersonId person)
    {
        var found = new List<ApplicationEntry>();
        await foreach (var (entry, reason) in HistoryAsync($"application/{cohort}/{person}", null))
        foreach (var application in entry.Events.OfType<ApplicationsChanged>().SelectMany(e => e.Applications))
            if (application.Cohort == cohort && application.Person == person)
            {
                // Whoever is offered a place may have moved up because somebody else withdrew. That concerns the other person alone.
                var moved = application.TakesPlace && entry.By.Person != person;
                var shown = new ApplicationEntry(
                    entry.Version,
                    entry.At,
                    moved ? Actor.System.Person : entry.By.Person,
                    moved ? null : reason,
                    application
                );
                // The oldest entry has what the person wrote.
                if (found.Count < MostHistory)
                    found.Add(shown);
                else
                    found[^1] = shown;
            }
        return [.. found];
    }

    private async Task<long> StoreAsync(Actor actor, Guid command, EducationProgramme before, ApplicationsChanged change, string? reason)
    {
        var ended = RotationRules.AfterWithdrawals(before, change, LocalDay.Of(Clock.GetUtcNow(), _zones.Network));
        var rotations = new RecordsChanged<EducationProgramme>(ended);
        var after = rotations.After(change.After(before))!;
        NotePlaces(before, change);
        return await CommitAsync(
            new(actor, command, ended.IsEmpty ? [change] : [change, rotations])
            {
                Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
                Subjects = [.. change.Applications.Select(a => a.Key), .. ended.Select(c => c.Record.Subject)],
                Outbox =
                [
                    CatalogueTold.Of(after, HeadVersion + 1),
                    .. change.Applications.Where(a => before.Find(a.Cohort, a.Person)?.Status != a.Status).Select(a => ToDossier(after, a)),
                    .. ProgrammeNotices.Of(before, after, change.Applications, actor.Person),
                    .. MessagesOf(actor, before, after, HeadVersion + 1),
                ],
            }
        );
    }

    private static OutboxMessage ToDossier(EducationProgramme programme, Application application) =>
        new(
            0,
            GrainId.Create("dossier", application.Person.Value),
            new ApplicationTold(
                programme.Profile.Id,
                programme.Profile.Network,
                application.Cohort,
                application.Status,
                application.OfferedUntil,
                application.ChangedAt
            )
        );

    protected override IEnumerable<IListing> ListingsOf(EducationProgramme? before, EducationProgramme? after, long version)
    {
        if ((after ?? before) is not { } programme)
            return [];
        var profile = programme.Profile;
        return
        [
            new Listing(
                $"{profile.Network}/programmes",
                new(profile.Id.Value, profile.Name, version) { Record = profile, Gone = after is null }
            ),
            new CatalogueListing(profile.Network, CatalogueTold.Of(programme, version, after is null)),
        ];
    }

    protected override bool HasOpenWork(ProfileState<EducationProgramme> state) =>
        state.Profile is { } programme
        && (
            ApplicationRules.NextEnd(programme) is not null
            || ApplicationRules.Advance(programme, Clock.GetUtcNow(), state.Version + 1) is not null
            || PaperLapses.HasOpenWork(programme, PapersDay)
        );

    protected override void OnStored(ProfileState<EducationProgramme> before, ProfileState<EducationProgramme> after)
    {
        NoteRequirements(before.Profile, after.Profile);
        SetTimer();
    }

    /// <summary>Ends offers, moves the waiting lists up, and looks at papers.</summary>
    protected override async Task ReconcileAsync()
    {
        try
        {
            if (Head.Profile is { } programme && ApplicationRules.Advance(programme, Clock.GetUtcNow(), HeadVersion + 1) is { } change)
                await StoreAsync(Actor.System, Guid.Empty, programme, change, null);
            await LookAtPapersAsync();
        }
        finally
        {
            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (Stored.Profile is not { } programme)
            return;
        var now = Clock.GetUtcNow();
        var next = ApplicationRules.Advance(programme, now, 0) is not null ? now : ApplicationRules.NextEnd(programme);
        if (NextLook(programme) is { } look && !(next <= look))
            next = look;
        if (next == _timerAt)
            return;
        _timerAt = next;
        _timer?.Dispose();
        _timer = next is not { } at
            ? null
            : this.RegisterGrainTimer(
                async _ =>
                {
                    _timerAt = null;
                    await ReconcileAsync();
                },
                // A timer cannot wait longer than 49 days.
                new GrainTimerCreationOptions(Within(at - now), Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true }
            );
    }

    private static TimeSpan Within(TimeSpan due) =>
        due < TimeSpan.Zero ? TimeSpan.FromSeconds(1)
        : due > TimeSpan.FromDays(30) ? TimeSpan.FromDays(30)
        : due;
}
