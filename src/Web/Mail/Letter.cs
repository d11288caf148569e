using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Accounts;
using ConsultHub.Mail;

namespace ConsultHub.Web.Mail;

/// <summary>
/// What a mail says. It is stored encrypted, because it may have a secret link. The sentences are written when the mail is sent.
/// </summary>
/// <param name="Languages">The languages in which it is written, the most important first.</param>
internal sealed record Letter(MailKind Kind, PersonId Person, string To, LocalName Name, ImmutableArray<string> Languages)
{
    /// <summary>Whether the person has chosen the address personally, see <see cref="Account.IsVisitor"/>.</summary>
    [JsonIgnore]
    public bool IsToVisitor { get; init; }

    /// <summary>The name for signing in.</summary>
    public string? UserName { get; init; }

    public string? Link { get; init; }

    /// <summary>Until when the link is valid.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the link resets the second factor too.</summary>
    public bool ResetsFactors { get; init; }

    /// <summary>The time of the event that the mail is about.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The sentence of an alert with the same content, by language.</summary>
    public ImmutableDictionary<string, string>? Sentences { get; init; }

    /// <summary>
    /// The languages for a person. A person with a name in Arabic or Korean gets this language besides English, unless the language that
    /// the person reads is known.
    /// </summary>
    public static ImmutableArray<string> LanguagesOf(LocalName name, string? known = null) =>
        known is not null && MailTexts.For(known) is not null
            ? [known]
            : [.. name.Ar is null ? [] : (string[])["ar"], .. name.Ko is null ? [] : (string[])["ko"], "en"];
}
