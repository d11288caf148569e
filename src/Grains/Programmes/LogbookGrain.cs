using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Records;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>The logbook of one person in one cohort. Key: <c>{programme}/{cohort}/{person}</c>.</summary>
[Alias("hub.ILogbookGrain")]
public interface ILogbookGrain : IFactOwner, ILiveAuthority
{
    /// <summary>Empty if nothing was logged or judged yet.</summary>
    [Alias("Get")]
    Task<Logbook> GetAsync();

    /// <summary>The logbook as at an earlier version. Null if there was none.</summary>
    [Alias("At")]
    Task<Logbook?> AtAsync(long version);

    [Alias("Decide")]
    Task<ProgrammeReply> DecideAsync(Actor actor, LogbookCommand command);

    /// <summary>The logbook and its history, with what somebody may judge. Null if the person never had a place in the cohort.</summary>
    /// <param name="decides">Whether the reader decides about the programme.</param>
    [Alias("Read")]
    Task<LogbookSheet?> ReadAsync(PersonId reader, bool decides);
}

/// <summary>A logbook as somebody reads it.</summary>
/// <param name="History">The newest changes first: at most 200, and besides the last of each assessment and returned entry.</param>
/// <param name="Supervises">Whether the reader supervises the person, or has done so.</param>
/// <param name="Signable">The ids of entries that the reader may sign or return.</param>
/// <param name="Today">The day that it is now where the person is.</param>
[GenerateSerializer, Immutable, Alias("hub.LogbookSheet")]
public sealed record LogbookSheet(
    [property: Id(0)] Logbook Logbook,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableArray<LogbookEntry> History,
    [property: Id(3)] bool Supervises,
    [property: Id(4)] ImmutableArray<string> Signable,
    [property: Id(5)] DateOnly Today
);

/// <summary>A stored change of a logbook.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">The comment.</param>
[GenerateSerializer, Immutable, Alias("hub.LogbookEntry")]
public sealed record LogbookEntry(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] string? Reason,
    [property: Id(4)] ImmutableArray<TopicItem> Items
);

[Reentrant, GrainType("logbook")]
internal sealed class LogbookGrain(AuthorityServices services) : ProfileGrain<Logbook>("logbook", services), ILogbookGrain
{
    private const int MostHistory = 200,
        MostOlder = 50;

    private readonly HostZones _zones = new();

    private string[] Parts => this.GetPrimaryKeyString().Split('/');

    public Task<Logbook> GetAsync() => Task.FromResult(Stored.Profile ?? new());

    public async Task<ProgrammeReply> DecideAsync(Actor actor, LogbookCommand command)
    {
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return new(version);
        }
        if (await FactsAsync() is not { } facts)
            return new(0, ProgrammeCodes.UnknownApplication, ProgrammeCodes.UnknownApplication.Message);
        if (IsRepeat(command.CommandId, out version))
        {
            await WhenStoredAsync(version);
            return new(version);
        }
        var (items, refusal) = LogbookRules.Decide(Head.Profile ?? new(), facts, actor.Person, command, Clock.GetUtcNow(), HeadVersion + 1);
        if (refusal is not null)
            return new(Stored.Version, refusal.Code, refusal.Message, refusal.Place);
        return new(
            await CommitAsync(
                new(actor, command.CommandId, [new LogbookChanged(items)])
                {
                    Reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(),
                    // The comment of an assessment or of a returned entry is found by its subject.
                    Subjects = [.. items.Where(i => i is Assessment or LoggedCases { Status: LogStatus.Returned }).Select(i => i.Key)],
                    Outbox = [.. Notices(facts, command, actor.Person)],
                }
            )
        );
    }

    public async Task<LogbookSheet?> ReadAsync(PersonId reader, bool decides)
    {
        if (await FactsAsync() is not { } facts)
            return null;
        var logbook = Stored.Profile ?? new();
        var (version, history) = (Stored.Version, await HistoryAsync(logbook));
        var isOwn = reader == facts.Person;
        return new(
            logbook,
            version,
            history,
            !isOwn && facts.IsSupervisor(reader),
            [
                .. logbook
                    .Entries.Values.Where(e =>
                        !isOwn && e.Status is LogStatus.Submitted or LogStatus.Returned && (decides || facts.MaySign(reader, e))
                    )
                    .Select(e => e.Id),
            ],
            // The host of the rotation that goes on, or that began last.
            facts.Rotations.Where(r => r.Rotation.From <= r.Today).Select(r => (DateOnly?)r.Today).LastOrDefault()
                ?? LocalDay.Of(Clock.GetUtcNow(), _zones.Network)
        );
    }

    private async Task<ImmutableArray<LogbookEntry>> HistoryAsync(Logbook logbook)
    {
        var found = ImmutableArray.CreateBuilder<LogbookEntry>();
        await foreach (var (entry, reason) in HistoryAsync(null, null))
        {
            if (Shown(entry, reason) is { } shown)
                found.Add(shown);
            if (found.Count >= MostHistory)
                break;
        }
        var first = found.Count < MostHistory ? 0 : found[^1].Version;
        var older = logbook
            .Assessments.Concat<TopicItem>(logbook.Entries.Values.Where(e => e.Status == LogStatus.Returned))
            .Where(item => item.Version < first)
            .OrderByDescending(item => item.Version)
            .Take(MostOlder);
        foreach (var item in older)
        await foreach (var (entry, reason) in HistoryAsync(item.Key, null))
        {
            if (Shown(entry, reason) is { } shown && found.All(f => f.Version != shown.Version))
                found.Add(shown);
            break;
        }
        return found.DrainToImmutable();
    }

    private static LogbookEntry? Shown(JournalEntry<ProfileEvent<Logbook>> entry, string? reason) =>
        entry.Events.OfType<LogbookChanged>().FirstOrDefault() is { } changed
            ? new(entry.Version, entry.At, entry.By.Person, reason, changed.Items)
            : null;

    /// <summary>Null if the person never had a place in the cohort.</summary>
    private async Task<LogbookFacts?> FactsAsync()
    {
        var person = new PersonId(Parts[2]);
        if (
            await GrainFactory.GetGrain<IProgrammeGrain>(Parts[0]).GetAsync() is not { } programme
            || programme.Find(Parts[1], person) is not { } application
        )
            return null;
        var own = programme.Rotations.Where(r => r.Cohort == Parts[1] && r.Person == person).OrderBy(r => r.From).ToList();
        if (application.Status != ApplicationStatus.Accepted && own.Count == 0)
            return null;
        await _zones.ReadAsync(GrainFactory, programme);
        var now = Clock.GetUtcNow();
        var sessions = (await GrainFactory.GetGrain<ICourseGrain>($"{Parts[0]}/{Parts[1]}").GetAsync()).Sessions.Values;
        return new(programme, person, [.. own.Select(r => (r, LocalDay.Of(now, _zones.Of(programme, r.Department))))])
        {
            Trainers = [.. sessions.Where(s => s.TakesPlace && s.Start <= now && s.IsFor(person)).SelectMany(s => s.Trainers)],
        };
    }

    /// <summary>Tells the person of returned cases and of assessments.</summary>
    private IEnumerable<OutboxMessage> Notices(LogbookFacts facts, LogbookCommand command, PersonId by)
    {
        var kind = command switch
        {
            ReturnCases => AlertKind.CasesReturned,
            Assess => AlertKind.Assessed,
            _ => (AlertKind?)null,
        };
        if (kind is { } told)
            yield return new(
                0,
                GrainId.Create("inbox", facts.Person.Value),
                new RaiseLogbookNotice(told, facts.Programme.Profile.Id, Parts[1], facts.Programme.Profile.Name, by)
            );
    }
}

/// <summary>Asks an inbox to raise an alert about a logbook.</summary>
/// <param name="Name">The name of the programme.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseLogbookNotice")]
public sealed record RaiseLogbookNotice(
    [property: Id(0)] AlertKind Kind,
    [property: Id(1)] ProgrammeId Programme,
    [property: Id(2)] string Cohort,
    [property: Id(3)] LocalName Name,
    [property: Id(4)] PersonId By
) : OutboxPayload, IAlertMessage
{
    /// <summary>A newer alert of the same kind about the same logbook replaces the older one.</summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = $"logbook:{Programme}:{Cohort}:{Kind}",
            Kind = Kind,
            At = at,
            Text = LogbookTexts.Of(this),
            Programme = Programme,
        };
}

/// <summary>The sentences of an alert about a logbook in the hub's languages.</summary>
public static class LogbookTexts
{
    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseLogbookNotice notice) =>
        ProgrammeTexts.InEach(language =>
        {
            var name = ProgrammeTexts.Isolate(notice.Name.In(language));
            return notice.Kind == AlertKind.CasesReturned
                ? new LocalName(
                    $"Your supervisor has returned cases of your logbook in {name}. Please correct or remove them.",
                    $"أعاد المشرف حالات في سجلك ضمن {name}. يُرجى تصحيحها أو حذفها.",
                    $"{name} 기록부의 사례를 지도 의사가 반려했습니다. 수정하거나 삭제해 주십시오."
                )
                : new(
                    $"You were assessed in {name}. Please read the result.",
                    $"جرى تقييمك في {name}. يُرجى الاطلاع على النتيجة.",
                    $"{name}에서 평가를 받으셨습니다. 결과를 확인해 주십시오."
                );
        });
}
