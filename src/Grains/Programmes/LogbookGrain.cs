using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Networks;
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

    /// <summary>The newest changes, at most 200 of them.</summary>
    [Alias("LogbookHistory")]
    Task<ImmutableArray<LogbookEntry>> HistoryAsync();
}

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
    private const int MostHistory = 200;

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
        var (items, refusal) = LogbookRules.Decide(Head.Profile ?? new(), facts, actor.Person, command, Clock.GetUtcNow(), HeadVersion + 1);
        if (refusal is not null)
            return new(Stored.Version, refusal.Code, refusal.Message, refusal.Place);
        return new(
            await CommitAsync(
                new(actor, command.CommandId, [new LogbookChanged(items)])
                {
                    Reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim(),
                    Outbox = [.. Notices(facts, command, actor.Person)],
                }
            )
        );
    }

    public async Task<ImmutableArray<LogbookEntry>> HistoryAsync()
    {
        var found = ImmutableArray.CreateBuilder<LogbookEntry>();
        await foreach (var (entry, reason) in HistoryAsync(null, null))
        {
            if (entry.Events.OfType<LogbookChanged>().FirstOrDefault() is { } changed)
                found.Add(new(entry.Version, entry.At, entry.By.Person, reason, changed.Items));
            if (found.Count >= MostHistory)
                break;
        }
        return found.DrainToImmutable();
    }

    /// <summary>Null if the person never had a place in the cohort.</summary>
    private async Task<LogbookFacts?> FactsAsync()
    {
        var person = new PersonId(Parts[2]);
        if (
            await GrainFactory.GetGrain<IProgrammeGrain>(Parts[0]).GetAsync() is not { } programme
            || programme.Find(Parts[1], person) is null
        )
            return null;
        ImmutableArray<Rotation> rotations = [.. programme.Rotations.Where(r => r.Cohort == Parts[1] && r.Person == person)];
        var network = await GrainFactory.GetGrain<INetworkGrain>(programme.Profile.Network.Value).GetAsync();
        var zone = network is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone);
        return new(programme, person, rotations, LocalDay.Of(Clock.GetUtcNow(), zone));
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
            Id = $"logbook.{Programme}.{Cohort}.{Kind}",
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
