using System.Collections.Immutable;

namespace ConsultHub.Accounts;

/// <summary>
/// Who a person is at an institution's provider of OpenID Connect. Only issuer and subject identify the person. An e-mail address does not,
/// because it can be given to somebody else.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.ExternalIdentity")]
public sealed record ExternalIdentity(
    [property: Id(0)] string Issuer,
    [property: Id(1)] string Subject,
    [property: Id(2)] DateTimeOffset LinkedAt
)
{
    public bool Is(string issuer, string subject) => Issuer == issuer && Subject == subject;
}

/// <summary>The part of a sign-in that its provider has to confirm again and again.</summary>
/// <param name="Session">The provider's id of the session (<c>sid</c>). Null if the provider names none.</param>
/// <param name="Token">The provider's refresh token, which only web nodes can decrypt. Empty if the provider gave none.</param>
/// <param name="CheckedAt">When the provider last confirmed the sign-in.</param>
[GenerateSerializer, Immutable, Alias("hub.ExternalSignIn")]
public sealed record ExternalSignIn(
    [property: Id(0)] string Issuer,
    [property: Id(1)] string Subject,
    [property: Id(2)] string? Session,
    [property: Id(3)] ImmutableArray<byte> Token,
    [property: Id(4)] DateTimeOffset CheckedAt
);

/// <summary>A provider's message that a session has ended.</summary>
/// <param name="Session">The session that ended. Null if all of the person's sessions ended.</param>
/// <param name="Message">The hash of the message's id.</param>
/// <param name="Until">From then on, the message is refused because of its age, so its id can be forgotten.</param>
[GenerateSerializer, Immutable, Alias("hub.ProviderLogout")]
public sealed record ProviderLogout(
    [property: Id(0)] string Issuer,
    [property: Id(1)] string? Session,
    [property: Id(2)] string Message,
    [property: Id(3)] DateTimeOffset Until
);
