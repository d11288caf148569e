using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;

namespace ConsultHub.Mail;

/// <summary>What a mail is about.</summary>
public enum MailKind
{
    /// <summary>A link by which a person chooses the first password.</summary>
    Invitation,

    /// <summary>A link by which a person chooses a new password. Somebody else made it.</summary>
    Reset,

    /// <summary>A link for a new password that the person asked for.</summary>
    OwnReset,

    /// <summary>The person's password was changed.</summary>
    PasswordChanged,

    /// <summary>The person has changed their second factor.</summary>
    FactorChanged,

    /// <summary>Somebody else resets the person's second factor.</summary>
    FactorReset,

    /// <summary>The person's account was connected with an institution.</summary>
    IdentityLinked,

    /// <summary>The account's e-mail address was changed. This mail goes to the address before the change.</summary>
    AddressChanged,

    /// <summary>Somebody else has made a grave change.</summary>
    GraveChange,
}

/// <summary>How far a mail has come.</summary>
public enum MailState
{
    Waiting,
    Sent,

    /// <summary>The mail server has refused it for good, or has not taken it for a day.</summary>
    Undeliverable,

    /// <summary>It was not sent, because its link is no longer valid.</summary>
    Expired,

    /// <summary>It was not sent, because a newer mail has taken its place.</summary>
    Replaced,
}

/// <summary>A mail to store.</summary>
/// <param name="Id">A GUID of version 7, so that a newer mail has a higher id.</param>
/// <param name="Person">To whom it goes.</param>
/// <param name="Protected">Address and content. Only web nodes can decrypt them, because the content may have a secret link.</param>
/// <param name="Until">From then on it is of no use, and is dropped. Null if it stays useful.</param>
/// <param name="NotBefore">It is not sent earlier. Null sends it at once.</param>
/// <param name="Replaces">A newer mail with the same key replaces this one if this one still waits. Null if no mail replaces it.</param>
/// <param name="Receiver">A hash of the address, if the person has chosen it personally and can cause such mails again and again. The
/// number of such mails to one address is bounded.</param>
[GenerateSerializer, Immutable, Alias("hub.NewMail")]
public sealed record NewMail(
    [property: Id(0)] Guid Id,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] MailKind Kind,
    [property: Id(3)] ImmutableArray<byte> Protected,
    [property: Id(4)] DateTimeOffset? Until = null,
    [property: Id(5)] DateTimeOffset? NotBefore = null,
    [property: Id(6)] string? Replaces = null,
    [property: Id(7)] string? Receiver = null
);

/// <summary>A mail that a web node has to send now.</summary>
[GenerateSerializer, Immutable, Alias("hub.DueMail")]
public sealed record DueMail([property: Id(0)] Guid Id, [property: Id(1)] ImmutableArray<byte> Protected);

/// <summary>The result of an attempt to send a mail.</summary>
public enum MailResult
{
    Sent,

    /// <summary>The mail is tried again later.</summary>
    NotYet,

    /// <summary>The mail is not tried again.</summary>
    Refused,
}

/// <param name="Why">What the mail server said, or why it could not be reached. Null if the mail was sent. A text longer than <see
/// cref="MailRules.LongestWhy"/> characters is cut.</param>
[GenerateSerializer, Immutable, Alias("hub.MailOutcome")]
public sealed record MailOutcome([property: Id(0)] Guid Id, [property: Id(1)] MailResult Result, [property: Id(2)] string? Why = null);

/// <summary>A mail without its content.</summary>
/// <param name="At">When it was stored.</param>
/// <param name="ChangedAt">When it was sent or tried last. Null if it was not tried.</param>
/// <param name="Tries">How often a node has tried to send it.</param>
/// <param name="NextAt">When it is tried next. Null if it does not wait.</param>
/// <param name="Why">Why the last attempt failed, as the mail server said. Null if none has failed.</param>
/// <param name="Receiver">See <see cref="NewMail"/>.</param>
[GenerateSerializer, Immutable, Alias("hub.MailView")]
public sealed record MailView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] MailKind Kind,
    [property: Id(3)] MailState State,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] DateTimeOffset? ChangedAt,
    [property: Id(6)] int Tries,
    [property: Id(7)] DateTimeOffset? NextAt,
    [property: Id(8)] string? Why,
    [property: Id(9), JsonIgnore] string? Receiver = null
);

/// <summary>The mails of the hub as a whole.</summary>
/// <param name="Failed">The mails that could not be delivered, the newest first.</param>
/// <param name="Why">What the mail server said last about a waiting mail. Null if no attempt to send a waiting mail has failed.</param>
/// <param name="Deferred">For how many of the waiting mails an attempt has failed.</param>
[GenerateSerializer, Immutable, Alias("hub.MailReport")]
public sealed record MailReport(
    [property: Id(0)] int Waiting,
    [property: Id(1)] ImmutableArray<MailView> Failed,
    [property: Id(2)] string? Why,
    [property: Id(3)] int Deferred
);

/// <param name="Code">Null if the mails are stored.</param>
[GenerateSerializer, Immutable, Alias("hub.MailReply")]
public sealed record MailReply([property: Id(0), CodesOf<Refusal>] string? Code = null, [property: Id(1)] string? Message = null)
{
    [JsonIgnore]
    public Refusal? Refusal => ConsultHub.Refusal.Of(Code, Message);
}

/// <summary>
/// The hub's mails. A mail is stored before the request that leads to it is answered. Web nodes send it afterwards: they claim due mails
/// for a limited time, send them and report what became of each. If a node crashes between sending and reporting, the mail is sent again
/// with the same Message-ID. Key: <c>hub</c>.
/// </summary>
[Alias("hub.IMailGrain")]
public interface IMailGrain : ILiveAuthority
{
    /// <summary>
    /// Stores all of these mails, or none. Refuses with mail.full if too many wait, and with mail.too-often if a person has caused too many
    /// mails to an address in the last hour.
    /// </summary>
    [Alias("Queue")]
    Task<MailReply> QueueAsync(ImmutableArray<NewMail> mails);

    /// <summary>Returns how many more mails the hub can store.</summary>
    [Alias("Room")]
    Task<int> RoomAsync();

    /// <summary>Returns mails that are due, and reserves them for the caller. Nobody else gets them until the lease is over.</summary>
    [Alias("Claim")]
    Task<ImmutableArray<DueMail>> ClaimAsync(int most, TimeSpan lease);

    /// <summary>Stores what became of claimed mails.</summary>
    [Alias("Finish")]
    Task FinishAsync(ImmutableArray<MailOutcome> outcomes);

    /// <summary>Gives back claimed mails that the caller has not tried to send.</summary>
    [Alias("Release")]
    Task ReleaseAsync(ImmutableArray<Guid> mails);

    /// <summary>Returns the newest mails to a person, the newest first.</summary>
    [Alias("OfPerson")]
    Task<ImmutableArray<MailView>> OfPersonAsync(PersonId person, int most);

    [Alias("Report")]
    Task<MailReport> ReportAsync();
}
