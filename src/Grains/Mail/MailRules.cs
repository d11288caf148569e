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

    /// <summary>How many of the waiting mails are left for mails that people cannot cause again and again, such as invitations.</summary>
    public const int Reserved = 1_000;

    /// <summary>How many mails in an hour people can cause to one address.</summary>
    public const int MostToReceiver = 20;

    /// <summary>The time between two mails of the same kind to one person, if the person can cause them again and again.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    /// <summary>For how long the hub tries to send a mail.</summary>
    public static readonly TimeSpan Tried = TimeSpan.FromDays(1);

    /// <summary>How long the hub remembers what became of a mail.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30),
        LongestPause = TimeSpan.FromHours(1);

    /// <summary>The pause after this many attempts: half a minute at first, doubled each time, at most an hour.</summary>
    public static TimeSpan PauseAfter(int tries) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Clamp(tries - 1, 0, 10)));

    /// <summary>Whether a person can cause such mails again and again.</summary>
    public static bool IsRepeatable(MailKind kind) =>
        kind
            is MailKind.OwnReset
                or MailKind.PasswordChanged
                or MailKind.FactorChanged
                or MailKind.IdentityLinked
                or MailKind.AddressChanged;

    /// <summary>Returns the events by which mails are stored, or why they are not stored.</summary>
    internal static (ImmutableArray<MailEvent> Events, Code? Refused) Queue(
        MailQueue queue,
        ImmutableArray<NewMail> mails,
        DateTimeOffset now
    )
    {
        var keys = mails.Select(m => m.Replaces).OfType<string>().ToHashSet();
        var replaced = queue.Waiting.Values.Where(m => m.Mail.Replaces is { } key && keys.Contains(key)).ToList();
        var room = mails.Any(m => !IsRepeatable(m.Kind)) ? MostWaiting : MostWaiting - Reserved;
        if (queue.Waiting.Count - replaced.Count + mails.Length > room)
            return ([], MailCodes.Full);
        if (mails.Any(m => m.Receiver is { } receiver && SentTo(queue, receiver, now) >= MostToReceiver))
            return ([], MailCodes.TooOften);
        return (
            [
                .. replaced.Select(m => new MailFinished(m.Mail.Id, MailState.Replaced, null)),
                .. mails.Select(m => new MailQueued(!IsRepeatable(m.Kind) ? m : m with { NotBefore = Earliest(queue, replaced, m) }, now)),
            ],
            null
        );
    }

    /// <summary>
    /// Returns when a mail is sent that its person can cause again and again: at once, but not within five minutes after the last one of
    /// its kind. A mail that takes the place of a waiting one does not wait longer than that one. Otherwise somebody could put it off
    /// forever.
    /// </summary>
    private static DateTimeOffset? Earliest(MailQueue queue, List<WaitingMail> replaced, NewMail mail) =>
        replaced.FirstOrDefault(m => m.Mail.Replaces == mail.Replaces)?.NextAt
        ?? queue
            .Finished.Where(m => m.Person == mail.Person && m.Kind == mail.Kind && m.State == MailState.Sent)
            .Max(m => m.ChangedAt + Between);

    private static int SentTo(MailQueue queue, string receiver, DateTimeOffset now) =>
        queue.Finished.Count(m => m.Receiver == receiver && m.State == MailState.Sent && m.ChangedAt > now - TimeSpan.FromHours(1))
        + queue.Waiting.Values.Count(m => m.Mail.Receiver == receiver);

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
