using System.Collections.Immutable;

namespace ConsultHub.Mail;

/// <summary>The rules about when mails are sent, and when the hub gives up. Pure.</summary>
public static class MailRules
{
    public const int MostWaiting = 5_000,
        MostFinished = 6_000,
        MostReported = 200,
        LongestContent = 1 << 14,
        LongestWhy = 300;

    /// <summary>For how long the hub tries to send a mail.</summary>
    public static readonly TimeSpan Tried = TimeSpan.FromDays(1);

    /// <summary>How long the hub remembers what became of a mail.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30),
        LongestPause = TimeSpan.FromHours(1);

    /// <summary>The pause after this many attempts: half a minute at first, doubled each time, at most an hour.</summary>
    public static TimeSpan PauseAfter(int tries) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(tries - 1, 0, 10)));

    /// <summary>Returns the events by which mails are stored. Null if too many would wait.</summary>
    internal static ImmutableArray<MailEvent>? Queue(MailQueue queue, ImmutableArray<NewMail> mails, DateTimeOffset now)
    {
        var keys = mails.Select(m => m.Replaces).OfType<string>().ToHashSet();
        var replaced = queue.Waiting.Values.Where(m => m.Mail.Replaces is { } key && keys.Contains(key)).ToList();
        if (queue.Waiting.Count - replaced.Count + mails.Length > MostWaiting)
            return null;
        return
        [
            .. replaced.Select(m => new MailFinished(m.Mail.Id, MailState.Replaced, null)),
            .. mails.Select(m => new MailQueued(m, now)),
        ];
    }

    /// <summary>Returns what becomes of a waiting mail after an attempt to send it.</summary>
    internal static MailEvent After(WaitingMail mail, MailOutcome outcome, DateTimeOffset now)
    {
        var why = outcome.Why is { Length: > LongestWhy } text ? text[..LongestWhy] : outcome.Why;
        if (outcome.Result == MailResult.Sent)
            return new MailFinished(mail.Mail.Id, MailState.Sent, null, Tried: true);
        var next = now + PauseAfter(mail.Tries + 1);
        return outcome.Result == MailResult.Refused || next >= mail.At + Tried
            ? new MailFinished(mail.Mail.Id, MailState.Undeliverable, why, Tried: true)
            : new MailDeferred(mail.Mail.Id, next, why);
    }

    /// <summary>
    /// Returns the events that end mails that are of no use any more, and mails that are not sent a day and an hour after they were stored.
    /// </summary>
    internal static ImmutableArray<MailEvent> Drop(MailQueue queue, DateTimeOffset now) =>
        [
            .. queue.Waiting.Values.Where(m => m.Mail.Until <= now).Select(m => new MailFinished(m.Mail.Id, MailState.Expired, m.Why)),
            .. queue
                .Waiting.Values.Where(m => !(m.Mail.Until <= now) && m.At + Tried + LongestPause <= now)
                .Select(m => new MailFinished(m.Mail.Id, MailState.Undeliverable, m.Why)),
        ];
}
