using System.Collections.Immutable;
using ConsultHub.Journal;
using Orleans.Concurrency;

namespace ConsultHub.Mail;

[Reentrant, GrainType("mail")]
internal sealed class MailGrain(AuthorityServices services) : AuthorityGrain<MailQueue, MailEvent>("mail", services), IMailGrain
{
    private const int MostClaimed = 200;

    /// <summary>
    /// The mails that a web node is sending, and until when they are reserved for it. This is not stored: after a restart all mails are
    /// given out again.
    /// </summary>
    private readonly Dictionary<Guid, DateTimeOffset> _claimed = [];

    public async Task<MailReply> QueueAsync(ImmutableArray<NewMail> mails)
    {
        if (mails.Any(m => m.Protected.Length > MailRules.LongestContent))
            throw new ArgumentException("The content of a mail is too long.", nameof(mails));
        // If a caller sends a batch again, its mails are stored already, and some may be sent.
        var known = Head.Finished.Select(m => m.Id).Concat(Head.Waiting.Keys).ToHashSet();
        var (events, refused) = MailRules.Queue(Head, mails.RemoveAll(m => known.Contains(m.Id)), Clock.GetUtcNow());
        await StoreAsync(events);
        return new(refused, refused?.Message);
    }

    public Task<int> RoomAsync() => Task.FromResult(Math.Max(0, MailRules.MostWaiting - Head.Waiting.Count));

    public async Task<ImmutableArray<DueMail>> ClaimAsync(int most, TimeSpan lease)
    {
        await StoreAsync(MailRules.Drop(Head, Clock.GetUtcNow()));
        var now = Clock.GetUtcNow();
        foreach (var (over, until) in _claimed.ToList())
            if (until <= now || !Stored.Waiting.ContainsKey(over))
                _claimed.Remove(over);
        var due = Stored
            .Waiting.Values.Where(m => m.NextAt <= now && Head.Waiting.ContainsKey(m.Mail.Id) && !_claimed.ContainsKey(m.Mail.Id))
            .OrderBy(m => m.NextAt)
            .Take(Math.Min(most, MostClaimed))
            .Select(m => new DueMail(m.Mail.Id, m.Mail.Protected))
            .ToImmutableArray();
        foreach (var mail in due)
            _claimed[mail.Id] = now + lease;
        return due;
    }

    public async Task FinishAsync(ImmutableArray<MailOutcome> outcomes)
    {
        var now = Clock.GetUtcNow();
        await StoreAsync([
            .. from outcome in outcomes.DistinctBy(o => o.Id)
            let mail = Head.Waiting.GetValueOrDefault(outcome.Id)
            where mail is not null
            select MailRules.After(mail, outcome, now),
        ]);
        await ReleaseAsync([.. outcomes.Select(o => o.Id)]);
    }

    public Task ReleaseAsync(ImmutableArray<Guid> mails)
    {
        foreach (var mail in mails)
            _claimed.Remove(mail);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<MailView>> OfPersonAsync(PersonId person, int most) =>
        Task.FromResult<ImmutableArray<MailView>>([
            .. Stored
                .Waiting.Values.Where(m => m.Mail.Person == person)
                .Select(m => m.View)
                .Concat(Stored.Finished.Where(m => m.Person == person))
                .OrderByDescending(m => m.At)
                .ThenByDescending(m => m.Id)
                .Take(Math.Min(most, MailRules.MostReported)),
        ]);

    public Task<MailReport> ReportAsync() =>
        Task.FromResult(
            new MailReport(
                Stored.Waiting.Count,
                [
                    .. Stored
                        .Finished.Where(m => m.State == MailState.Undeliverable)
                        .OrderByDescending(m => m.ChangedAt)
                        .Take(MailRules.MostReported),
                ],
                Stored.Waiting.Values.Where(m => m.Why is not null).MaxBy(m => m.TriedAt)?.Why,
                Stored.Waiting.Values.Count(m => m.Why is not null)
            )
        );

    protected override bool HasOpenWork(MailQueue state) => !state.Waiting.IsEmpty;

    protected override Task ReconcileAsync() => StoreAsync(MailRules.Drop(Head, Clock.GetUtcNow()));

    private Task StoreAsync(ImmutableArray<MailEvent> events) =>
        events.IsEmpty ? WhenAllStoredAsync() : CommitAsync(new(Actor.System, Guid.Empty, events));
}
