using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Mail;

[GenerateSerializer, Immutable, Alias("hub.MailEvent")]
internal abstract record MailEvent;

[GenerateSerializer, Immutable, Alias("hub.MailQueued")]
internal sealed record MailQueued([property: Id(0)] NewMail Mail, [property: Id(1)] DateTimeOffset At) : MailEvent;

/// <summary>A mail could not be sent yet.</summary>
[GenerateSerializer, Immutable, Alias("hub.MailDeferred")]
internal sealed record MailDeferred([property: Id(0)] Guid Mail, [property: Id(1)] DateTimeOffset NextAt, [property: Id(2)] string? Why)
    : MailEvent;

/// <summary>A mail waits no longer. Its content is forgotten.</summary>
/// <param name="Tried">Whether an attempt to send the mail has led to this.</param>
[GenerateSerializer, Immutable, Alias("hub.MailFinished")]
internal sealed record MailFinished(
    [property: Id(0)] Guid Mail,
    [property: Id(1)] MailState State,
    [property: Id(2)] string? Why,
    [property: Id(3)] bool Tried = false
) : MailEvent;

/// <param name="At">When it was stored.</param>
/// <param name="NextAt">When it is due.</param>
/// <param name="TriedAt">When it was tried last. Null if it was not tried.</param>
[GenerateSerializer, Immutable, Alias("hub.WaitingMail")]
internal sealed record WaitingMail(
    [property: Id(0)] NewMail Mail,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] DateTimeOffset NextAt,
    [property: Id(3)] int Tries = 0,
    [property: Id(4)] DateTimeOffset? TriedAt = null,
    [property: Id(5)] string? Why = null
)
{
    public MailView View => new(Mail.Id, Mail.Person, Mail.Kind, MailState.Waiting, At, TriedAt, Tries, NextAt, Why, Mail.Receiver);
}

/// <summary>The mails that wait, and what became of the mails of the last days.</summary>
[GenerateSerializer, Immutable, Alias("hub.MailQueue")]
internal sealed record MailQueue : IAuthorityState<MailQueue, MailEvent>
{
    [Id(0)]
    public ImmutableDictionary<Guid, WaitingMail> Waiting { get; init; } = ImmutableDictionary<Guid, WaitingMail>.Empty;

    /// <summary>The oldest first.</summary>
    [Id(1)]
    public ImmutableList<MailView> Finished { get; init; } = [];

    public MailQueue Apply(JournalEntry<MailEvent> entry)
    {
        var queue = this;
        foreach (var happened in entry.Events)
            queue = happened switch
            {
                MailQueued queued => queue with
                {
                    Waiting = queue.Waiting.SetItem(queued.Mail.Id, new(queued.Mail, queued.At, queued.Mail.NotBefore ?? queued.At)),
                },
                MailDeferred deferred => queue.Waiting.GetValueOrDefault(deferred.Mail) is { } mail
                    ? queue with
                    {
                        Waiting = queue.Waiting.SetItem(
                            deferred.Mail,
                            mail with
                            {
                                NextAt = deferred.NextAt,
                                Tries = mail.Tries + 1,
                                TriedAt = entry.At,
                                Why = deferred.Why,
                            }
                        ),
                    }
                    : queue,
                MailFinished finished => queue.WithFinished(finished, entry.At),
                _ => throw new InvalidOperationException($"Unknown mail event {happened.GetType().Name}."),
            };
        return queue;
    }

    private MailQueue WithFinished(MailFinished finished, DateTimeOffset at)
    {
        if (Waiting.GetValueOrDefault(finished.Mail) is not { } mail)
            return this;
        var view = mail.View with
        {
            State = finished.State,
            ChangedAt = at,
            Tries = mail.Tries + (finished.Tried ? 1 : 0),
            NextAt = null,
            Why = finished.Why,
        };
        var kept = Finished.Add(view);
        var old = kept.TakeWhile((m, i) => kept.Count - i > MailRules.MostFinished || m.ChangedAt <= at - MailRules.Remembered).Count();
        return this with { Waiting = Waiting.Remove(finished.Mail), Finished = old == 0 ? kept : kept.RemoveRange(0, old) };
    }

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}
